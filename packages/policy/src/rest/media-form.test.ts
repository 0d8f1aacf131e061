import fc from 'fast-check'
import { fail, ok } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { createMediaForm, type MediaFormOptions } from './media-form.ts'

const encoder = new TextEncoder()
const field = (name: string, value: string): string =>
	`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (content = 'DATA', filename = 'a.jpg', type = 'Content-Type: image/jpeg\r\n'): string =>
	`--b\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n${type}\r\n${content}\r\n`
const end = '--b--\r\n'

type Passed = { readonly text: string; readonly problem: string | undefined; readonly boundary: string }

/** Passes a form through in pieces of the given sizes, again and again. */
function pass(form: string | Uint8Array, sizes: readonly number[] = [1 << 20], options: MediaFormOptions = {}): Passed {
	const bytes = typeof form === 'string' ? encoder.encode(form) : form
	const media = createMediaForm('b', options)
	const boundary = media.contentType.replace('multipart/form-data; boundary=', '')
	let text = ''
	let at = 0
	for (let turn = 0; at < bytes.length; turn++) {
		const size = sizes[turn % sizes.length] ?? 1
		const written = media.write(bytes.subarray(at, at + size))
		if (!written.ok) return { text, problem: written.problem.code, boundary }
		for (const chunk of written.value) text += Buffer.from(chunk).toString('latin1')
		at += size
	}
	const ended = media.end()
	if (!ended.ok) return { text, problem: ended.problem.code, boundary }
	for (const chunk of ended.value) text += Buffer.from(chunk).toString('latin1')
	return { text, problem: undefined, boundary }
}

describe('an upload of media', () => {
	it('T23 is written anew, with a boundary and headers of our own', () => {
		const { text, boundary } = pass(field('title', 'A "title"') + file() + field('post', '7') + end)
		expect(boundary).toMatch(/^postern-[0-9a-f-]{36}$/)
		expect(text.replaceAll(boundary, 'own')).toBe(
			'--own\r\nContent-Disposition: form-data; name="title"\r\n\r\nA "title"\r\n' +
				'--own\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\nDATA\r\n' +
				'--own\r\nContent-Disposition: form-data; name="post"\r\n\r\n7\r\n--own--\r\n',
		)
	})

	it('is the same however it arrives in pieces', () => {
		const contents = fc.array(fc.constantFrom('\r', '\n', '-', '--b', '\r\n--', '\r\n-', 'x', '\r\r\n--c', '\r\n--B'), {
			maxLength: 20,
		})
		const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
		fc.assert(
			fc.property(contents, sizes, (parts, cuts) => {
				const content = parts.join('').replaceAll('\r\n--b', '\r\n--c')
				const { text, problem, boundary } = pass(field('title', 'x') + file(content) + end, cuts)
				expect(problem).toBeUndefined()
				expect(text).toContain(`image/jpeg\r\n\r\n${content}\r\n--${boundary}--\r\n`)
			}),
			{ numRuns: 2_000 },
		)
	})

	it('keeps every byte of the file', () => {
		const all = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) % 256)
		const form = Buffer.concat([encoder.encode(file('').slice(0, -2)), all, encoder.encode(`\r\n${end}`)])
		const { text } = pass(form, [977])
		expect(text).toContain(Buffer.from(all).toString('latin1'))
	})

	it('is of the length that was announced, whatever became of its headers', () => {
		for (const form of [
			file() + end,
			field('title', 'x'.repeat(60_000)) + file('y'.repeat(100_000)) + end,
			file('D', 'ä'.repeat(2_000)) + end,
		]) {
			const bytes = encoder.encode(form)
			const media = createMediaForm('b')
			const declared = media.declaredLength(bytes.length)
			const written = media.write(bytes)
			const ended = media.end()
			if (!written.ok || !ended.ok) throw new Error('refused')
			const chunks = [...written.value, ...ended.value]
			expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(declared)
			expect(Buffer.concat(chunks).toString().trimEnd()).toMatch(/--postern-[0-9a-f-]+--$/)
		}
		expect(createMediaForm('b').declaredLength(undefined)).toBeUndefined()
	})

	it('is cut to no more than a file and nine fields, each once', () => {
		const all = ['title', 'caption', 'alt_text', 'description', 'post', 'status', 'date', 'date_gmt', 'slug']
		expect(pass(all.map((name) => field(name, 'x')).join('') + file() + end).problem).toBeUndefined()
		for (const name of ['rest_route', 'rest.route', '_method', 'meta[a]', 'author', 'Title', 'file ', '']) {
			expect([name, pass(file() + field(name, 'x') + end).problem]).toEqual([name, 'gateway/parameter-refused'])
		}
		expect(pass(file() + file() + end).problem).toBe('gateway/parameter-conflict')
		expect(pass(field('title', 'a') + field('title', 'a') + file() + end).problem).toBe('gateway/parameter-conflict')
		expect(pass(field('title', 'a') + end).problem).toBe('gateway/body-malformed')
		expect(pass(field('file', 'a') + end).problem).toBe('gateway/body-malformed')
		expect(pass(file() + file().replace('"file"', '"title"') + end).problem).toBe('gateway/body-malformed')
	})

	it('has fields of 64 KiB of UTF-8 at most, which are asked about before they go on', () => {
		expect(pass(field('title', 'x'.repeat(65_536)) + file() + end, [1_000]).problem).toBeUndefined()
		expect(pass(field('title', 'x'.repeat(65_537)) + file() + end, [1_000]).problem).toBe('request/body-too-large')
		expect(pass(Buffer.from(field('title', '\u00ff') + file() + end, 'latin1')).problem).toBe('gateway/body-malformed')
		expect(pass(field('title', '\u0000') + file() + end).problem).toBe('gateway/body-malformed')
		const checkField: MediaFormOptions['checkField'] = (name, value) =>
			name === 'caption' && value.includes('<script') ? fail('application-password/scope-missing') : ok()
		const { text, problem } = pass(field('title', '<script>') + field('caption', '<script>') + file() + end, [7], {
			checkField,
		})
		expect([problem, text.includes('caption')]).toEqual(['application-password/scope-missing', false])
	})

	it('T23 is no file that a site or a browser would run', () => {
		for (const name of [
			'a.php',
			'a.PHP.jpg',
			'a.svg',
			'x.html',
			'.htaccess',
			'a.js',
			'a.phtml.',
			'',
			'..',
			'a.php\u200b',
		]) {
			expect([name, pass(file('x', name) + end).problem]).toEqual([name, 'gateway/body-malformed'])
		}
		for (const type of [
			'text/html',
			'image/svg+xml',
			'application/javascript',
			'multipart/mixed',
			'application/json',
		]) {
			expect(pass(file('x', 'a.jpg', `Content-Type: ${type}\r\n`) + end).problem).toBe('request/content-type')
		}
		expect(pass(file('x', 'C:\\\\dir\\\\ä b;"$.jpg', '').replace(';"', ';') + end).text).toContain(
			`filename="${Buffer.from('ä-b-.jpg').toString('latin1')}"\r\nContent-Type: application/octet-stream\r\n`,
		)
	})

	it('takes the name that RFC 8187 spells', () => {
		const form = file().replace('filename="a.jpg"', "filename*=UTF-8''%E5%86%99%E7%9C%9F.jpg")
		expect(Buffer.from(pass(form + end).text, 'latin1').toString()).toContain('filename="写真.jpg"')
		expect(pass(form.replace('%E5', '%FF') + end).problem).toBe('gateway/body-malformed')
	})

	it('T29 breaks no rule of forms', () => {
		const forms = [
			`x${file()}${end}`,
			`\r\n${file()}${end}`,
			file().replace('--b', '--c') + end,
			file() + '--b --\r\n',
			file() + '--b--x',
			file() + '--bc\r\n',
			file(),
			file().slice(0, 40),
			'',
			file('x', 'a.jpg', 'Content-Transfer-Encoding: base64\r\n') + end,
			file('x', 'a.jpg', 'X-Other: 1\r\n') + end,
			file('x', 'a.jpg', ' folded: 1\r\n') + end,
			file('x', 'a.jpg', 'Content-Type : image/png\r\n') + end,
			file('x', 'a.jpg', 'Content-Disposition: form-data; name="title"\r\n') + end,
			file('x', 'a.jpg', `Content-Type: image/${'x'.repeat(5_000)}\r\n`) + end,
			file().replace('name="file"', 'name="file"; name="title"') + end,
			file().replace('name="file"', 'name="file') + end,
			file().replaceAll('\r\n', '\n') + end,
			field('title', 'x').replace('form-data', 'attachment') + file() + end,
		]
		for (const form of forms) {
			for (const sizes of [[1 << 20], [3]])
				expect([form, pass(form, sizes).problem]).toEqual([form, 'gateway/body-malformed'])
		}
	})

	it('keeps no more than 4 KiB of headers', () => {
		const media = createMediaForm('b')
		expect(media.write(encoder.encode(`--b\r\nContent-Type: ${'x'.repeat(5_000)}`)).ok).toBe(false)
	})

	it('gives nothing more once it is refused', () => {
		const media = createMediaForm('b')
		expect(media.write(encoder.encode(field('author', '1'))).ok).toBe(false)
		expect(media.write(encoder.encode(file() + end)).ok).toBe(false)
		expect(media.end().ok).toBe(false)
	})
})
