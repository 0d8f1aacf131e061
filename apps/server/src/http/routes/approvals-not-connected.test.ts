import { Secret } from '@postern/vocabulary'
import { type Animal, json } from '@postern/wp-client/testing/zoo-server'
import { wordpress, type WordpressTraits } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, it } from 'vitest'
import { hashArrived } from '../../flows/approve-in-wordpress/approval-state.ts'
import { approve, comeBack, draftOf, openScene, refusalOf, type Scene, settled, start } from './approvals.testing.ts'
import { must } from './test-server.testing.ts'

const secretOf = (back: string) => new URL(back, 'http://here').searchParams.get('password') ?? ''
const latestOf = async ({ browser, base }: Scene) => (await browser.call('GET', `${base}/approvals/latest`)).body
const hostOf = ({ address }: Scene) => new URL(address).host
const withSecret = ({ zoo }: Scene) => zoo.visits.filter(({ headers }) => headers.authorization !== undefined)

async function recordOf({ server, workspaceId }: Scene) {
	const { entries } = must(await server.store.audit.page({ workspaceId, limit: 100 }))
	const of = /^connector\.(?:approval-refused|password-)/
	return entries.filter(({ event }) => of.test(event)).map(({ event, params }) => ({ event, params }))
}

const siteWith = (traits: WordpressTraits) => wordpress({ applicationPasswords: 'on', ...traits })

/** One click, with which nothing can be connected; what is left of it. */
async function clickOnce(scene: Scene, changes: Readonly<Record<string, string>> = {}) {
	const { approveUrl, appName } = (await start(scene)).body
	const back = approve(scene, approveUrl, changes)
	const code = refusalOf(await scene.browser.open(back))
	const isThere = scene.site.passwords.list().some(({ name }) => name === appName)
	return { code, appName, back, isThere, latest: await latestOf(scene) }
}

it('T15 removes the password of an account that may not write, and says so', async () => {
	const scene = await openScene({ site: siteWith({ role: 'subscriber' }) })
	const { code, appName, back, isThere, latest } = await clickOnce(scene)
	expect(code).toBe('site-credential/role-too-low')
	expect(isThere).toBe(false)
	const host = hostOf(scene)
	expect(latest).toMatchObject({
		state: 'refused',
		problem: { code },
		password: { state: 'removed', name: appName, host },
	})
	expect(await recordOf(scene)).toEqual([
		{ event: 'connector.password-removed', params: { host, name: appName } },
		{ event: 'connector.approval-refused', params: { host, code } },
	])
	expect(scene.site.failedLogins()).toBe(0)
	expect(scene.site.passwords.list().map(({ name }) => name)).toEqual(['Postern'])
	const asked = withSecret(scene).length
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/state-used')
	expect(withSecret(scene)).toHaveLength(asked)
})

it('T15 removes the password of an account without a role, and of one whose answers a cache gives to strangers', async () => {
	const nobody = await openScene({ site: siteWith({ user: { roles: [], capabilities: {} } }) })
	expect(await clickOnce(nobody)).toMatchObject({ code: 'site-credential/not-a-member', isThere: false })
	const kept = new Map<string, ReturnType<Animal>>()
	const cached = await openScene({
		before: (next) => (visit) => {
			const page = kept.get(visit.url) ?? next(visit)
			const isAccount = visit.url.includes('/users/me?') && visit.headers.authorization !== undefined
			if (isAccount) kept.set(visit.url, page)
			return page
		},
	})
	expect(await clickOnce(cached)).toMatchObject({
		code: 'cache/shares-identity',
		isThere: false,
		latest: { password: { state: 'removed' } },
	})
})

it('T15 leaves the password of a refused account where a connector lives on it, and calls it neither removed nor left', async () => {
	let role: 'editor' | 'subscriber' = 'editor'
	const sites = { editor: siteWith({ role: 'editor' }), subscriber: siteWith({ role: 'subscriber' }) }
	const scene = await openScene({ before: () => (visit) => sites[role].animal(visit), site: sites.editor })
	const back = await comeBack(scene)
	const typed = {
		username: new URL(back, 'http://here').searchParams.get('user_login'),
		applicationPassword: secretOf(back),
	}
	const body = { type: 'wordpress-app', address: scene.address, ...typed }
	expect((await scene.browser.call('POST', `${scene.base}/connectors/verify`, body)).status).toBe(200)
	const [row] = await scene.server.store.kysely.selectFrom('connector').select('password_uuid').execute()
	const other = sites.subscriber.passwords.add({ name: 'Postern – lives', app_id: '' })
	await scene.server.store.kysely.updateTable('connector').set({ password_uuid: other.uuid }).execute()
	expect(row?.password_uuid).not.toBe(other.uuid)
	role = 'subscriber'
	const carried = new URL(back, 'http://here')
	carried.searchParams.set('password', other.password)
	expect(refusalOf(await scene.browser.open(carried.pathname + carried.search))).toBe('site-credential/role-too-low')
	expect(sites.subscriber.passwords.find(other.password)).toBeDefined()
	expect((await latestOf(scene)).password).toBeNull()
	expect((await recordOf(scene)).map(({ event }) => event)).toEqual(['connector.approval-refused'])
})

