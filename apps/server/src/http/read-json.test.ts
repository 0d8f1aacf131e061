import { expect, test } from 'vitest'
import { bodyLimitBytes, readJsonBody } from './read-json.ts'

async function read(body: BodyInit, headers: Record<string, string> = {}) {
	const request = new Request('http://postern.test/', {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	})
	const result = await readJsonBody(request)
	return result.ok ? result.value : result.problem.code
}

test('reads JSON in UTF-8', async () => {
	expect(await read('{"name":"記事"}', { 'content-type': 'application/json; charset=UTF-8' })).toEqual({ name: '記事' })
})

test.each([
	['text/plain', {}, 'request/content-type'],
	['application/json; charset=utf-16', {}, 'request/content-type'],
	['application/json', { 'content-encoding': 'gzip' }, 'request/content-encoding'],
])('refuses a body as %s', async (type, headers, code) => {
	expect(await read('{}', { 'content-type': type, ...headers })).toBe(code)
})

test.each([
	['a byte order mark', '\ufeff{}', 'request/json-syntax'],
	['nothing', '', 'request/json-syntax'],
	['NaN', '{"n":NaN}', 'request/json-syntax'],
	['100,000 open brackets', '['.repeat(100_000), 'request/json-too-deep'],
	['__proto__', '{"__proto__":{"isAdmin":true}}', 'request/json-unknown-key'],
	['constructor.prototype', '{"constructor":{"prototype":{}}}', 'request/json-unknown-key'],
	['a number that becomes infinite', '{"limit":1e999}', 'request/number-range'],
	['an integer that would change', '{"id":9007199254740993}', 'request/number-range'],
])('refuses %s', async (_, body, code) => {
	expect(await read(body)).toBe(code)
})

test('refuses text that is not UTF-8', async () => {
	expect(await read(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toBe('request/json-syntax')
})

test('does not take brackets in strings for depth', async () => {
	const text = '['.repeat(100)
	expect(await read(JSON.stringify({ text: `\\"${text}` }))).toEqual({ text: `\\"${text}` })
})

test('stops reading a body that says nothing of its length', async () => {
	let sent = 0
	const endless = new ReadableStream<Uint8Array>({
		pull(controller) {
			sent += 65_536
			controller.enqueue(new Uint8Array(65_536).fill(0x20))
		},
	})
	expect(await readStream(endless)).toBe('request/body-too-large')
	expect(sent).toBeLessThan(bodyLimitBytes + 4 * 65_536)
})

test('takes a body that was cut off for the caller’s trouble, not for a bug of ours', async () => {
	const cut = new ReadableStream<Uint8Array>({
		start(controller) {
			controller.enqueue(new TextEncoder().encode('{"a'))
			controller.error(new Error('aborted'))
		},
	})
	expect(await readStream(cut)).toBe('request/json-syntax')
})

async function readStream(body: ReadableStream<Uint8Array>): Promise<unknown> {
	const request = new Request('http://postern.test/', {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json' },
		// Node asks for this with a stream as body; its types do not know it.
		...({ duplex: 'half' } as object),
	})
	const result = await readJsonBody(request)
	return result.ok || result.problem.code
}
