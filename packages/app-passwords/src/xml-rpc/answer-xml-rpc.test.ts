import {
	formatXmlRpcCall,
	readXmlRpcResponse,
	XmlRpcBase64,
	type XmlRpcAnswer,
	type XmlRpcValue,
} from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import type { User } from '../index.ts'
import { people, siteUrl, startProvider, type Asked } from '../http/provider.testing.ts'

const { admin, subscriber } = people

async function start(settings: Parameters<typeof startProvider>[0] = {}) {
	const provider = await startProvider(settings)
	const secrets = {
		ada: (await provider.issue(admin)).secret.reveal(),
		sam: (await provider.issue(subscriber)).secret.reveal(),
	}
	const post = async (body: string | Uint8Array, asked: Partial<Asked> = {}) => {
		const got = await provider.ask('/xmlrpc.php', { method: 'POST', body, ...asked })
		return { ...got, answer: readXmlRpcResponse(got.text) }
	}
	const call = async (method: string, ...params: XmlRpcValue[]): Promise<XmlRpcAnswer> =>
		(await post(formatXmlRpcCall(method, params))).answer
	/** As `wp.*` methods want it: the number of the blog, the name, the password. */
	const as = { ada: ['1', 'ada', secrets.ada], sam: ['1', 'sam', secrets.sam] } as const
	return { ...provider, secrets, post, call, as }
}

const codeOf = (answer: XmlRpcAnswer): unknown => (answer.kind === 'fault' ? answer.code : answer.kind)
const valueOf = (answer: XmlRpcAnswer): XmlRpcValue => {
	if (answer.kind !== 'value') throw new Error(JSON.stringify(answer))
	return answer.value
}
const sub = (methodName: string, ...params: XmlRpcValue[]): XmlRpcValue => ({ methodName, params })
const wrong = 'abcdEFGH1234ijklMNOP6789'

describe('the transport', () => {
	it('#194 takes POST only, and tells others so', async () => {
		const { ask } = await start()
		for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS']) {
			const got = await ask('/xmlrpc.php', { method })
			expect(got.status).toBe(405)
			expect(got.headers.get('allow')).toBe('POST')
			expect(got.headers.get('content-type')).toMatch(/^text\/plain/)
		}
	})

	it('tells where the APIs are when asked for rsd', async () => {
		const { ask } = await start()
		const got = await ask('/xmlrpc.php?rsd')
		expect(got.status).toBe(200)
		expect(got.headers.get('content-type')).toBe('text/xml; charset=UTF-8')
		expect(got.text).toContain(`name="WP-API" blogID="1" preferred="false" apiLink="${siteUrl}/wp-json/"`)
		expect(got.text).toContain(`name="WordPress" blogID="1" preferred="true" apiLink="${siteUrl}/xmlrpc.php"`)
	})

	it('#195 answers what is no call with a fault, and keeps nothing of it', async () => {
		const { post, call } = await start()
		for (const [body, fault, status] of [
			['', -32_700, 200],
			['<methodCall><methodName>', -32_700, 200],
			['<!DOCTYPE methodCall><methodCall><methodName>demo.sayHello</methodName></methodCall>', -32_700, 200],
			['<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><m>&x;</m>', -32_700, 200],
			['<other/>', -32_700, 200],
			['name=x', -32_700, 200],
			['<methodResponse><params/></methodResponse>', -32_600, 200],
			['<methodCall><methodName>a</methodName><methodName>b</methodName></methodCall>', -32_602, 400],
		] as const) {
			const got = await post(body)
			expect([codeOf(got.answer), got.status], body).toEqual([fault, status])
			expect(got.headers.get('content-type')).toBe('text/xml; charset=UTF-8')
			expect(got.headers.get('cache-control')).toContain('no-store')
		}
		expect(codeOf(await call('wp.nothing'))).toBe(-32_601)
		expect(codeOf(await call('WP.GetProfile'))).toBe(-32_601)
	})

	it('refuses a body of more than 1 MiB', async () => {
		const { post } = await start()
		const got = await post(formatXmlRpcCall('demo.sayHello', ['a'.repeat(1_048_576)]))
		expect([codeOf(got.answer), got.status]).toEqual([-32_600, 413])
	})

	it('is not there at all where it is not wanted', async () => {
		const { ask } = await startProvider({ exposeXmlRpc: false })
		await expect(ask('/xmlrpc.php?rsd')).rejects.toThrow('not ours')
	})
})

