import { endpoints, type Endpoint } from '@postern/api/contract'
import { hasRole, roles, type Role } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addConnector, draftOf } from '../../store/cases/connector.testing.ts'
import { callAs, passwordsOf, pathOf, prove, type Credentials } from './application-passwords.testing.ts'
import { join, setUpAnn, startTestServer, type Browser, type TestServer } from './test-server.testing.ts'

/** Two workspaces with something of everything, and a member of each role in the first. */
let server: TestServer
let own: Readonly<Record<string, string>>
let foreign: Readonly<Record<string, string>>
const members = new Map<Role, Browser>()
let bea: Browser
let reader: Credentials

beforeAll(async () => {
	server = await startTestServer()
	const ann = await setUpAnn(server)
	members.set('owner', ann.browser)
	for (const role of roles.filter((one) => one !== 'owner'))
		members.set(role, await join(server, ann, { username: `a-${role}`, role }))
	bea = await join(server, ann, { username: 'bea', role: 'viewer' })
	const { account, memberships } = (await bea.call('GET', '/me')).body
	await ann.browser.call('DELETE', `/workspaces/${ann.workspaceId}/members/${memberships[0].memberId}`)
	const other = await server.store.workspaces.create('Bea’s')
	await server.store.members.add({ workspaceId: other.id, accountId: account.id, role: 'owner' })
	own = await stock(ann.browser, ann.workspaceId, 'Ann')
	foreign = await stock(bea, other.id, 'bea')
	reader = (await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).create({ name: 'x', scopes: ['posts:read'] })).body
}, 60_000)
afterAll(() => server.stop())

/** The ids of what there is, by the names of paths. */
async function stock(browser: Browser, workspaceId: string, username: string) {
	const at = `/workspaces/${workspaceId}`
	const member = await pathOf({ browser, workspaceId }, username)
	const connector = await addConnector(server.store, workspaceId, 'Blog', `${username.toLowerCase()}.example`)
	const { body: made } = await passwordsOf(browser, member).create({ name: 'Phone', preset: 'read-only' })
	const webhook = { url: 'https://127.0.0.1/hook', events: ['connector.deleted'] }
	const { id: webhookId } = (await browser.call('POST', `${at}/webhooks`, webhook)).body.webhook
	const delivery = (await browser.call('POST', `${at}/webhooks/${webhookId}/test`)).body
	const link = (await browser.call('POST', `${at}/connect-links`, { connectorId: connector.id })).body.connectLink
	await browser.call('POST', `${at}/invitations`, { role: 'viewer', label: 'x' })
	const { invitations } = (await browser.call('GET', `${at}/invitations`)).body
	const { notices } = (await browser.call('GET', `${at}/notices`)).body
	return {
		workspaceId,
		memberId: member.split('/').at(-1) ?? '',
		connectorId: connector.id,
		uuid: made.applicationPassword.uuid,
		webhookId,
		deliveryId: delivery.id,
		linkId: link.id,
		invitationId: invitations[0].id,
		noticeId: notices[0].id,
	}
}

/** What would be taken, if whoever asks might. */
const bodies: Readonly<Record<string, object>> = {
	'PATCH /workspaces/{workspaceId}/members/{memberId}': { role: 'admin' },
	'POST /workspaces/{workspaceId}/connectors/{connectorId}/save': { name: 'Mine' },
	'PATCH /workspaces/{workspaceId}/connectors/{connectorId}': { name: 'Mine' },
	'POST /workspaces/{workspaceId}/connectors/{connectorId}/other-sites': { url: 'https://evil.example/' },
	'POST /workspaces/{workspaceId}/members/{memberId}/application-passwords': { name: 'Mine', preset: 'read-only' },
	'PATCH /workspaces/{workspaceId}/members/{memberId}/application-passwords/{uuid}': { name: 'Mine' },
	'POST /workspaces/{workspaceId}/members/{memberId}/application-passwords/{uuid}/replace': { overlapDays: 0 },
	'PUT /workspaces/{workspaceId}/members/{memberId}/api-login': { allowed: false },
	'PATCH /workspaces/{workspaceId}/webhooks/{webhookId}': { url: 'https://evil.example/' },
}

const titleOf = ({ method, path }: Endpoint) => `${method} ${path}`
const fill = ({ path }: Endpoint, ids: Readonly<Record<string, string>>) =>
	path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'nobody')
const parametersOf = ({ path }: Endpoint) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const inWorkspace = endpoints.filter((endpoint) => parametersOf(endpoint).includes('workspaceId'))
const named = (all: readonly Endpoint[]) => all.map((endpoint) => [titleOf(endpoint), endpoint] as const)
/** A draft that is gone is told so, whoever's it was. */
const notThere = ({ path }: Endpoint) =>
	path.endsWith('/save') ? [410, 'connector/draft-expired'] : [404, 'request/not-found']
const memberOf = (role: Role): Browser => {
	const found = members.get(role)
	if (found === undefined) throw new Error(role)
	return found
}

/** All that Bea sees of her own. */
async function everythingOfBea(): Promise<string> {
	const reads = inWorkspace.filter(
		({ method, path, download }) =>
			method === 'GET' && download === undefined && !/posts|other-sites|latest/.test(path),
	)
	const answers = []
	for (const endpoint of reads) answers.push((await bea.call('GET', fill(endpoint, foreign))).text)
	return answers.join('\n')
}

