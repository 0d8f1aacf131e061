import { endpoints, type Endpoint } from '@postern/api/contract'
import { scopes, withIncluded, type Scope } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAs, passwordsOf, pathOf, prove, type Credentials } from './application-passwords.testing.ts'
import { join, setUpAnn, startTestServer, type Answer, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
/** Everything that concerns `/api/v1`. */
let all: Credentials
let issue: (name: string, scopes: readonly Scope[]) => Promise<Credentials>
beforeAll(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
	const own = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
	await prove(ann.browser)
	issue = async (name, granted) => {
		const made = await own.create({ name, scopes: granted })
		if (made.status !== 200) throw new Error(made.text)
		return made.body
	}
	all = await issue(
		'All',
		scopes.filter((scope) => scope.startsWith('postern:')),
	)
})
afterAll(() => server.stop())

const nowhere = 'con_aaaaaaaaaaaaaaaaaaaaaaaaaa'

/** A path of an endpoint in Ann's workspace, where nothing else is. */
function pathTo({ path }: Endpoint): string {
	return path.replace('{workspaceId}', ann.workspaceId).replaceAll(/\{\w+\}/g, nowhere)
}

const forMembers = endpoints.filter(({ access }) => access !== 'anybody')
const withScope = forMembers.filter(({ scope }) => scope !== undefined && scope !== 'any')
const named = (some: readonly Endpoint[]) =>
	some.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)

describe('an application password', () => {
	it.each(named(forMembers.filter(({ scope }) => scope === undefined)))('may never call %s', async (_, endpoint) => {
		const answer = await callAs(server, all)(endpoint.method, pathTo(endpoint), endpoint.body && {})
		expect(answer.body).toMatchObject({ status: 403, code: 'application-password/not-allowed-here' })
	})

	it.each(named(withScope))('without its scope may not call %s', async (_, endpoint) => {
		const needed = scopes.find((scope) => scope === endpoint.scope)
		const others = scopes.filter(
			(scope) => scope !== 'site:everything' && needed !== undefined && !withIncluded([scope]).has(needed),
		)
		const answer = await callAs(server, await issue('Others', others))(
			endpoint.method,
			pathTo(endpoint),
			endpoint.body && {},
		)
		expect(answer.body).toMatchObject({
			status: 403,
			code: 'application-password/scope-missing',
			params: { scope: endpoint.scope },
		})
	})

	it.each(named(withScope))('finds no other workspace by %s', async (_, endpoint) => {
		const path = endpoint.path.replace('{workspaceId}', 'ws_aaaaaaaaaaaaaaaaaaaaaaaaaa')
		const answer = await callAs(server, all)(endpoint.method, path.replaceAll(/\{\w+\}/g, nowhere), endpoint.body && {})
		expect(answer.body).toMatchObject({ status: 404, code: 'request/not-found' })
	})

	it('reads connectors and activity with the scopes for that, and says who it is', async () => {
		const ask = callAs(server, await issue('Reader', ['postern:connectors:read', 'postern:activity:read']))
		expect((await ask('GET', `/workspaces/${ann.workspaceId}/connectors`)).status).toBe(200)
		expect((await ask('GET', `/workspaces/${ann.workspaceId}/activity`)).status).toBe(200)
		expect((await ask('GET', '/me')).body.memberships).toHaveLength(1)
	})

	it('stands in the activity beside whose it is', async () => {
		const ask = callAs(server, await issue('Robot', ['postern:connectors:manage', 'postern:activity:read']))
		await ask('POST', `/workspaces/${ann.workspaceId}/connectors/verify`, {
			type: 'wordpress-app',
			address: 'https://blog.invalid',
			username: 'x',
			applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789',
		})
		const { entries } = (await ask('GET', `/workspaces/${ann.workspaceId}/activity`)).body
		expect(entries[0]).toMatchObject({
			event: 'connector.verification-failed',
			actor: { kind: 'caller', name: 'Ann (Robot)' },
		})
	})

	it('is bounded by what the role of its owner may do', async () => {
		const bob = await join(server, ann, { username: 'bob', role: 'viewer' })
		const own = passwordsOf(bob, await pathOf(ann, 'bob'))
		const refused = await own.create({ name: 'x', scopes: ['postern:connectors:manage'] })
		expect(refused.body.code).toBe('application-password/scope-beyond-role')
	})
})

describe('Basic credentials', () => {
	const ask = (authorization: string): Promise<Answer> => ann.browser.call('GET', '/me', undefined, { authorization })
	const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

	it('decide alone: a session beside them is not looked at', async () => {
		expect((await ann.browser.call('GET', '/me')).status).toBe(200)
		for (const field of [basic('Ann:abcdEFGH1234ijklMNOP6789'), 'Basic !!!!', 'Bearer x', 'Basic', basic('Ann')])
			expect((await ask(field)).body).toMatchObject({ status: 401, code: 'application-password/credentials-wrong' })
	})

	it('are refused alike, whatever is wrong with them, and asked for again', async () => {
		const withoutId = ({ text, body }: Answer) => text.replace(body.requestId, '')
		const agent = await issue('Agent', [])
		const answers = [
			await ask(basic('nobody:abcdEFGH1234ijklMNOP6789')),
			await ask(basic('Ann:abcdEFGH1234ijklMNOP6789')),
			await ask(basic(`bob:${agent.password}`)),
			await ask(basic('Ann:correct horse battery staple')),
		]
		expect(new Set(answers.map(withoutId)).size).toBe(1)
		for (const { headers } of answers)
			expect(headers['www-authenticate']).toBe('Basic realm="Postern", charset="UTF-8"')
	})

	it('are not asked for where a session is missing: browsers would open a box', async () => {
		const answer = await server.browser().call('GET', '/me')
		expect(answer.status).toBe(401)
		expect(answer.headers['www-authenticate']).toBeUndefined()
	})

	it('that fail ten times in a minute have to wait, from that address', async () => {
		const guess = callAs(server, { username: 'somebody-else', password: 'wrong' }, { ip: '203.0.113.66' })
		for (let count = 0; count < 10; count += 1) expect((await guess('GET', '/me')).status).toBe(401)
		const told = await guess('GET', '/me')
		expect(told.body).toMatchObject({ status: 429, code: 'request/throttled' })
		expect(Number(told.headers['retry-after'])).toBeGreaterThan(0)
		expect((await callAs(server, await issue('Agent', []))('GET', '/me')).status).toBe(200)
	})
})
