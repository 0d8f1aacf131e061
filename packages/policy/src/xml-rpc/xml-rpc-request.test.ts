import { Secret } from '@postern/vocabulary'
import {
	formatXmlRpcCall,
	formatXmlRpcFault,
	formatXmlRpcResponse,
	readXmlRpcCall,
	XmlRpcBase64,
	XmlRpcDate,
	xmlRpcMethods,
	type XmlRpcValue,
} from '@postern/wordpress'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBloggerContent } from './blogger-content.ts'
import { paramsOf } from './method-params.ts'
import { readPostAnswer, writePostQuestion } from './post-question.ts'
import { readXmlRpcRequest, type XmlRpcGatewayRead } from './read-xml-rpc-request.ts'
import { writeXmlRpc } from './write-xml-rpc.ts'

const encoder = new TextEncoder()
const read = (document: string) => readXmlRpcRequest(encoder.encode(document))
const credential = { username: 'site-user', password: new Secret('site-secret') }

/** What is read of a call, or the fault and its status. */
function requestOf(given: XmlRpcGatewayRead) {
	if (given.kind === 'refused') throw new Error(given.reason)
	return given.request
}

describe('T37 credentials', () => {
	it.each(xmlRpcMethods.filter(({ credentials }) => credentials !== null))(
		'of $name are the site’s in exactly two places, and the caller’s nowhere',
		(method) => {
			const [userAt, passwordAt] = method.credentials ?? [0, 0]
			const sent: XmlRpcValue[] = Array.from({ length: paramsOf(method) }, (_, at) => `param ${at}`)
			sent[userAt] = 'caller-user'
			sent[passwordAt] = 'caller-secret'
			const request = requestOf(read(formatXmlRpcCall(method.name, sent)))
			expect(request.credentials).toMatchObject({ userId: 'caller-user' })
			expect(request.credentials?.password.reveal()).toBe('caller-secret')
			const written = writeXmlRpc(request, credential)
			expect(written).not.toContain('caller')
			const call = readXmlRpcCall(written)
			const expected = sent.map((one, at) => (at === userAt ? 'site-user' : at === passwordAt ? 'site-secret' : one))
			expect(call).toEqual({ kind: 'call', method: method.name, params: expected })
		},
	)

	it.each(xmlRpcMethods.filter(({ credentials }) => credentials === null))('of $name there are none', (method) => {
		const params = Array.from({ length: paramsOf(method) }, () => 'caller-secret')
		if (method.name === 'system.multicall') return
		const request = requestOf(read(formatXmlRpcCall(method.name, params)))
		expect(request.credentials).toBeUndefined()
		expect(writeXmlRpc(request, credential)).not.toContain('site-secret')
	})

	it('in places that WordPress ignores are left out', () => {
		const request = requestOf(read(formatXmlRpcCall('wp.getPosts', [1, 'a', 'b', {}, [], 'caller-secret'])))
		expect(writeXmlRpc(request, credential)).not.toContain('caller-secret')
	})

	it('#215 come as text only', () => {
		for (const password of [XmlRpcBase64.of(encoder.encode('b')), 7, true, ['b']]) {
			const given = read(formatXmlRpcCall('wp.getPosts', [1, 'a', password]))
			expect(given).toMatchObject({ refusedCalls: [{ fault: 403 }], request: { calls: [], credentials: undefined } })
		}
	})
})