describe('every route of a workspace', () => {
	it.each(named(inWorkspace))('T88 %s is not there for whoever is no member', async (_, endpoint) => {
		const asked = await memberOf('owner').call(endpoint.method, fill(endpoint, foreign), bodies[titleOf(endpoint)])
		expect([asked.status, asked.body?.code]).toEqual([404, 'request/not-found'])
	})

	it.each(named(inWorkspace.filter((one) => parametersOf(one).length > 1)))(
		'T88 %s finds nothing of another workspace',
		async (_, endpoint) => {
			const owner = memberOf('owner')
			await prove(owner)
			for (const name of parametersOf(endpoint).filter((one) => one !== 'workspaceId')) {
				const ids = { ...own, [name]: foreign[name] ?? '' }
				const asked = await owner.call(endpoint.method, fill(endpoint, ids), bodies[titleOf(endpoint)])
				expect([name, asked.status, asked.body?.code]).toEqual([name, ...notThere(endpoint)])
			}
		},
	)

	it.each(named(inWorkspace))('%s wants the role that it says', async (_, endpoint) => {
		for (const role of roles.filter((one) => !hasRole(one, endpoint.access as Role))) {
			// in a workspace it is a role
			const asked = await memberOf(role).call(endpoint.method, fill(endpoint, own), bodies[titleOf(endpoint)])
			expect([role, asked.status, asked.body?.code]).toEqual([role, 403, 'role/insufficient'])
		}
	})
})

it('deleting a connector takes what pausing it takes, whatever the application or the list; a draft takes an editor', async () => {
	const at = `/workspaces/${own['workspaceId']}/connectors`
	const refused = { code: 'role/insufficient', params: { needed: 'admin' } }
	const workspaceId = own['workspaceId'] ?? ''
	const { id } = await addConnector(server.store, workspaceId, 'Shop', 'shop.example')
	const bulk = { action: 'delete', ids: [id] }
	expect((await memberOf('editor').call('POST', `${at}/${id}/pause`)).body).toMatchObject(refused)
	expect((await memberOf('editor').call('DELETE', `${at}/${id}`)).body).toMatchObject(refused)
	expect((await memberOf('editor').call('POST', `${at}/bulk`, bulk)).body).toMatchObject(refused)
	expect((await memberOf('admin').call('DELETE', `${at}/${id}`)).status).toBe(200)
	const until = new Date('9999-01-01T00:00:00Z')
	const draft = await server.store.connectors.createDraft(draftOf(workspaceId, 'draft.example', until))
	expect((await memberOf('viewer').call('DELETE', `${at}/${draft.id}`)).status).toBe(403)
	expect((await memberOf('editor').call('DELETE', `${at}/${draft.id}`)).status).toBe(200)
})

describe('every route', () => {
	const guarded = endpoints.filter(({ access }) => access !== 'anybody')
	it.each(named(guarded))('%s wants somebody who is signed in', async (_, endpoint) => {
		const asked = await server.browser().call(endpoint.method, fill(endpoint, own), bodies[titleOf(endpoint)])
		expect([asked.status, asked.body?.code]).toEqual([401, 'account/session-required'])
	})

	it.each(named(guarded))('%s takes no application password that lacks its scope', async (_, endpoint) => {
		const asked = await callAs(server, reader)(endpoint.method, fill(endpoint, own), bodies[titleOf(endpoint)])
		if (endpoint.scope === 'any') expect(asked.status).toBe(200)
		else expect(asked.body?.code).toMatch(/^application-password\/(?:scope-missing|not-allowed-here)$/)
	})

	it.each(named(endpoints.filter(({ method }) => method !== 'GET')))(
		'T54 %s is not begun by another site',
		async (_, endpoint) => {
			for (const headers of [
				{ origin: 'https://evil.example' },
				{ origin: 'null' },
				{ 'sec-fetch-site': 'same-site' },
			]) {
				const asked = await memberOf('owner').call(endpoint.method, fill(endpoint, own), undefined, headers)
				expect([asked.status, asked.body?.code]).toEqual([403, 'request/cross-site'])
			}
		},
	)
})

describe('an id of another workspace', () => {
	it('T88 is nobody’s in a body or a query, and nothing there is changed or shown', async () => {
		const owner = memberOf('owner')
		await prove(owner)
		const before = await everythingOfBea()
		const at = `/workspaces/${own['workspaceId']}`
		const { connectorId = '', uuid = '' } = foreign
		const typed = { type: 'wordpress-app', address: 'https://bea.example' }
		const bodiesWithIt: readonly (readonly [string, object])[] = [
			[
				'/connectors/verify',
				{ ...typed, connectorId, username: 'a', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789' },
			],
			['/approvals', { ...typed, connectorId }],
			['/connect-links', { connectorId }],
		]
		for (const [path, body] of bodiesWithIt)
			expect((await owner.call('POST', at + path, body)).body.code).toBe('request/not-found')
		for (const action of ['check', 'pause', 'delete', 'untag']) {
			const asked = await owner.call('POST', `${at}/connectors/bulk`, { action, ids: [connectorId], tag: 'x' })
			expect(asked.text).toContain('request/not-found')
			expect(asked.text).not.toContain('bea.example')
		}
		const password = await owner.call('POST', `${at}/members/${own['memberId']}/application-passwords`, {
			name: 'Mine',
			preset: 'read-only',
			connectors: [connectorId],
		})
		expect(password.status, password.text).toBeGreaterThanOrEqual(400)
		for (const query of [`connector=${connectorId}`, `password=${uuid}`])
			expect((await owner.call('GET', `${at}/activity?${query}`)).text).not.toMatch(/bea/i)
		expect(await everythingOfBea()).toBe(before)
	})
})
