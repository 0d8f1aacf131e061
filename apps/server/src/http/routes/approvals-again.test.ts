import { json, type Visit } from '@postern/wp-client/testing/zoo-server'
import { wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, it } from 'vitest'
import { approve, comeBack, draftOf, openScene, refusalOf, type Scene, settled, start } from './approvals.testing.ts'
import { join, must } from './test-server.testing.ts'

const secretOf = (back: string) => new URL(back, 'http://here').searchParams.get('password') ?? ''
const oursAt = ({ site }: Scene) => site.passwords.list().filter(({ name }) => name.startsWith('Postern – '))
const visitsWithSecret = ({ zoo }: Scene) => zoo.visits.filter(({ headers }) => headers.authorization !== undefined)
const latestOf = async ({ browser, base }: Scene) => (await browser.call('GET', `${base}/approvals/latest`)).body
const hostOf = ({ address }: Scene) => new URL(address).host
const minutes = 60_000

/** What the record says of passwords that came and were not taken. */
async function recordOf({ server, workspaceId }: Scene) {
	const { entries } = must(await server.store.audit.page({ workspaceId, limit: 100 }))
	const of = /^connector\.(?:approval-refused|password-)/
	return entries.filter(({ event }) => of.test(event)).map(({ event, params }) => ({ event, params }))
}

const passwordOf = ({ headers: { authorization = '' } }: Visit) =>
	Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':')[1] ?? ''
const isOwnRemoval = (visit: Visit) => visit.method === 'DELETE' && visit.url.includes('/application-passwords/')
const refuses = json(403, { code: 'rest_cannot_delete_application_password', message: 'No.', data: { status: 403 } })

/** One click, and yes a second time in WordPress: the way back of each. */
async function approveTwice(scene: Scene) {
	const { approveUrl, appName } = (await start(scene)).body
	const draft = draftOf(await scene.browser.open(approve(scene, approveUrl)))
	await settled(scene, draft)
	return { draft, appName, approveUrl, again: approve(scene, approveUrl) }
}

it('T15 removes the second password, where somebody says yes twice, and touches nothing else', async () => {
	const scene = await openScene()
	const { draft, appName, again } = await approveTwice(scene)
	const [live] = oursAt(scene).filter(({ password }) => password !== secretOf(again))
	const answer = await scene.browser.open(again)
	expect(refusalOf(answer)).toBe('approval/repeated')
	expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
	expect(JSON.stringify(answer)).not.toContain(secretOf(again))
	expect(oursAt(scene)).toEqual([live])
	expect(scene.site.failedLogins()).toBe(0)
	const params = { host: hostOf(scene) }
	expect(await latestOf(scene)).toMatchObject({
		state: 'connected',
		connectorId: draft,
		problem: null,
		again: { code: 'approval/repeated', params },
	})
	expect(await recordOf(scene)).toEqual([
		{ event: 'connector.password-removed', params: { ...params, name: appName } },
		{ event: 'connector.approval-refused', params: { ...params, code: 'approval/state-used' } },
	])
	const saved = await scene.browser.call('POST', `${scene.base}/connectors/${draft}/save`, { name: 'Blog' })
	expect(saved.status).toBe(200)
	const checked = await scene.browser.call('POST', `${scene.base}/connectors/${draft}/check`)
	expect(checked.body).toMatchObject({ state: 'healthy', applicationPassword: { uuid: live?.uuid } })
	const { kysely } = scene.server.store
	const kept = JSON.stringify([
		await kysely.selectFrom('site_approval').selectAll().execute(),
		await kysely.selectFrom('audit_event').selectAll().execute(),
	])
	expect(kept + scene.server.logged.join('\n')).not.toContain(secretOf(again))
})

it('tells the same again when that address is loaded once more, and asks the site nothing', async () => {
	const scene = await openScene()
	const { again } = await approveTwice(scene)
	await scene.browser.open(again)
	const [asked, recorded] = [visitsWithSecret(scene).length, await recordOf(scene)]
	const grouped = again.replace(secretOf(again), secretOf(again).match(/.{4}/g)?.join('%20') ?? '')
	for (const back of [again, grouped]) expect(refusalOf(await scene.browser.open(back))).toBe('approval/repeated')
	expect(visitsWithSecret(scene)).toHaveLength(asked)
	expect(await recordOf(scene)).toEqual(recorded)
})

it('T15 never removes the password that connected, where its address is loaded again and it is the one that lives', async () => {
	const scene = await openScene({
		before: (next) => (visit) =>
			visit.method === 'POST' && visit.url.includes('application-passwords') ? refuses : next(visit),
	})
	const back = await comeBack(scene)
	const draft = draftOf(await scene.browser.open(back))
	await settled(scene, draft)
	const asked = visitsWithSecret(scene).length
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/state-used')
	expect(visitsWithSecret(scene)).toHaveLength(asked)
	expect(scene.site.passwords.find(secretOf(back))).toBeDefined()
	expect((await latestOf(scene)).again).toBeNull()
})

it('T15 never removes a password that a connector lives on, whichever state it comes with', async () => {
	const scene = await openScene()
	const { again } = await approveTwice(scene)
	const typed = { username: 'ada', applicationPassword: secretOf(again) }
	const body = { type: 'wordpress-app', address: scene.address, ...typed }
	const url = new URL(again, 'http://here')
	body.username = url.searchParams.get('user_login') ?? ''
	const pasted = await scene.browser.call('POST', `${scene.base}/connectors/verify`, body)
	expect(pasted.status, pasted.text).toBe(200)
	expect(refusalOf(await scene.browser.open(again))).toBe('approval/state-used')
	expect(scene.site.passwords.find(secretOf(again))).toBeDefined()
})

