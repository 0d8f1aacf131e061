import { XmlRpcBase64 } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { ask, callXmlRpc, sendXml } from '../targets/ask-place.ts'
import { neverIssued } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place, XmlRpcValue } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

/** Runs calls in one request; gives each answer: `[value]`, or a fault as a struct. */
async function multicall(
	place: Place,
	calls: readonly (readonly [method: string, ...parameters: XmlRpcValue[]])[],
): Promise<readonly XmlRpcValue[]> {
	const structs = calls.map(([methodName, ...params]) => ({ methodName, params }))
	const answer = await callXmlRpc(place, 'system.multicall', [structs])
	expect(answer).toMatchObject({ status: 200, kind: 'value' })
	const value = answer.kind === 'value' ? answer.value : undefined
	if (!isList(value)) throw new Error('system.multicall gives a list')
	return value
}

// Array.isArray does not narrow readonly arrays out of a union.
const isList = (value: XmlRpcValue | undefined): value is readonly XmlRpcValue[] => Array.isArray(value)

const refused = { faultCode: 403, faultString: expect.stringMatching(/./) }

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#196 greets and lists its methods without a login', async () => {
		const place = await open()
		expect(await callXmlRpc(place, 'demo.sayHello')).toMatchObject({ kind: 'value', value: 'Hello!' })
		expect(await callXmlRpc(place, 'demo.addTwoNumbers', [2, 3])).toMatchObject({ kind: 'value', value: 5 })
		const methods = await callXmlRpc(place, 'system.listMethods')
		const shared = ['system.multicall', 'system.listMethods', 'system.getCapabilities', 'demo.sayHello']
		const ours = ['wp.getUsersBlogs', 'wp.getProfile', 'wp.getUser', 'wp.getUsers']
		expect(methods).toMatchObject({ kind: 'value', value: expect.arrayContaining([...shared, ...ours]) })
	})

	it('#198 #202 tells whoever has a password of the site, as shown, bare, and by e-mail address', async () => {
		const place = await open()
		const { username, email } = place.people.admin
		const { password } = await place.issue('admin')
		for (const [name, secret] of [
			[username, password],
			[username, password.replaceAll(' ', '')],
			[email, password],
		] as const) {
			const answer = await callXmlRpc(place, 'wp.getUsersBlogs', [name, secret])
			expect(answer).toMatchObject({
				status: 200,
				kind: 'value',
				value: [
					{
						isAdmin: true,
						url: expect.stringContaining(place.url),
						blogid: expect.anything(),
						blogName: expect.stringMatching(/./),
						xmlrpc: `${place.url}/xmlrpc.php`,
					},
				],
			})
		}
	})

	it('#202 tells everybody of themselves, and administrators of everybody', async () => {
		const place = await open()
		const { username, email, id } = place.people.admin
		const { password } = await place.issue('admin')
		const profile = await callXmlRpc(place, 'wp.getProfile', [1, username, password])
		const own = { user_id: String(id), username, email, roles: ['administrator'] }
		expect(profile).toMatchObject({ kind: 'value', value: own })
		const user = await callXmlRpc(place, 'wp.getUser', [1, username, password, place.people.editor.id])
		expect(user).toMatchObject({ kind: 'value', value: { username: 'editor', roles: ['editor'] } })
		const users = await callXmlRpc(place, 'wp.getUsers', [1, username, password])
		const names = users.kind === 'value' && isList(users.value) ? users.value.map((one) => Object(one)['username']) : []
		expect(names).toEqual(expect.arrayContaining(['admin', 'editor', 'subscriber']))
	})

	it('#196 gives only the fields that were asked for, and only the users', async () => {
		const place = await open()
		const { username } = place.people.admin
		const { password } = await place.issue('admin')
		const profile = await callXmlRpc(place, 'wp.getProfile', [1, username, password, ['username', 'email']])
		expect(profile.kind === 'value' && Object.keys(Object(profile.value)).toSorted()).toEqual([
			'email',
			'user_id',
			'username',
		])
		const editors = await callXmlRpc(place, 'wp.getUsers', [1, username, password, { role: 'editor' }, ['username']])
		expect(editors).toMatchObject({ kind: 'value', value: [{ username: 'editor' }] })
	})

	it('#204 #203 after a wrong login refuses a right one in the same request, and answers the one before', async () => {
		const place = await open()
		const { username } = place.people.editor
		const { password } = await place.issue('editor')
		const right = ['wp.getUsersBlogs', username, password] as const
		const answers = await multicall(place, [right, ['wp.getUsersBlogs', username, neverIssued], right])
		expect(answers).toMatchObject([[[{ isAdmin: false }]], refused, refused])
	})

	it('#205 after a wrong login still answers what needs none', async () => {
		const place = await open()
		const wrong = ['wp.getUsersBlogs', 'editor', neverIssued] as const
		expect(await multicall(place, [wrong, ['demo.sayHello']])).toMatchObject([refused, ['Hello!']])
	})

	it('#206 #225 judges every call by its own credentials', async () => {
		const place = await open()
		const admin = await place.issue('admin')
		const subscriber = await place.issue('subscriber')
		const answers = await multicall(place, [
			['wp.getProfile', 1, place.people.admin.username, admin.password],
			['wp.getProfile', 1, place.people.subscriber.username, subscriber.password],
			['wp.getUser', 1, place.people.subscriber.username, subscriber.password, place.people.admin.id],
		])
		expect(answers).toMatchObject([[{ username: 'admin' }], [{ username: 'subscriber' }], { faultCode: 401 }])
	})

	it('#207 #208 puts a nested multicall and an unknown method in their place as faults', async () => {
		const place = await open()
		const nested = ['system.multicall', [{ methodName: 'demo.sayHello', params: [] }]] as const
		const answers = await multicall(place, [nested, ['wp.noSuchMethod'], ['demo.sayHello']])
		expect(answers).toMatchObject([{ faultCode: -32600 }, { faultCode: -32601 }, ['Hello!']])
	})

	it('#213 finds credentials first and second for wp.getUsersBlogs, second and third for the others', async () => {
		const place = await open()
		const { username } = place.people.admin
		const { password } = await place.issue('admin')
		const { id } = place.people.editor
		const right = { kind: 'value' }
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [username, password])).toMatchObject(right)
		expect(await callXmlRpc(place, 'wp.getProfile', [1, username, password])).toMatchObject(right)
		expect(await callXmlRpc(place, 'wp.getUser', [1, username, password, id])).toMatchObject(right)
		expect(await callXmlRpc(place, 'wp.getUsers', [1, username, password])).toMatchObject(right)
	})

	it('#214 takes values without a type, as in the documented example', async () => {
		const place = await open()
		const { password } = await place.issue('admin')
		const values = ['1', place.people.admin.username, password]
		const params = values.map((value) => `<param><value>${value}</value></param>`).join('')
		const call = `<methodCall><methodName>wp.getUsers</methodName><params>${params}</params></methodCall>`
		const answer = await sendXml(place, call)
		expect(answer).toMatchObject({ status: 200, kind: 'value' })
	})

	it('#219 tries one password a request, however many are in it', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const { username } = place.people.editor
		const guesses = Array.from({ length: 40 }, () => ['wp.getUsersBlogs', username, neverIssued] as const)
		const answers = await multicall(place, [...guesses, ['wp.getUsersBlogs', username, password]])
		expect(answers).toEqual(answers.map(() => expect.objectContaining({ faultCode: 403 })))
		// A good login from a request of its own: one guess locked nobody out.
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [username, password])).toMatchObject({ kind: 'value' })
	})

	it('#194 describes itself at ?rsd', async () => {
		const place = await open()
		const { status, text, headers } = await ask(place, '/xmlrpc.php?rsd')
		expect(status).toBe(200)
		expect(headers.get('content-type')).toContain('text/xml')
		expect(text).toContain(`apiLink="${place.url}/xmlrpc.php"`)
		expect(text).toContain(`apiLink="${place.url}/wp-json/"`)
	})
})

describe.each(targets('wordpress'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#212 takes the account’s own password too', async () => {
		const place = await open()
		const { username, password } = place.people.editor
		expect(await callXmlRpc(place, 'wp.getUsersBlogs', [username, password])).toMatchObject({ kind: 'value' })
	})

	it('#215 takes a secret in base64', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const bytes = XmlRpcBase64.of(new TextEncoder().encode(password))
		const answer = await callXmlRpc(place, 'wp.getUsersBlogs', [place.people.editor.username, bytes])
		expect(answer).toMatchObject({ kind: 'value' })
	})

	it('#216 lets every later parameter move up where one is empty', async () => {
		const place = await open()
		const { password } = await place.issue('editor')
		const moved = `<methodCall><methodName>wp.getUsersBlogs</methodName><params><param><value/></param><param><value>${place.people.editor.username}</value></param><param><value>${password}</value></param></params></methodCall>`
		expect(await sendXml(place, moved)).toMatchObject({ kind: 'value' })
	})
})
