import { XmlRpcBase64 } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { ask, callXmlRpc, sendXml } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { fault, neverIssued } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const call = (name: string, params: string): string =>
	`<?xml version="1.0"?><methodCall><methodName>${name}</methodName><params>${params}</params></methodCall>`
const param = (inner: string): string => `<param><value>${inner}</value></param>`
const text = (inner: string): string => param(`<string>${inner}</string>`)

async function loginOf(place: Place): Promise<readonly [username: string, password: string]> {
	const { password } = await place.issue('editor')
	return [place.people.editor.username, password]
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#194 takes POST only', async () => {
		const place = await open()
		const { status, headers } = await ask(place, '/xmlrpc.php')
		expect([status, headers.get('allow')]).toEqual([405, 'POST'])
	})

	it.each([
		['nothing', '', -32700],
		['half an element', '<methodCall><methodName>demo.sayHello', -32700],
		[
			'an entity of its own',
			'<!DOCTYPE m [<!ENTITY x "y">]><methodCall><methodName>demo.sayHello</methodName></methodCall>',
			-32700,
		],
		['another root', '<html><body>demo.sayHello</body></html>', -32700],
		['an answer', '<methodResponse><params/></methodResponse>', -32600],
		['an unknown method', call('wp.noSuchMethod', ''), -32601],
		['a method in another case', call('Demo.SayHello', ''), -32601],
	] as const)('#195 answers %s with its fault and 200', async (_what, body, code) => {
		expect(await sendXml(await open(), body)).toMatchObject(fault(code))
	})

	it('#197 adds nothing but whole numbers', async () => {
		const place = await open()
		const answer = await callXmlRpc(place, 'demo.addTwoNumbers', ['two', 'three'])
		const code = isBefore('sum of texts', target) ? 500 : 400
		expect(answer).toMatchObject({ kind: 'fault', code })
	})

	it('#199 #201 #58 #59 refuses a wrong, an unknown and an empty login with 403, and says no more', async () => {
		const place = await openNew()
		const [username, password] = await loginOf(place)
		for (const login of [
			[username, neverIssued],
			['nobody-here', password],
			['nobody@example.test', password],
			[username, ''],
			['', password],
		])
			expect(await callXmlRpc(place, 'wp.getUsersBlogs', login), login.join(' ')).toMatchObject(fault(403))
	})

	it('#200 misses parameters with 400', async () => {
		const place = await open()
		const [username, password] = await loginOf(place)
		for (const [method, parameters] of [
			['wp.getUsersBlogs', []],
			['wp.getUsersBlogs', [username]],
			['wp.getProfile', [1, username]],
			['wp.getUsers', [1, username]],
			['wp.getUser', [1, username, password]],
		] as const)
			expect(await callXmlRpc(place, method, parameters), method).toMatchObject(fault(400))
	})

	it('#213 finds no credentials in other places', async () => {
		const place = await open()
		const [username, password] = await loginOf(place)
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [1, username, password])).toMatchObject(fault(403))
		for (const method of ['wp.getProfile', 'wp.getUsers'])
			expect(await callXmlRpc(place, method, [username, password, 1]), method).toMatchObject(fault(403))
	})

	it('#217 goes by the credentials in the body, never by a header', async () => {
		const place = await open()
		const { basic } = await place.issue('editor')
		const login = [place.people.editor.username, neverIssued]
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', login, basic)).toMatchObject(fault(403))
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [], basic)).toMatchObject(fault(400))
	})

	it('#202 tells a subscriber of nobody else', async () => {
		const place = await open()
		const { username } = place.people.subscriber
		const { password } = await place.issue('subscriber')
		const { id } = place.people.admin
		expect(await callXmlRpc(place, 'wp.getUser', [1, username, password, id])).toMatchObject(fault(401))
		expect(await callXmlRpc(place, 'wp.getUsers', [1, username, password])).toMatchObject(fault(401))
	})
})