it('names the entry to revoke where the account may not write and the site does not let Postern remove it', async () => {
	const refuses = json(403, { code: 'rest_cannot_delete_application_password', message: 'No.', data: { status: 403 } })
	const scene = await openScene({
		site: siteWith({ role: 'subscriber' }),
		before: (next) => (visit) => (visit.method === 'DELETE' ? refuses : next(visit)),
	})
	const { code, appName, isThere, latest } = await clickOnce(scene)
	expect({ code, isThere }).toEqual({ code: 'site-credential/role-too-low', isThere: true })
	const params = { host: hostOf(scene), name: appName }
	expect(latest.password).toEqual({ state: 'left', ...params })
	expect(await recordOf(scene)).toContainEqual({ event: 'connector.password-left', params })
})

it('names the entry to revoke where the login does not arrive, with one failed login and no other try', async () => {
	const scene = await openScene({ site: siteWith({ stripsAuthorization: true, xmlRpc: 'off' }) })
	const { code, appName, isThere, latest } = await clickOnce(scene)
	expect({ code, isThere }).toEqual({ code: 'site-credential/rejected-or-stripped', isThere: true })
	expect(latest.password).toEqual({ state: 'left', name: appName, host: hostOf(scene) })
	expect(withSecret(scene).filter(({ method }) => method === 'DELETE')).toEqual([])
	expect(scene.site.failedLogins()).toBeLessThanOrEqual(1)
})

it('names the entry to revoke where the site is away when the person comes back', async () => {
	let isAway = false
	const scene = await openScene({
		before: (next) => (visit) => (isAway ? { status: 500, body: '<title>Error</title>' } : next(visit)),
	})
	const back = await comeBack(scene)
	isAway = true
	const code = refusalOf(await scene.browser.open(back))
	expect(await latestOf(scene)).toMatchObject({ problem: { code }, password: { state: 'left', host: hostOf(scene) } })
	expect(withSecret(scene)).toEqual([])
})

it('names what WordPress may have made where the answer cannot be used, and sends nothing', async () => {
	const scene = await openScene()
	const { code, appName, latest } = await clickOnce(scene, { site_url: 'https://evil.example' })
	expect(code).toBe('approval/site-mismatch')
	expect(latest.password).toEqual({ state: 'left', name: appName, host: hostOf(scene) })
	expect(withSecret(scene)).toEqual([])
})

it('names nothing where the person declined: nothing was made', async () => {
	const scene = await openScene()
	const { approveUrl } = (await start(scene)).body
	const reject = new URL(new URL(approveUrl).searchParams.get('reject_url') ?? '')
	expect(refusalOf(await scene.browser.open(reject.pathname + reject.search))).toBe('approval/rejected')
	expect((await latestOf(scene)).password).toBeNull()
	expect((await recordOf(scene)).map(({ event }) => event)).toEqual(['connector.approval-refused'])
})

it('T15 removes the password for a connector that was deleted meanwhile', async () => {
	const scene = await openScene()
	const draft = draftOf(await scene.browser.open(await comeBack(scene)))
	await settled(scene, draft)
	await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
	const { approveUrl, appName } = (await start(scene, { connectorId: draft })).body
	await scene.browser.call('DELETE', `${scene.base}/connectors/${draft}`)
	const back = approve(scene, approveUrl)
	expect(refusalOf(await scene.browser.open(back))).toBe('request/not-found')
	expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
	expect((await latestOf(scene)).password).toEqual({ state: 'removed', name: appName, host: hostOf(scene) })
})

it('T15 removes what comes too late of an account that may not write', async () => {
	let now = new Date('2026-11-22T10:00:00Z')
	const scene = await openScene({ now: () => now, site: siteWith({ role: 'subscriber' }) })
	const back = await comeBack(scene)
	now = new Date(now.getTime() + 600_000)
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/expired')
	expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
})

it('T15 does not remove what another request with the same address connected with meanwhile', async () => {
	let quicker = async (): Promise<unknown> => undefined
	const scene = await openScene({
		site: siteWith({ role: 'subscriber' }),
		before: (next) => (visit) => {
			if (visit.headers.authorization !== undefined) void quicker()
			return next(visit)
		},
	})
	const back = await comeBack(scene)
	const [path = ''] = back.split('?')
	const passwordHash = hashArrived(path.split('/').at(-1) ?? '', new Secret(secretOf(back)))
	const outcome = JSON.stringify({ kind: 'connected', connectorId: 'con_x' })
	const row = { used_at: 1, outcome, password_hash: passwordHash }
	quicker = () => scene.server.store.kysely.updateTable('site_approval').set(row).execute()
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/state-used')
	expect(scene.site.passwords.find(secretOf(back))).toBeDefined()
})