describe('methods without a login', () => {
	it('#196 say hello, and what there is', async () => {
		const { call } = await start()
		expect(valueOf(await call('demo.sayHello'))).toBe('Hello!')
		const methods = valueOf(await call('system.listMethods'))
		expect(methods).toContain('system.multicall')
		expect(methods).toContain('wp.getUsers')
		expect(methods).toHaveLength(11)
		expect(valueOf(await call('system.getCapabilities'))).toMatchObject({ xmlrpc: { specVersion: 1 } })
	})

	it('#197 add whole numbers and nothing else', async () => {
		const { call } = await start()
		expect(valueOf(await call('demo.addTwoNumbers', 3, -5))).toBe(-2)
		for (const params of [['3', 4], [4], [1.5, 2]])
			expect(codeOf(await call('demo.addTwoNumbers', ...params))).toBe(400)
	})
})

describe('logging in', () => {
	it('#198 #202 #213 #214 takes name or e-mail and the secret as shown or not, where each method has them', async () => {
		const { call, post, secrets } = await start()
		const chunked = secrets.ada.replace(/(.{4})/g, '$1 ').trim()
		for (const [name, secret] of [
			['ada', secrets.ada],
			['ADA', chunked],
			[' ada@example.test ', secrets.ada],
		] as const) {
			expect(valueOf(await call('wp.getUsersBlogs', name, secret))).toEqual([
				{ isAdmin: true, url: `${siteUrl}/`, blogid: '1', blogName: 'Test', xmlrpc: `${siteUrl}/xmlrpc.php` },
			])
		}
		expect(valueOf(await call('blogger.getUsersBlogs', 'key', 'sam', secrets.sam))).toMatchObject([{ isAdmin: false }])
		expect(valueOf(await call('metaWeblog.getUsersBlogs', 'key', 'sam', secrets.sam))).toHaveLength(1)
		expect(codeOf(await call('wp.getProfile', 'ada', secrets.ada, '1'))).toBe(403)
		const untyped = `<methodCall><methodName>wp.getProfile</methodName><params>${['1', 'ada', chunked]
			.map((text) => `<param><value>${text}</value></param>`)
			.join('')}</params></methodCall>`
		expect(valueOf((await post(untyped)).answer)).toMatchObject({ username: 'ada' })
	})

	it('#199 #201 #212 says the same whatever was wrong, with HTTP 200', async () => {
		const { post } = await start()
		for (const [name, password] of [
			['ada', wrong],
			['nobody', wrong],
			['nobody@example.test', wrong],
			['ada', ' '],
			['ada', 'ada-signs-in-1!'],
		] as const) {
			const got = await post(formatXmlRpcCall('wp.getUsersBlogs', [name, password]))
			expect(got.status).toBe(200)
			expect(got.answer).toEqual({ kind: 'fault', code: 403, message: 'Incorrect username or password.' })
		}
	})

	it('#200 wants enough parameters before it looks at any', async () => {
		const { call, secrets, storage } = await start()
		expect(codeOf(await call('wp.getUsersBlogs', 'ada'))).toBe(400)
		expect(codeOf(await call('wp.getUsersBlogs'))).toBe(400)
		expect(codeOf(await call('wp.getUser', '1', 'ada', secrets.ada))).toBe(400)
		expect(storage.events.filter(({ event }) => event === 'authenticated' || event === 'failed')).toEqual([])
	})

	it('#217 takes no Basic header for a login', async () => {
		const { post, issue } = await start()
		const { as } = await issue(admin)
		const body = formatXmlRpcCall('wp.getUsersBlogs', ['ada', wrong])
		expect(codeOf((await post(body, { as })).answer)).toBe(403)
	})

	it('#210 is off where the hook says so: 405, also as HTTP status, and in place in a multicall', async () => {
		const { call, post, as } = await start({ hooks: { xmlrpc_enabled: () => false } })
		const got = await post(formatXmlRpcCall('wp.getProfile', [...as.ada]))
		expect([codeOf(got.answer), got.status]).toEqual([405, 405])
		expect(valueOf(await call('demo.sayHello'))).toBe('Hello!')
		const both = await post(
			formatXmlRpcCall('system.multicall', [[sub('wp.getProfile', ...as.ada), sub('demo.sayHello')]]),
		)
		expect(both.status).toBe(200)
		expect(valueOf(both.answer)).toMatchObject([{ faultCode: 405 }, ['Hello!']])
	})

	it('#211 refuses over plain http in production, and whoever may not use the feature', async () => {
		const { post, as, secrets } = await start({
			domain: {
				hooks: { wp_is_application_passwords_available_for_user: (_is: boolean, { id }: User) => id !== subscriber.id },
			},
		})
		const body = formatXmlRpcCall('wp.getProfile', [...as.ada])
		expect(codeOf((await post(body, { connection: { isTls: false } })).answer)).toBe(403)
		expect(codeOf((await post(body)).answer)).toBe('value')
		expect(codeOf((await post(formatXmlRpcCall('wp.getProfile', ['1', 'sam', secrets.sam]))).answer)).toBe(403)
	})

	it('#81 answers too many guesses with 429 and when to come back', async () => {
		const { post } = await start()
		const body = formatXmlRpcCall('wp.getUsersBlogs', ['ada', wrong])
		for (let guess = 0; guess < 10; guess += 1) await post(body)
		const got = await post(body)
		expect([codeOf(got.answer), got.status]).toEqual([403, 429])
		expect(Number(got.headers.get('retry-after'))).toBeGreaterThan(0)
	})

	it('#216 #220 refuses what would move a parameter, and methods it does not know, before any login', async () => {
		const { post, call, secrets, storage, as } = await start()
		const param = (value: string) => `<param>${value}</param>`
		const good = [`<value>1</value>`, '<value>ada</value>', `<value>${secrets.ada}</value>`].map(param).join('')
		for (const params of [
			`<param><value></value></param>${good}`,
			`<param><value><nil/></value></param>${good}`,
			`<param><value><i8>1</i8></value></param>${good}`,
			`<value>1</value>${good}`,
			`<param><value><array><data><value>1</value><value>ada</value><value>${secrets.ada}</value></data></array></value></param>`,
		]) {
			const got = await post(
				`<methodCall><methodName>wp.getProfile</methodName><params>${params}</params></methodCall>`,
			)
			expect([codeOf(got.answer), got.status], params).toEqual([-32_602, 400])
		}
		for (const method of ['wp.getPosts', 'wp.newPost', 'wp.editProfile', 'jetpack.verifyAction'])
			expect(codeOf(await call(method, ...as.ada))).toBe(-32_601)
		expect(storage.events.filter(({ event }) => event === 'authenticated' || event === 'failed')).toEqual([])
	})

	it('#215 takes secrets as string or untyped only', async () => {
		const { call, secrets } = await start()
		const bytes = XmlRpcBase64.of(new TextEncoder().encode(secrets.ada))
		expect(codeOf(await call('wp.getProfile', '1', 'ada', bytes))).toBe(403)
		expect(codeOf(await call('wp.getProfile', '1', 'ada', 123))).toBe(403)
	})
})