describe.each(targets('wordpress', 'package'))('$name with XML-RPC logins off', (target) => {
	const { open } = placesOf(target)

	it('#210 refuses logins with fault and status 405, and goes on answering what needs none', async () => {
		const place = await open({ isXmlRpcOff: true })
		const login = await loginOf(place)
		const refused = await callXmlRpc(place, 'wp.getUsersBlogs', login)
		expect(refused).toMatchObject({ status: 405, kind: 'fault', code: 405 })
		expect(await callXmlRpc(place, 'demo.sayHello')).toMatchObject({ status: 200, kind: 'value' })
	})

	it('#210 refuses them inside a multicall with 405 in their place', async () => {
		const place = await open({ isXmlRpcOff: true })
		const calls = [{ methodName: 'wp.getUsersBlogs', params: await loginOf(place) }]
		const answer = await callXmlRpc(place, 'system.multicall', [calls])
		expect(answer).toMatchObject({ status: 200, kind: 'value', value: [{ faultCode: 405 }] })
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#212 never takes the account’s own password (WordPress: does)', async () => {
		const place = await open()
		await place.issue('editor')
		const { username, password } = place.people.editor
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [username, password])).toMatchObject(fault(403))
	})

	it('#209 answers a call without params inside a multicall with its own fault (WordPress: 500)', async () => {
		const place = await open()
		const answer = await callXmlRpc(place, 'system.multicall', [[{ methodName: 'demo.addTwoNumbers' }]])
		expect(answer).toMatchObject({ status: 200, kind: 'value', value: [{ faultCode: 400 }] })
	})

	it('#215 takes no secret in base64 (WordPress: decodes it)', async () => {
		const place = await open()
		const [username, password] = await loginOf(place)
		const bytes = XmlRpcBase64.of(new TextEncoder().encode(password))
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [username, bytes])).toMatchObject(fault(403))
	})

	it.each([
		[
			'an empty value',
			(user: string, secret: string) => call('wp.getUsersBlogs', param('') + text(user) + text(secret)),
		],
		[
			'a blank value',
			(user: string, secret: string) => call('wp.getUsersBlogs', param('  ') + text(user) + text(secret)),
		],
		['nil', (user: string, secret: string) => call('wp.getUsersBlogs', param('<nil/>') + text(user) + text(secret))],
		['i8', (user: string, secret: string) => call('wp.getUsersBlogs', param('<i8>5</i8>') + text(user) + text(secret))],
		[
			'a stray value',
			(user: string, secret: string) =>
				`<methodCall><methodName>wp.getUsersBlogs</methodName><value>${user}</value><params>${text(secret)}</params></methodCall>`,
		],
		[
			'a second methodName',
			(user: string, secret: string) =>
				call('demo.sayHello</methodName><methodName>wp.getUsersBlogs', text(user) + text(secret)),
		],
		[
			'a list that holds all parameters',
			(user: string, secret: string) =>
				call('wp.getUsersBlogs', param(`<array><data><value>${user}</value><value>${secret}</value></data></array>`)),
		],
		[
			'a struct of numbers that holds all parameters',
			(user: string, secret: string) => {
				const member = (name: number, value: string) => `<member><name>${name}</name><value>${value}</value></member>`
				return call('wp.getUsersBlogs', param(`<struct>${member(0, user)}${member(1, secret)}</struct>`))
			},
		],
	])('#216 refuses %s before anybody is authenticated (WordPress: positions shift)', async (_what, body) => {
		const place = await open()
		const { password, uuid } = await place.issue('admin')
		const answer = await sendXml(place, body(place.people.admin.username, password))
		expect(answer).toMatchObject({ status: 400, kind: 'fault', code: -32602 })
		const { basic: watcher } = await place.issue('admin')
		const item = await ask(place, `/wp-json/wp/v2/users/me/application-passwords/${uuid}`, { headers: watcher })
		expect(item).toMatchObject({ status: 200, body: { last_used: null } })
	})

	it('#195 reads no document with a DOCTYPE, be it empty (WordPress up to 6.5: leaves an empty one out)', async () => {
		const body = `<!DOCTYPE methodCall>${call('demo.sayHello', '')}`
		expect(await sendXml(await open(), body)).toMatchObject({ kind: 'fault', code: -32700 })
	})

	it('#220 knows no method that it does not list', async () => {
		const place = await open()
		const login = await loginOf(place)
		for (const method of ['jetpack.verifyRegistration', 'wp.getPosts', 'pingback.ping', 'blogger.getTemplate'])
			expect(await callXmlRpc(place, method, ['1', ...login]), method).toMatchObject(fault(-32601))
	})
})