describe('a request', () => {
	it('is what WordPress would make of it: texts are trimmed as PHP does, names of members too', () => {
		const struct =
			'<struct><member><name> post_status </name><value><string>\n publish\t</string></value></member></struct>'
		const sent = formatXmlRpcCall('wp.newPost', [1, ' a ', 'b', {}]).replace('<struct></struct>', struct)
		const request = requestOf(read(sent))
		expect(request.credentials?.userId).toBe('a')
		expect(request.calls[0]?.params).toEqual([1, '', '', { post_status: 'publish' }])
		// PHP leaves what only Unicode calls a space, and so the status is no known one.
		const odd = requestOf(read(formatXmlRpcCall('wp.newPost', [1, 'a', 'b', { post_status: '\u00A0publish' }])))
		expect(odd.calls[0]?.params[3]).toEqual({ post_status: '\u00A0publish' })
	})

	it('#200 #208 says what is wrong with it in WordPress’ numbers', () => {
		expect(read(formatXmlRpcCall('wp.getPosts', [1, 'a']))).toMatchObject({ refusedCalls: [{ fault: 400 }] })
		expect(read(formatXmlRpcCall('WP.getPosts', [1, 'a', 'b']))).toMatchObject({ refusedCalls: [{ fault: -32_601 }] })
		expect(read('<a/>')).toMatchObject({ kind: 'refused', fault: -32_700 })
	})

	it('#207 #209 tells in its place what is wrong with one call of a multicall', () => {
		const good = { methodName: 'wp.getPosts', params: [1, 'a', 'b'] }
		const entries = [good, { methodName: 'system.multicall', params: [[]] }, { methodName: 'wp.getPosts' }, 'x', good]
		const given = read(formatXmlRpcCall('system.multicall', [entries]))
		expect(given).toMatchObject({
			refusedCalls: [undefined, { fault: -32_600 }, { fault: 400 }, { fault: -32_602 }, undefined],
			request: { isMulticall: true, calls: [{ method: { name: 'wp.getPosts' } }, { method: { name: 'wp.getPosts' } }] },
		})
	})

	it('T38 takes one pair of credentials for all calls, and 50 calls', () => {
		const call = (password: string) => ({ methodName: 'wp.getPosts', params: [1, 'a', password] })
		const given = read(formatXmlRpcCall('system.multicall', [[call('b'), call('c'), call('b')]]))
		expect(given).toMatchObject({ refusedCalls: [undefined, { fault: 403 }, undefined] })
		const many = Array.from({ length: 51 }, () => call('b'))
		expect(read(formatXmlRpcCall('system.multicall', [many]))).toMatchObject({ kind: 'refused', status: 400 })
	})

	const texts = fc.string({ unit: 'grapheme', maxLength: 12 })
	const { value: values } = fc.letrec<{ value: XmlRpcValue }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 3 },
			texts,
			fc.boolean(),
			fc.integer(),
			fc.uint8Array({ maxLength: 9 }).map((bytes) => XmlRpcBase64.of(bytes)),
			fc.constant(new XmlRpcDate('20261121T10:00:00')),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom('a', 'b', 'post_status'), tie('value'), { maxKeys: 3 }),
		),
	}))

	it('T41 is read again as it was written, and never goes out in the bytes it came in', () => {
		const method = fc.constantFrom(...xmlRpcMethods.filter(({ credentials }) => credentials?.[0] === 1))
		const calls = fc.array(fc.tuple(method, fc.array(values, { maxLength: 4 })), { minLength: 1, maxLength: 3 })
		fc.assert(
			fc.property(calls, fc.boolean(), (given, isMulticall) => {
				const entries = given.map(([{ name }, more]) => ({
					methodName: name,
					params: ['x', 'jane', 'caller-secret', ...more, 'y', 'z'],
				}))
				const [first] = entries
				if (first === undefined) return
				const sent = isMulticall
					? formatXmlRpcCall('system.multicall', [entries])
					: formatXmlRpcCall(first.methodName, first.params)
				const before = read(sent)
				if (before.kind === 'refused') return
				const written = writeXmlRpc(before.request, credential)
				expect(written).not.toBe(sent)
				expect(written).not.toContain('caller-secret')
				const after = requestOf(read(written))
				expect(after.calls).toEqual(before.request.calls)
				expect(after.credentials?.userId).toBe('site-user')
			}),
			{ numRuns: 500 },
		)
	})
})

describe('the question what a post is', () => {
	it('asks for nothing else, and reads the answer', () => {
		const asked = readXmlRpcCall(writePostQuestion(7, credential))
		const fields = ['post_type', 'post_status', 'post_author']
		expect(asked).toMatchObject({ method: 'wp.getPost', params: [0, 'site-user', 'site-secret', 7, fields] })
		const answer = (text: string) => readPostAnswer(encoder.encode(text))
		const post = { post_id: '7', post_type: 'page', post_status: 'draft', post_author: '3' }
		expect(answer(formatXmlRpcResponse(post))).toEqual({ type: 'page', status: 'draft', authorId: 3 })
		expect(answer(formatXmlRpcFault(404, 'Invalid post ID.'))).toBeUndefined()
		expect(answer(formatXmlRpcFault(401, 'No.'))).toBeUndefined()
		expect(answer(formatXmlRpcFault(403, 'No.'))).toBe('rejected')
		for (const odd of ['', '<html/>', formatXmlRpcResponse([]), formatXmlRpcResponse({ ...post, post_author: '3x' })])
			expect(answer(odd)).toBe('unreadable')
	})
})

describe('a post of Blogger’s', () => {
	it.each([
		['<title>A</title><category>1</category> b ', 'A', 'b'],
		['<TITLE>A</Title>b', 'A', 'b'],
		['<title></title>b', '', '<title></title>b'],
		['<title>A</title>b<title>C</title>', 'A', 'b'],
		['<title>A', '', '<title>A'],
		['<scr<title>A</title>ipt>', 'A', '<script>'],
		['<cat<title>A</title>egory>1</category>b', 'A', 'b'],
	])('%s is taken apart as WordPress does', (content, title, body) => {
		expect(readBloggerContent(content)).toEqual({ title, body })
	})

	it('is taken apart in linear time', () => {
		const begun = process.cpuUsage()
		readBloggerContent('<title>'.repeat(140_000))
		readBloggerContent('<title></title>'.repeat(70_000))
		expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(500)
	})
})
