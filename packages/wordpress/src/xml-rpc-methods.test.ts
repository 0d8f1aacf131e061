import { describe, expect, it } from 'vitest'
import { readXmlRpcCall } from './read-xml-rpc-call.ts'
import { formatXmlRpcCall } from './write-xml-rpc.ts'
import { findXmlRpcMethod, xmlRpcMethods, type XmlRpcMethod } from './xml-rpc-methods.ts'

// That WordPress has these methods, and its credentials there, is proved in conformance/xml-rpc-methods.read.test.ts.
const words = (text: string): string[] => text.trim().split(/\s+/)
const lateCredentials =
	words(`wp.getPage wp.editPage blogger.getPost blogger.getRecentPosts blogger.newPost blogger.editPost
	blogger.deletePost metaWeblog.deletePost`)
const openToAll = words(`mt.supportedMethods mt.supportedTextFilters mt.getTrackbackPings pingback.ping
	pingback.extensions.getPingbacks demo.sayHello demo.addTwoNumbers system.multicall system.listMethods
	system.getCapabilities`)

function expectedPositions(name: string): readonly [number, number] | null {
	if (name === 'wp.getUsersBlogs') return [0, 1]
	if (openToAll.includes(name)) return null
	return lateCredentials.includes(name) ? [2, 3] : [1, 2]
}

/** What a program that puts its credentials to `positions` would be logged in with. */
function credentialsOf(method: XmlRpcMethod, positions: readonly [number, number]): unknown {
	const params = Array.from({ length: 6 }, (_, index) => `other ${index}`)
	params[positions[0]] = 'jane'
	params[positions[1]] = 'secret'
	const request = readXmlRpcCall(formatXmlRpcCall(method.name, params))
	return request.kind === 'call' && method.credentials?.map((position) => request.params[position])
}

describe('methods', () => {
	it('#213 are 77 and three of system: one with credentials at 0 and 1, eight at 2 and 3, ten with none, 61 at 1 and 2', () => {
		const counts = new Map<string, number>()
		for (const { credentials } of xmlRpcMethods)
			counts.set(String(credentials), (counts.get(String(credentials)) ?? 0) + 1)
		expect(Object.fromEntries(counts)).toEqual({ '0,1': 1, '1,2': 61, '2,3': 8, null: 10 })
		expect(new Set(xmlRpcMethods.map(({ name }) => name)).size).toBe(80)
	})

	it.each(xmlRpcMethods)('#213 $name reads its credentials in their place and nowhere else', (method) => {
		const expected = expectedPositions(method.name)
		expect(method.credentials).toEqual(expected)
		expect(method.anonymous).toBe(expected === null)
		if (expected === null) return
		expect(credentialsOf(method, expected)).toEqual(['jane', 'secret'])
		for (const [user, password] of [
			[expected[0] + 1, expected[1] + 1],
			[expected[1], expected[0]],
		] as const)
			expect(credentialsOf(method, [user, password])).not.toEqual(['jane', 'secret'])
	})

	it.each(xmlRpcMethods)('$name is named for what it does', ({ name, access }) => {
		const changes = /\.(?:new|edit|delete|set(?!s)|upload|restore|publish|ping$)/.test(name)
		expect(access).toBe(changes ? 'write' : 'read')
	})

	it('are found in their exact letter case only, and a plugin’s never (XML-035)', () => {
		expect(findXmlRpcMethod('wp.getUsersBlogs')).toMatchObject({ credentials: [0, 1], minParams: 2, access: 'read' })
		for (const name of [
			'WP.GetPosts',
			'wp.getposts',
			' wp.getPosts',
			'jetpack.verify',
			'blogger.getTemplate',
			'',
			'__proto__',
		])
			expect(findXmlRpcMethod(name)).toBeUndefined()
	})
})
