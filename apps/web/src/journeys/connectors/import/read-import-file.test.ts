import { describe, expect, it } from 'vitest'
import { readImportFile } from './read-import-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readImportFile(bytes(text))
const head = 'address,username,application_password,name,tags'
const password = 'abcd efgh ijkl mnop qrst uvwx'

/** What is read, with the passwords to be seen. */
function rows(text: string) {
	const result = read(text)
	if (!result.ok) throw new Error(`${result.problem.code} ${JSON.stringify(result.problem.params)}`)
	return result.value.map(({ password: secret, ...row }) => ({ ...row, password: secret?.reveal() }))
}

const plain = { line: 2, address: 'blog.example', username: 'ann', password, name: 'Blog', tags: ['a', 'b'] }

describe('a file to import', () => {
	it.each([
		['commas', `${head}\nblog.example,ann,${password},Blog,"a, b"\n`],
		[
			'semicolons, as a European Excel writes it',
			`${head.replaceAll(',', ';')}\r\nblog.example;ann;${password};Blog;a, b\r\n`,
		],
		['tabs', `${head.replaceAll(',', '\t')}\nblog.example\tann\t${password}\tBlog\ta, b\n`],
		['a byte order mark', `\ufeff${head}\r\nblog.example,ann,${password},Blog,"a,b"\r\n`],
		['no line break at its end', `${head}\nblog.example,ann,${password},Blog,a;b`],
		[
			'everything in quotation marks',
			`"${head.replaceAll(',', '","')}"\n"blog.example","ann","${password}","Blog","a,b"`,
		],
		[
			'other columns, in another order',
			`x,Tags,NAME,Application Password,username,Address\n1,"a,b",Blog,${password},ann,blog.example`,
		],
		[
			'the labels of the form',
			`Website,Username,Application Password,Name,Tags\nblog.example,ann,${password},Blog,"a,b"`,
		],
		[
			'the names of WordPress, one of them beside our own',
			`url,address,user_login,application_password,name,tags\nx.example,blog.example,ann,${password},Blog,"a,b"`,
		],
		['spaces around', `${head}\n blog.example , ann ,${password} , Blog ," a , b "`],
	])('is read with %s', (_, text) => {
		expect(rows(text)).toEqual([plain])
	})

	it('is read with quotation marks, commas and line breaks inside a name, and with Japanese', () => {
		const [first, second] = rows(`${head}\na.example,u,p,"My ""best"",\nblog",\n日本語.example,u,p,東京の店,顧客`)
		expect(first?.name).toBe('My "best",\nblog')
		expect(second).toMatchObject({ line: 3, address: '日本語.example', name: '東京の店', tags: ['顧客'] })
	})

	it('may have empty lines, and rows without a name, tags or password', () => {
		const [row] = rows('address,username,application_password\n\n,,\nblog.example,ann,\n\n')
		expect(row).toEqual({ line: 4, address: 'blog.example', username: 'ann', password: undefined, name: '', tags: [] })
	})

	it('keeps a password as a secret, which shows nowhere by mistake', () => {
		const result = read(`${head}\nblog.example,ann,${password},Blog,`)
		expect(JSON.stringify(result)).not.toContain('abcd')
		expect(String(result.ok && result.value[0]?.password)).not.toContain('abcd')
	})

	const line = (index: number) => `site-${index}.example,ann,${password},,`
	it.each([
		['import/encoding-unsupported', {}, Uint8Array.of(0x96, 0xbc, 0x91, 0x4f, 0x2c)], // 名前 in Shift_JIS
		['import/encoding-unsupported', {}, Uint8Array.of(0xff, 0xfe, 0x61, 0x00)], // UTF-16 with its mark
		['import/encoding-unsupported', {}, Uint8Array.of(0x61, 0x00, 0x62, 0x00)], // and without
		['import/too-large', { limit: 2 }, new Uint8Array(2_000_001).fill(0x61)],
		['import/empty', {}, bytes(head)],
		['import/empty', {}, bytes(`${head}\n\n,,,,\n`)],
		['import/column-missing', { column: 'address' }, bytes('')],
		['import/column-missing', { column: 'application_password' }, bytes('address,username,password\na,b,c')],
		['import/column-repeated', { column: 'name' }, bytes(`${head},name\na,b,c,d,e,f`)],
		['import/malformed', { line: 2 }, bytes(`${head}\nblog.example,"ann,${password},,\n`)],
		['import/malformed', { line: 3 }, bytes(`${head}\n${line(1)}\nblog.example,ann\n`)],
		['import/malformed', { line: 2 }, bytes(`${head}\nblog.example,ann,${password},Blog,a,b\n`)],
		[
			'import/too-many-rows',
			{ limit: 1_000 },
			bytes([head, ...Array.from({ length: 1_001 }, (_, i) => line(i))].join('\n')),
		],
		[
			'import/rows-repeated',
			{ lines: '4' },
			bytes([head, line(1), line(2), 'https://SITE-1.example/,Ann,x,,'].join('\n')),
		],
	] as const)('is refused with %s %j', (code, params, file) => {
		expect(readImportFile(file)).toMatchObject({ ok: false, problem: { code, params } })
	})

	it('may have a thousand rows', () => {
		expect(rows([head, ...Array.from({ length: 1_000 }, (_, i) => line(i))].join('\n'))).toHaveLength(1_000)
	})

	it('takes no longer than a moment, whatever is in it', () => {
		const startedAt = performance.now()
		for (const text of [
			'"'.repeat(1_900_000),
			`${head}\n${'"a'.repeat(600_000)}`,
			',;\t'.repeat(600_000),
			'\n'.repeat(1_900_000),
		])
			expect(read(text).ok).toBe(false)
		expect(performance.now() - startedAt).toBeLessThan(8_000)
	})
})