describe('system.multicall', () => {
	it('#206 #225 judges each call by its own credentials', async () => {
		const { call, as } = await start()
		const calls = [sub('wp.getProfile', ...as.sam), sub('wp.getUsers', ...as.sam), sub('wp.getProfile', ...as.ada)]
		expect(valueOf(await call('system.multicall', calls))).toMatchObject([
			[{ username: 'sam' }],
			{ faultCode: 401 },
			[{ username: 'ada' }],
		])
	})

	it('#203 #204 #205 tries no login after one that failed, and goes on with what needs none', async () => {
		const { call, as } = await start()
		const calls = [
			sub('wp.getProfile', ...as.ada),
			sub('wp.getProfile', '1', 'ada', wrong),
			sub('wp.getProfile', ...as.ada),
			sub('wp.getProfile', ...as.sam),
			sub('demo.sayHello'),
		]
		expect(valueOf(await call('system.multicall', calls))).toMatchObject([
			[{ username: 'ada' }],
			{ faultCode: 403 },
			{ faultCode: 403 },
			{ faultCode: 403 },
			['Hello!'],
		])
	})

	it('#219 checks one of fifty guesses, and takes no more than fifty', async () => {
		const { call, post, storage } = await start()
		const guesses = Array.from({ length: 50 }, () => sub('wp.getProfile', '1', 'ada', wrong))
		expect(valueOf(await call('system.multicall', guesses))).toHaveLength(50)
		expect(storage.events.filter(({ event }) => event === 'failed')).toHaveLength(1)
		const got = await post(formatXmlRpcCall('system.multicall', [[...guesses, guesses[0] ?? '']]))
		expect([codeOf(got.answer), got.status]).toEqual([-32_600, 400])
	})

	it('#207 #208 #209 refuses in place what is no call', async () => {
		const { call } = await start()
		const calls = [
			sub('system.multicall', [sub('demo.sayHello')]),
			sub('wp.nothing'),
			{ methodName: 'demo.sayHello' },
			'x',
			sub('demo.sayHello'),
		]
		expect(valueOf(await call('system.multicall', calls))).toMatchObject([
			{ faultCode: -32_600 },
			{ faultCode: -32_601 },
			{ faultCode: 400 },
			{ faultCode: -32_602 },
			['Hello!'],
		])
	})
})

