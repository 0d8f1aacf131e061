import { describe, expect, it } from 'vitest'
import { formType, outcomeOf, post, readSent } from './wire.testing.ts'

const posts = '/wp-json/wp/v2/posts'
const batch = '/wp-json/batch/v1'
const malformed = 'gateway/body-malformed'

/** What a body of JSON is written as, or the code of its refusal. */
const json = (body: string): string => post(posts, body).replace('POST /wp/v2/posts ', '')
const bytes = (...values: readonly number[]): string =>
	outcomeOf({
		method: 'POST',
		target: posts,
		headers: { 'Content-Type': 'application/json' },
		body: Uint8Array.of(...values),
	})
const nested = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)

describe('fields out of JSON', () => {
	it('T29 go on re-written', () => {
		expect(json(' { "title" : "\\u0041\\/" , "a":[1, {"b":null}], "m":{}, "l":[], "t":true }\n')).toBe(
			'{"title":"A/","a":[1,{"b":null}],"m":{},"l":[],"t":true}',
		)
	})

	it('T29 have no key twice, at any level and however it is spelled', () => {
		const twice = [
			'{"status":"draft","status":"publish"}',
			'{"status":1,"st\\u0061tus":2}',
			'{"a":[{"b":{"status":1,"c":"}","status":1}}]}',
		]
		const duplicate = 'request/json-duplicate-key'
		for (const body of twice) expect(json(body)).toBe(`${duplicate} status`)
		expect(json('{"":1,"":2}')).toBe(`${duplicate} `)
		const alike = '{"a":{"b":"a","c":["a","a"]},"b":{"b":"\\"b\\":1,"},"c":"b"}'
		expect(json(alike)).toBe(alike)
		const long = `"${'x'.repeat(40)}\\\\\\"","y":"${'\\\\'.repeat(30)}"`
		expect(json(`{"a":${long}}`)).toBe(`{"a":${long}}`)
	})

	it('T29 are nested 32 levels at most', () => {
		expect(json(nested(32))).toBe(nested(32))
		expect(json(nested(33))).toBe('request/json-too-deep 32')
		expect(json(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBe('request/json-too-deep 32')
	})

	it('T29 are strict UTF-8 without a byte order mark', () => {
		expect(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d)).toBe('request/json-syntax')
		expect(bytes(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)).toBe('request/json-syntax')
		expect(bytes(0x7b, 0x00, 0x7d, 0x00)).toBe('request/json-syntax')
		for (const body of ['{"a":"\\ud800"}', '{"\\udc00":1}', '{"a":[{"b":["\\ud83dx"]}]}']) {
			expect(json(body)).toBe('request/json-syntax')
		}
		expect(json('{"a":"\\ud83d\\ude00"}')).toBe('{"a":"😀"}')
	})

	it('T29 break no rule of JSON, and are an object', () => {
		for (const body of ['{', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"a":01}', '// x\n{}', 'title=x']) {
			expect(json(body)).toBe('request/json-syntax')
		}
		for (const body of ['[]', '"a"', '1', 'null', '[{"a":1}]']) expect(json(body)).toBe(malformed)
	})

	it('T29 hold no number that would become another one', () => {
		for (const number of [
			'9007199254740993',
			'0.1000000000000000001',
			'1e400',
			'12345678901234567890',
			'-1e-400',
			'1.00000000000000000001',
		]) {
			expect([number, json(`{"a":${number}}`)]).toEqual([number, malformed])
		}
		const kept = '{"a":[0,-1,9007199254740991,0.1,1.5e+300,5e-324,123456789012345680]}'
		expect(json(kept)).toBe(kept)
		expect(json('{"a":[1.0,1e2,0.10,1E-7,100000000000000000000000]}')).toBe('{"a":[1,100,0.1,1e-7,1e+23]}')
	})

	it('T29 do not reach what every object has', () => {
		expect(json('{"a":{"__proto__":{"b":1}}}')).toBe('gateway/parameter-refused __proto__')
		expect(json('{"\\u005f_proto__":1}')).toBe('gateway/parameter-refused __proto__')
		expect(json('{"constructor":1}')).toBe('{"constructor":1}')
	})

	it('do not name a route or a method, even where WordPress would not look', () => {
		for (const name of ['rest_route', '_method', '_envelope', '_jsonp', '_wpnonce']) {
			expect(json(`{"${name}":"x"}`)).toBe(`gateway/parameter-refused ${name}`)
		}
	})

	it('are a mebibyte at most', () => {
		const ofLength = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`
		expect(json(ofLength(1_048_576))).toMatch(/^\{/)
		expect(json(ofLength(1_048_577))).toBe('request/body-too-large 1048576')
	})

	it('may come with a DELETE, as wpapi sends them', () => {
		const sent = {
			method: 'DELETE',
			target: `${posts}/7`,
			headers: { 'Content-Type': 'application/json' },
			body: '{"force":true}',
		}
		expect(outcomeOf(sent)).toBe('DELETE /wp/v2/posts/7 {"force":true}')
	})
})

describe('fields out of a form', () => {
	const form = (body: string, target = posts): string => post(target, body, formType)

	it('T23 go on as JSON: the curl of the help page makes a New Title', () => {
		expect(form('title=New Title', `${posts}/7`)).toBe('POST /wp/v2/posts/7 {"title":"New Title"}')
	})

	it('are read as PHP reads them', () => {
		expect(form('title=50%+off%21&tags[]=1&tags[]=2&meta[a]=b&x=%zz&é=1')).toBe('gateway/parameter-refused é')
		expect(form('title=50%+off%21&tags[]=1&tags[]=2&meta[a]=b&x=%zz&y=é=&z&')).toBe(
			'POST /wp/v2/posts {"title":"50% off!","tags":["1","2"],"meta":{"a":"b"},"x":"%zz","y":"é=","z":""}',
		)
	})

	it('#227 lose a rest_route that repeats the path, and are refused with another', () => {
		expect(form('rest_route=/wp/v2/posts&title=a')).toBe('POST /wp/v2/posts {"title":"a"}')
		expect(form('rest_route=/wp/v2/users')).toBe('gateway/parameter-conflict rest_route')
		expect(form('rest_route=/wp/v2/posts&rest_route=/wp/v2/posts')).toBe('gateway/parameter-refused rest_route')
		expect(form('rest_route=/wp/v2/posts', '/?rest_route=/wp/v2/posts')).toBe('POST /wp/v2/posts {}')
	})

	it('T23 name no route however PHP would re-spell it, and no method', () => {
		for (const name of [
			'rest.route',
			'rest route',
			'rest+route',
			'rest[route',
			'%20rest_route',
			'rest_route%00x',
			'rest_route[]',
			'_method',
			'_envelope',
			'_jsonp',
		]) {
			expect([name, form(`${name}=/wp/v2/posts`)]).toEqual([
				name,
				expect.stringMatching(/^gateway\/parameter-refused /),
			])
		}
	})

	it('T29 are UTF-8', () => {
		const headers = { 'Content-Type': formType }
		expect(outcomeOf({ method: 'POST', target: posts, headers, body: Uint8Array.of(0x61, 0x3d, 0xff) })).toBe(malformed)
		expect(form('a=%FF')).toBe('gateway/parameter-refused a')
	})
})

describe('fields out of a multipart form', () => {
	const part = (name: string, value: string, more = ''): string =>
		`--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
	const multipart = (body: string): string => post(posts, `${body}--b--\r\n`, 'multipart/form-data; boundary=b')

	it('T23 go on as JSON, read by the same rules', () => {
		expect(multipart(part('title', 'a\r\nb') + part('tags[]', '1') + part('tags[]', '2'))).toBe(
			'POST /wp/v2/posts {"title":"a\\r\\nb","tags":["1","2"]}',
		)
		expect(multipart(part('rest_route', '/wp/v2/posts') + part('a', ''))).toBe('POST /wp/v2/posts {"a":""}')
		expect(multipart(part('rest_route', '/wp/v2/users'))).toBe('gateway/parameter-conflict rest_route')
		expect(multipart(part('rest.route', '/wp/v2/users'))).toBe('gateway/parameter-refused rest.route')
		expect(multipart(part('_method', 'DELETE'))).toBe('gateway/parameter-refused _method')
	})

	it('T23 hold no file, and break no rule', () => {
		expect(multipart(part('title', 'a', '; filename="a.txt"'))).toBe(malformed)
		for (const body of [
			'preamble\r\n',
			part('a', 'x').replace('form-data', 'attachment'),
			part('a', 'x', '; name="c"'),
			part('a', 'x').slice(0, -2),
		]) {
			expect(multipart(body)).toBe(malformed)
		}
		expect(post(posts, part('a', 'x'), 'multipart/form-data; boundary=b')).toBe(malformed)
	})
})

describe('one parameter in two places', () => {
	it('T25 is left once where both say the same', () => {
		expect(post(`${posts}?status=draft&page=2&n=7&l[]=1`, '{"status":"draft","n":7,"l":[1]}')).toBe(
			'POST /wp/v2/posts?page=2 {"status":"draft","n":7,"l":[1]}',
		)
	})

	it('T25 is refused where they do not', () => {
		for (const [query, body] of [
			['status=publish', '{"status":"draft"}'],
			['a[]=1', '{"a":1}'],
			['a[b]=1', '{"a":{"b":1,"c":2}}'],
			['a=1', '{"a":[1]}'],
			['a=', '{"a":false}'],
		]) {
			expect(post(`${posts}?${query}`, body ?? '')).toMatch(/^gateway\/parameter-conflict /)
		}
		expect(post(`${posts}?status=publish`, 'status=draft', formType)).toBe('gateway/parameter-conflict status')
	})
})

describe('#234 a batch', () => {
	const items = (...requests: readonly unknown[]): string => post(batch, JSON.stringify({ requests }))

	it('T27 is read item by item, each as a request of its own', () => {
		const read = readSent({
			method: 'POST',
			target: `${batch}?_locale=user`,
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({
				validation: 'require-all-validate',
				requests: [
					{ path: '/WP/v2/%70osts/7?force=true', method: 'delete', headers: { 'X-WP-Nonce': 'x' } },
					{ path: '/wp/v2/posts?status=draft', body: { title: 'a', status: 'draft' } },
				],
			}),
		})
		const first = {
			method: 'DELETE',
			segments: ['wp', 'v2', 'posts', '7'],
			query: new Map([['force', 'true']]),
			body: { kind: 'none' },
		}
		const fields = new Map([
			['title', 'a'],
			['status', 'draft'],
		])
		const second = {
			method: 'POST',
			segments: ['wp', 'v2', 'posts'],
			query: new Map(),
			body: { kind: 'fields', fields },
		}
		expect(read).toMatchObject({
			value: { body: { kind: 'batch', validation: 'require-all-validate', requests: [first, second] } },
		})
	})

	it('T27 goes on with nothing but what was read', () => {
		expect(items({ path: '/wp/v2/Posts/7/?a=b%20c', method: 'PUT', headers: { a: 'b' }, body: { title: 'x' } })).toBe(
			'POST /batch/v1 {"validation":"normal","requests":[{"path":"/wp/v2/posts/7?a=b%20c","method":"PUT","body":{"title":"x"}}]}',
		)
	})

	it('T27 holds 1 to 25 of them, and no other batch', () => {
		const item = { path: '/wp/v2/posts' }
		expect(items(...Array.from({ length: 25 }, () => item))).toMatch(/^POST/)
		expect(items(...Array.from({ length: 26 }, () => item))).toBe(malformed)
		expect(items()).toBe(malformed)
		expect(items({ path: '/batch/v1', body: { requests: [item] } })).toBe(malformed)
		expect(items({ path: '/BATCH/%761/' })).toBe(malformed)
	})

	it('T27 refuses an item that is no plain request', () => {
		for (const item of [
			null,
			'x',
			[],
			{},
			{ path: 7 },
			{ path: 'http://evil/wp/v2/users' },
			{ path: '/a', method: 'GET' },
			{ path: '/a', method: ['PUT'] },
			{ path: '/a', body: 'x' },
			{ path: '/a', body: [1] },
			{ path: '/a', to: 'b' },
			{ path: '/a#b' },
			{ path: 'a' },
		]) {
			expect([item, items(item)]).toEqual([item, malformed])
		}
		for (const path of ['//evil/wp/v2/users', '/wp/v2/../users', '/wp//v2'])
			expect(items({ path })).toBe('gateway/path-malformed')
		for (const name of ['rest_route', '_method', '_envelope', 'rest.route']) {
			expect(items({ path: `/wp/v2/posts?${name}=/x` })).toBe(`gateway/parameter-refused ${name}`)
		}
		expect(items({ path: '/wp/v2/posts', body: { _method: 'DELETE' } })).toBe('gateway/parameter-refused _method')
		expect(items({ path: '/wp/v2/posts?id=1', body: { id: 2 } })).toBe('gateway/parameter-conflict id')
		expect(post(batch, '{"requests":[{"path":"/a","path":"/b"}]}')).toBe('request/json-duplicate-key path')
	})

	it('T27 comes as JSON, without a query', () => {
		expect(post(batch, 'requests[0][path]=/wp/v2/posts', formType)).toBe('request/content-type')
		expect(post(`${batch}?validation=normal`, '{"requests":[{"path":"/a"}]}')).toBe(
			'gateway/parameter-refused validation',
		)
		expect(outcomeOf({ method: 'POST', target: batch })).toBe(malformed)
		expect(post(batch, '{"requests":[{"path":"/a"}],"validation":"x"}')).toBe(malformed)
		expect(post(batch, '{"requests":[{"path":"/a"}],"x":1}')).toBe(malformed)
		expect(outcomeOf({ method: 'OPTIONS', target: batch })).toBe('OPTIONS /batch/v1')
	})
})