it('names the entry to revoke, where the site does not let Postern remove it', async () => {
	let isClosed = false
	const scene = await openScene({
		before: (next) => (visit) => (isClosed && isOwnRemoval(visit) ? refuses : next(visit)),
	})
	const { appName, again } = await approveTwice(scene)
	isClosed = true
	expect(refusalOf(await scene.browser.open(again))).toBe('approval/password-left')
	const params = { host: hostOf(scene), name: appName }
	expect((await latestOf(scene)).again).toMatchObject({ code: 'approval/password-left', params })
	expect(await recordOf(scene)).toContainEqual({ event: 'connector.password-left', params })
})

it('T15 removes what comes after ten minutes, and keeps none of it', async () => {
	let now = new Date('2026-11-22T10:00:00Z')
	const scene = await openScene({ now: () => now })
	const back = await comeBack(scene)
	now = new Date(now.getTime() + 10 * minutes)
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/expired')
	expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
	expect(await latestOf(scene)).toMatchObject({ state: 'expired', again: { code: 'approval/expired' } })
	expect((await recordOf(scene)).map(({ event }) => event)).toEqual([
		'connector.password-removed',
		'connector.approval-refused',
	])
})

it('T15 removes what was proven when its ten minutes ended meanwhile', async () => {
	let now = new Date('2026-11-22T10:00:00Z')
	let isLate = false
	const scene = await openScene({
		now: () => now,
		before: (next) => (visit) => {
			if (isLate && visit.headers.authorization !== undefined) now = new Date('2026-11-22T10:10:00Z')
			return next(visit)
		},
	})
	const back = await comeBack(scene)
	isLate = true
	expect(refusalOf(await scene.browser.open(back))).toBe('approval/expired')
	expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
	expect(await scene.server.store.kysely.selectFrom('connector').selectAll().execute()).toEqual([])
})

it('says that the person declined, where they did so after ten minutes: nothing was made', async () => {
	let now = new Date('2026-11-22T10:00:00Z')
	const scene = await openScene({ now: () => now })
	const asked = new URL((await start(scene)).body.approveUrl).searchParams
	const reject = new URL(asked.get('reject_url') ?? '')
	now = new Date(now.getTime() + 10 * minutes)
	expect(refusalOf(await scene.browser.open(reject.pathname + reject.search))).toBe('approval/rejected')
	expect(visitsWithSecret(scene)).toEqual([])
})

it('T15 removes the password of somebody who declined first and then says yes', async () => {
	const scene = await openScene()
	const { approveUrl } = (await start(scene)).body
	const reject = new URL(new URL(approveUrl).searchParams.get('reject_url') ?? '')
	expect(refusalOf(await scene.browser.open(reject.pathname + reject.search))).toBe('approval/rejected')
	expect(refusalOf(await scene.browser.open(approve(scene, approveUrl)))).toBe('approval/repeated')
	expect(oursAt(scene)).toEqual([])
})

it('T15 leaves one password and one connector, where two come with one state at the same moment', async () => {
	const scene = await openScene()
	const { approveUrl } = (await start(scene)).body
	const backs = [approve(scene, approveUrl), approve(scene, approveUrl)]
	const answers = await Promise.all(backs.map((back) => scene.browser.open(back)))
	const [connected, ...others] = answers.toSorted((a) => (a.headers.location?.includes('draft=') ? -1 : 1))
	expect(connected && draftOf(connected)).toMatch(/^con_/)
	expect(others.map(refusalOf)).toEqual(['approval/repeated'])
	if (connected) await settled(scene, draftOf(connected))
	expect(oursAt(scene)).toHaveLength(1)
	for (const back of backs) expect(scene.site.passwords.find(secretOf(back))).toBeUndefined()
})

it('T66 sends nothing of it anywhere for another session, from another site, or when it was tried too often', async () => {
	const scene = await openScene()
	const { server, browser, workspaceId, address } = scene
	const { again, approveUrl } = await approveTwice(scene)
	const asked = visitsWithSecret(scene).length
	const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'admin' })
	expect(refusalOf(await bob.open(again))).toBe('approval/state-unknown')
	const elsewhere = approve(scene, approveUrl, { site_url: `${address}/other` })
	expect(refusalOf(await browser.open(elsewhere))).toBe('approval/state-used')
	const answers = await Promise.all(Array.from({ length: 25 }, () => start(scene, { address: 'http://127.0.0.1:1' })))
	expect(answers.some(({ status }) => status === 429)).toBe(true)
	expect(refusalOf(await browser.open(again))).toBe('approval/password-left')
	expect(visitsWithSecret(scene)).toHaveLength(asked)
})

it('says no more than that it was used, where the site takes the password no more anyway', async () => {
	const scene = await openScene({ site: wordpress({ applicationPasswords: 'on' }) })
	const { again } = await approveTwice(scene)
	const made = scene.site.passwords.find(secretOf(again))
	scene.site.passwords.revoke(made?.uuid ?? '')
	expect(refusalOf(await scene.browser.open(again))).toBe('approval/state-used')
	expect(await recordOf(scene)).toEqual([
		{ event: 'connector.approval-refused', params: { host: hostOf(scene), code: 'approval/state-used' } },
	])
	const wrong = visitsWithSecret(scene).filter((visit) => passwordOf(visit) === secretOf(again))
	expect(wrong.filter(({ url }) => !url.includes('xmlrpc')).length).toBeLessThanOrEqual(1)
	expect(scene.site.failedLogins()).toBeLessThanOrEqual(1)
})