describe('people', () => {
	const all = [
		'user_id',
		'username',
		'first_name',
		'last_name',
		'registered',
		'bio',
		'email',
		'nickname',
		'nicename',
		'url',
		'display_name',
		'roles',
	]

	it('shows a person in the shape and order of WordPress', async () => {
		const { call, post, as } = await start()
		const profile = valueOf(await call('wp.getProfile', ...as.ada)) as Record<string, XmlRpcValue>
		expect(Object.keys(profile)).toEqual(all)
		expect(profile).toMatchObject({ user_id: '1', email: 'ada@example.test', roles: ['administrator'] })
		const { text } = await post(formatXmlRpcCall('wp.getProfile', [...as.ada, ['registered']]))
		expect(text).toContain('<dateTime.iso8601>20260301T08:00:00</dateTime.iso8601>')
		const fields = async (...names: string[]) => Object.keys(valueOf(await call('wp.getProfile', ...as.ada, names)))
		expect(await fields('email', 'username')).toEqual(['user_id', 'username', 'email'])
		expect(await fields('basic')).toEqual(['user_id', 'username', 'registered', 'email', 'nicename', 'display_name'])
		expect(await fields()).toEqual(['user_id'])
		expect(codeOf(await call('wp.getProfile', ...as.ada, 'basic'))).toBe(400)
	})

	it('shows others to administrators only', async () => {
		const { call, as } = await start()
		expect(valueOf(await call('wp.getUser', ...as.ada, 3))).toMatchObject({ username: 'sam' })
		expect(valueOf(await call('wp.getUser', ...as.sam, '3'))).toMatchObject({ username: 'sam' })
		for (const id of [99, 0, -3, 3.5, '0x3', '3e0', ' 3', '', true]) {
			expect(codeOf(await call('wp.getUser', ...as.ada, id)), String(id)).toBe(404)
		}
		for (const id of [1, 99]) expect(codeOf(await call('wp.getUser', ...as.sam, id))).toBe(401)
		expect(codeOf(await call('wp.getUsers', ...as.sam))).toBe(401)
	})

	it('lists all, also more than fifty, by login name', async () => {
		const many = Array.from({ length: 60 }, (_, index): User => ({
			...subscriber,
			id: 100 + index,
			login: `user${String(index).padStart(2, '0')}`,
			email: `user${index}@example.test`,
		}))
		const { call, as } = await start({ people: [admin, subscriber, ...many] })
		const users = valueOf(await call('wp.getUsers', ...as.ada)) as { username: string }[]
		expect(users).toHaveLength(62)
		expect(users.map(({ username }) => username)).toEqual(users.map(({ username }) => username).toSorted())
	})

	it('filters as WordPress does', async () => {
		const { call, as } = await start()
		const names = async (filter: XmlRpcValue) => {
			const users = valueOf(await call('wp.getUsers', ...as.ada, filter, ['username'])) as { username: string }[]
			return users.map(({ username }) => username)
		}
		expect(await names({})).toEqual(['ada', 'bea', 'edo', 'sam'])
		expect(await names([])).toHaveLength(4)
		expect(await names({ number: 2, offset: 1 })).toEqual(['bea', 'edo'])
		expect(await names({ number: '2', offset: '-1' })).toEqual(['bea', 'edo'])
		expect(await names({ number: '0x2', offset: 'x1' })).toHaveLength(4)
		expect(await names({ number: 0 })).toHaveLength(4)
		expect(await names({ orderby: 'ID', order: 'DESC' })).toEqual(['bea', 'sam', 'edo', 'ada'])
		expect(await names({ role: 'editor' })).toEqual(['edo'])
		expect(await names({ who: 'authors' })).toEqual(['ada', 'bea', 'edo'])
		expect(codeOf(await call('wp.getUsers', ...as.ada, { role: 'king' }))).toBe(403)
	})

	it('lists nobody where the password was not given for it', async () => {
		const { call, as } = await start({ mayListUsers: () => false })
		expect(codeOf(await call('wp.getUsers', ...as.ada))).toBe(401)
		expect(codeOf(await call('wp.getUser', ...as.ada, 3))).toBe(401)
		expect(codeOf(await call('wp.getProfile', ...as.ada))).toBe('value')
	})

	it('writes names that XML cannot carry without what it cannot', async () => {
		const { call, as } = await start({ people: [{ ...admin, displayName: 'A\u0000d\uD800a' }, subscriber] })
		expect(valueOf(await call('wp.getProfile', ...as.ada))).toMatchObject({ display_name: 'Ad\uFFFDa' })
	})
})
