import { type Animal, json, type Visit } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, PASSWORD, USERNAME, UUID, type Wordpress, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { describe, expect, it } from 'vitest'
import { sweepDrafts } from '../../flows/keep-connector.ts'
import { sweepRotations } from '../../flows/rotate-connector/sweep-rotations.ts'
import { comeBack, draftOf, openScene, type Scene, settled } from './approvals.testing.ts'
import { activity, must } from './test-server.testing.ts'

const dayMs = 86_400_000
const ours = '/application-passwords'

/** Connects with the password that the site has from the beginning. */
async function connect(scene: Scene, name = 'Blog', way: object = {}): Promise<string> {
	const login = { username: USERNAME, applicationPassword: GROUPED }
	const body = { type: 'wordpress-app', address: scene.address, ...login, ...way }
	const answer = await scene.browser.call('POST', `${scene.base}/connectors/verify`, body)
	const id = /"id":"(con_[a-z2-7]{26})"/.exec(answer.text)?.[1] ?? ''
	const saved = await scene.browser.call('POST', `${scene.base}/connectors/${id}/save`, { name })
	expect(saved.status, saved.text).toBe(200)
	return id
}

const rotate = (scene: Scene, id: string) => scene.browser.call('POST', `${scene.base}/connectors/${id}/rotate`)
const read = async (scene: Scene, id: string) =>
	(await scene.browser.call('GET', `${scene.base}/connectors/${id}`)).body
const remove = (scene: Scene, id: string, query = '') =>
	scene.browser.call('DELETE', `${scene.base}/connectors/${id}${query}`)
const idsAt = ({ site }: Scene) => site.passwords.list().map(({ uuid }) => uuid)
const namesOf = async ({ server, workspaceId }: Scene) =>
	must(await server.store.audit.page({ workspaceId, limit: 100 })).entries.map(({ event }) => event)

/** The look once a minute. */
async function sweep({ server }: Scene): Promise<void> {
	const signal = new AbortController().signal
	must(await sweepRotations({ ...server.rotating, signal }))
	must(await sweepDrafts(server.store, server.rotating.now()))
}

/** Answers in the place of the site, for as long as it says something. */
function instead(answer: (visit: Visit) => ReturnType<Animal> | undefined): (next: Animal) => Animal {
	return (next) => (visit) => answer(visit) ?? next(visit)
}

const refused = (status: number, code: string) => json(status, { code, message: 'No.', data: { status } })
const isCreating = ({ method, url }: Visit) => method === 'POST' && url.includes(ours)
const isDeleting = ({ method, url }: Visit) => method === 'DELETE' && url.includes(ours)

/** A clock that a test moves. */
function clockAt(iso: string) {
	let now = new Date(iso)
	return { now: () => now, wait: (ms: number) => (now = new Date(now.getTime() + ms)) }
}

describe('rotate now', () => {
	it('gives the connector a password that only it knows, and removes the old one half a minute later', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const scene = await openScene({ now: clock.now })
		const id = await connect(scene)
		const rotated = await rotate(scene, id)
		expect(rotated.body, rotated.text).toMatchObject({
			id,
			credentialFrom: 'rotated',
			isRotated: true,
			rotatedAt: '2026-11-22T10:00:00.000Z',
			rotationProblem: null,
			state: 'healthy',
		})
		const { uuid } = rotated.body.applicationPassword
		expect(uuid).not.toBe(UUID)
		// Requests that are under way with the old one may end.
		expect(idsAt(scene)).toEqual([UUID, uuid])
		await sweep(scene)
		expect(idsAt(scene)).toEqual([UUID, uuid])
		clock.wait(30_000)
		await sweep(scene)
		expect(idsAt(scene)).toEqual([uuid])
		expect(scene.site.passwords.find(PASSWORD)).toBeUndefined()
		const checked = await scene.browser.call('POST', `${scene.base}/connectors/${id}/check`)
		expect(checked.body).toMatchObject({ state: 'healthy' })
		expect(await activity(scene.server, scene.workspaceId)).toContain('connector.rotated by Ann on Blog')
		expect(scene.site.failedLogins()).toBe(0)
	})

	it('takes another name where the site has that one already (F61)', async () => {
		let refusals = 2
		const scene = await openScene({
			before: instead((visit) => {
				const refuses = isCreating(visit) && refusals > 0
				if (refuses) refusals -= 1
				return refuses ? refused(409, 'application_password_duplicate_name') : undefined
			}),
		})
		const id = await connect(scene)
		expect((await rotate(scene, id)).body).toMatchObject({ isRotated: true, credentialFrom: 'rotated' })
		const names = scene.zoo.visits.filter(isCreating).map(({ body }) => JSON.parse(body).name)
		expect(new Set(names).size).toBe(3)
	})

	it('gives up on names after a few, and leaves the password as it is', async () => {
		const scene = await openScene({
			before: instead((visit) => (isCreating(visit) ? refused(409, 'application_password_duplicate_name') : undefined)),
		})
		const id = await connect(scene)
		expect((await rotate(scene, id)).body).toMatchObject({ code: 'rotation/refused' })
		expect(scene.zoo.visits.filter(isCreating)).toHaveLength(5)
		expect(await read(scene, id)).toMatchObject({ credentialFrom: 'pasted', rotationProblem: 'rotation/refused' })
	})

	it('keeps the password where the site lets nobody make another, and says why', async () => {
		const scene = await openScene({
			before: instead((visit) =>
				isCreating(visit) ? refused(403, 'rest_cannot_create_application_passwords') : undefined,
			),
		})
		const id = await connect(scene)
		const answer = await rotate(scene, id)
		expect(answer.body).toMatchObject({ code: 'rotation/refused', params: { host: new URL(scene.address).host } })
		expect(await read(scene, id)).toMatchObject({
			rotationProblem: 'rotation/refused',
			rotatedAt: null,
			state: 'healthy',
		})
		expect(await scene.server.store.rotations.find(id)).toBeUndefined()
		expect(idsAt(scene)).toEqual([UUID])
		expect(await namesOf(scene)).toContain('connector.rotation-failed')
	})

	it('takes back a new password that the site does not let in', async () => {
		const site = wordpress({ applicationPasswords: 'on' })
		const isNew = (visit: Visit) => {
			const basic = Buffer.from((visit.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString()
			return basic !== '' && !basic.endsWith(PASSWORD) && !basic.includes(GROUPED)
		}
		const scene = await openScene({
			site,
			before: instead((visit) => (isNew(visit) ? refused(401, 'rest_not_logged_in') : undefined)),
		})
		const id = await connect(scene)
		expect((await rotate(scene, id)).body).toMatchObject({ code: 'rotation/unproven' })
		expect(idsAt(scene)).toEqual([UUID])
		expect(await read(scene, id)).toMatchObject({ credentialFrom: 'pasted', rotationProblem: 'rotation/unproven' })
		const checked = await scene.browser.call('POST', `${scene.base}/connectors/${id}/check`)
		expect(checked.body).toMatchObject({ state: 'healthy' })
	})

	it('goes on by itself where the site was only away: nothing is left there, and the old one stays until then', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		let isAway = false
		const scene = await openScene({
			now: clock.now,
			before: instead((visit) => (isAway && visit.url.includes(ours) ? { status: 503, body: 'away' } : undefined)),
		})
		const id = await connect(scene)
		isAway = true
		expect((await rotate(scene, id)).body.code).toMatch(/^site\//)
		expect(await read(scene, id)).toMatchObject({ credentialFrom: 'pasted' })
		isAway = false
		await sweep(scene)
		expect(await read(scene, id), 'not before its time').toMatchObject({ credentialFrom: 'pasted' })
		clock.wait(60_000)
		await sweep(scene)
		expect(await read(scene, id)).toMatchObject({ credentialFrom: 'rotated', isRotated: true })
		clock.wait(60_000)
		await sweep(scene)
		expect(idsAt(scene)).toHaveLength(1)
	})

	it('finds a password whose answer was lost by its name, and removes it', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		let losses = 1
		const site: Wordpress = wordpress({ applicationPasswords: 'on' })
		const scene = await openScene({
			now: clock.now,
			site,
			before: (next) => (visit) => {
				if (!isCreating(visit) || losses === 0) return next(visit)
				losses -= 1
				next(visit) // it is made, but nobody hears of it
				return { status: 503, body: 'away' }
			},
		})
		const id = await connect(scene)
		await rotate(scene, id)
		expect(idsAt(scene)).toHaveLength(2)
		const lost = site.passwords.list().find(({ name }) => name.startsWith('Postern – '))?.uuid
		clock.wait(60_000)
		await sweep(scene)
		clock.wait(60_000)
		await sweep(scene)
		const { applicationPassword } = await read(scene, id)
		expect(idsAt(scene)).toEqual([applicationPassword.uuid])
		expect(applicationPassword.uuid).not.toBe(lost)
	})

	it.each([
		['cannot be read', { status: 200, body: '{"uuid": oops' }],
		['leads elsewhere', { status: 302, headers: { location: '/wp-admin/' }, body: '' }],
		['keeps the password back', json(200, { uuid: UUID, name: 'x' })],
	])('leaves nothing at a site that made one, and whose answer %s', async (_how, answer) => {
		const site = wordpress({ applicationPasswords: 'on' })
		const scene = await openScene({
			site,
			before: (next) => (visit) => {
				const made = next(visit)
				return isCreating(visit) ? answer : made
			},
		})
		const id = await connect(scene)
		expect((await rotate(scene, id)).body.code).toBe('rotation/refused')
		expect(scene.zoo.visits.filter(isCreating)).toHaveLength(1)
		expect(idsAt(scene)).toEqual([UUID])
	})

	it('leaves nothing at a site that makes one each time and always answers too late', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const scene = await openScene({
			now: clock.now,
			before: (next) => (visit) => {
				const made = next(visit)
				return isCreating(visit) ? { status: 504, body: 'too late' } : made
			},
		})
		const id = await connect(scene)
		await rotate(scene, id)
		for (let count = 0; count < 8; count += 1) {
			clock.wait(dayMs)
			await sweep(scene)
		}
		expect(scene.zoo.visits.filter(isCreating).length).toBeGreaterThan(5)
		expect(await scene.server.store.rotations.find(id)).toBeUndefined()
		expect(idsAt(scene)).toEqual([UUID])
	})

	it('finds it again under the name of a workspace in any script, with spaces of any width', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		let isLost = true
		const site = wordpress({ applicationPasswords: 'on' })
		const scene = await openScene({
			now: clock.now,
			site,
			before: (next) => (visit) => {
				const made = next(visit)
				return isLost && isCreating(visit) ? { status: 503, body: 'away' } : made
			},
		})
		await scene.server.store.workspaces.rename(scene.workspaceId, '山田\u3000太郎\u00A0の\uE000部屋')
		const id = await connect(scene)
		await rotate(scene, id)
		expect(idsAt(scene)).toHaveLength(2)
		isLost = false
		clock.wait(60_000)
		await sweep(scene)
		clock.wait(60_000)
		await sweep(scene)
		expect(idsAt(scene)).toEqual([(await read(scene, id)).applicationPassword.uuid])
	})

	it('says by name what stays where the old one cannot be removed', async () => {
		const scene = await openScene({
			before: instead((visit) =>
				isDeleting(visit) ? refused(403, 'rest_cannot_delete_application_password') : undefined,
			),
		})
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		const [connector] = (await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors
		expect(connector).toMatchObject({ isRotated: true, rotationProblem: 'rotation/old-left' })
		expect(await namesOf(scene)).toContain('connector.password-left')
	})

	it('is one at a time, waits for nobody, and leaves what another connector lives on', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const scene = await openScene({ now: clock.now })
		const [first, second] = [await connect(scene), await connect(scene, 'The same')]
		const both = await Promise.all([rotate(scene, first), rotate(scene, first)])
		expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
		clock.wait(30_000)
		await sweep(scene)
		expect(idsAt(scene)).toContain(UUID)
		const checked = await scene.browser.call('POST', `${scene.base}/connectors/${second}/check`)
		expect(checked.body).toMatchObject({ state: 'healthy' })
	})

	it('leaves what a connector of the same user may live on that was not told which password it has', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const scene = await openScene({ now: clock.now })
		const first = await connect(scene)
		const second = await connect(scene, 'Over XML-RPC', { transport: 'xml-rpc' })
		expect(await read(scene, second)).toMatchObject({ transport: 'xml-rpc', applicationPassword: { uuid: null } })
		expect((await rotate(scene, first)).status).toBe(200)
		clock.wait(30_000)
		await sweep(scene)
		expect(await scene.server.store.rotations.find(first)).toBeUndefined()
		expect(idsAt(scene)).toContain(UUID)
		const checked = await scene.browser.call('POST', `${scene.base}/connectors/${second}/check`)
		expect(checked.body).toMatchObject({ state: 'healthy' })
		// The one that was made for the first alone.
		expect((await remove(scene, first, '?revoke=true')).body.revoked).toBe('revoked')
		expect(idsAt(scene)).toEqual([UUID])
		const third = await connect(scene, 'Pasted again')
		expect((await remove(scene, third, '?revoke=true')).body.problem.code).toBe('connector/password-shared')
		expect(idsAt(scene)).toEqual([UUID])
	})

	it('says no where it is paused, and where WordPress did not tell which password it is', async () => {
		const scene = await openScene({
			site: wordpress({ applicationPasswords: 'on', introspection: refused(404, 'rest_no_route') }),
		})
		const id = await connect(scene)
		expect((await rotate(scene, id)).body.code).toBe('rotation/not-possible')
		await scene.browser.call('POST', `${scene.base}/connectors/${id}/pause`)
		expect((await rotate(scene, id)).body.code).toBe('connector/paused')
		expect(scene.zoo.visits.filter(isCreating)).toEqual([])
	})

	it('leaves a credential alone that somebody put there in the middle', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const during: { act?: () => Promise<unknown> } = {}
		const site = wordpress({ applicationPasswords: 'on' })
		const scene = await openScene({
			now: clock.now,
			site,
			before: (next) => (visit) => {
				const act = isCreating(visit) ? during.act : undefined
				if (act === undefined) return next(visit)
				delete during.act
				const made = next(visit)
				return (response) => {
					void act().then(() => {
						if (typeof made === 'function') return made(response)
						response.writeHead(made.status, { ...made.headers }).end(made.body)
					})
				}
			},
		})
		const id = await connect(scene)
		const { password } = site.passwords.add({ name: 'by hand', app_id: '' })
		const body = { type: 'wordpress-app', address: scene.address, username: USERNAME, connectorId: id }
		during.act = () =>
			scene.browser.call('POST', `${scene.base}/connectors/verify`, { ...body, applicationPassword: password })
		const answer = await rotate(scene, id)
		expect(answer.status, answer.text).toBe(200)
		expect(await read(scene, id)).toMatchObject({ credentialFrom: 'pasted', applicationPassword: { name: 'by hand' } })
		expect(site.passwords.list().filter(({ name }) => name.startsWith('Postern – '))).toEqual([])
		expect(await scene.server.store.rotations.find(id)).toBeUndefined()
		expect(await namesOf(scene)).not.toContain('connector.password-left')
	})

	it('that nobody can open waits a day between two tries, however often there was one', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		const scene = await openScene({ now: clock.now })
		const id = await connect(scene)
		const { rotations, kysely } = scene.server.store
		const begun = { connectorId: id, workspaceId: scene.workspaceId, phase: 'named', sealVersion: 1 } as const
		const held = await rotations.begin({ ...begun, newName: 'x', oldUuids: [], askedBy: null }, { leaseMs: 1_000 })
		if (held === undefined) throw new Error('it is under way already')
		const newSealed = new Uint8Array(64)
		await rotations.advance(held, { phase: 'created', newUuid: UUID, newSealed, attempts: 9 })
		await kysely.updateTable('connector').set({ sealed: newSealed }).execute()
		clock.wait(1_000)
		await sweep(scene)
		const left = await rotations.find(id)
		expect(left?.runAt.getTime()).toBe(clock.now().getTime() + dayMs)
	})

	it('that was made for us is named in the log where somebody pastes another in its place', async () => {
		const scene = await openScene()
		const id = await connect(scene)
		const { name } = (await rotate(scene, id)).body.applicationPassword
		const login = { username: USERNAME, applicationPassword: GROUPED, connectorId: id }
		const paste = () =>
			scene.browser.call('POST', `${scene.base}/connectors/verify`, {
				type: 'wordpress-app',
				address: scene.address,
				...login,
			})
		expect((await paste()).text).toContain('"kind":"verified"')
		expect((await paste()).text).toContain('"kind":"verified"')
		const { entries } = must(await scene.server.store.audit.page({ workspaceId: scene.workspaceId, limit: 100 }))
		const left = entries.filter(({ event }) => event === 'connector.password-left')
		expect(left.map(({ params }) => params['name'])).toEqual([name])
	})

	it('names the new password where whoever reconnected meanwhile is another user, who cannot remove it', async () => {
		const during: { act?: () => Promise<unknown> } = {}
		const site = wordpress({ applicationPasswords: 'on' })
		const scene = await openScene({
			site,
			before: (next) => (visit) => {
				if (isDeleting(visit)) return refused(404, 'rest_application_password_not_found')
				const act = isCreating(visit) ? during.act : undefined
				if (act === undefined) return next(visit)
				const made = next(visit)
				return (response) =>
					void act().then(() => {
						if (typeof made === 'function') return made(response)
						response.writeHead(made.status, { ...made.headers }).end(made.body)
					})
			},
		})
		const id = await connect(scene)
		const { password } = site.passwords.add({ name: 'theirs', app_id: '' })
		const body = { type: 'wordpress-app', address: scene.address, username: USERNAME, connectorId: id }
		during.act = () =>
			scene.browser.call('POST', `${scene.base}/connectors/verify`, { ...body, applicationPassword: password })
		await rotate(scene, id)
		const { entries } = must(await scene.server.store.audit.page({ workspaceId: scene.workspaceId, limit: 100 }))
		const left = entries.find(({ event }) => event === 'connector.password-left')
		expect(left?.params['name']).toMatch(/^Postern – /)
	})
})

describe('a credential that the site does not take any more', () => {
	it.each([
		['rotate now', 'POST', '/rotate', 2],
		['try a draft', 'POST', '/try-draft', 1],
		['the latest posts', 'GET', '/posts', 1],
	] as const)('is not sent again with every click on %s', async (_what, method, path, most) => {
		const scene = await openScene()
		const id = await connect(scene)
		scene.site.passwords.revoke(UUID)
		for (let clicks = 0; clicks < 4; clicks += 1) {
			const clicked = await scene.browser.call(method, `${scene.base}/connectors/${id}${path}`)
			expect(clicked.body.code, clicked.text).toMatch(/^site-credential\/rejected/)
		}
		expect(scene.site.failedLogins()).toBeLessThanOrEqual(most)
		expect(await read(scene, id)).toMatchObject({ state: 'needs-attention' })
	})
})

describe('rotation by the clock', () => {
	it('comes every so many days, and not again for a day where it failed', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		let refuses = true
		const scene = await openScene({
			now: clock.now,
			before: instead((visit) => (refuses && isCreating(visit) ? refused(403, 'rest_forbidden') : undefined)),
		})
		const id = await connect(scene)
		const path = `${scene.base}/connectors/${id}`
		for (const rotateEveryDays of [0, 366, 1.5])
			expect((await scene.browser.call('PATCH', path, { rotateEveryDays })).status).toBe(422)
		const changed = await scene.browser.call('PATCH', path, { rotateEveryDays: 30 })
		expect(changed.body).toMatchObject({ rotateEveryDays: 30 })
		const off = await scene.browser.call('PATCH', path, { rotateEveryDays: null })
		expect(off.body).toMatchObject({ rotateEveryDays: null })
		await scene.browser.call('PATCH', path, { rotateEveryDays: 30 })
		expect(await namesOf(scene)).toContain('connector.rotation-scheduled')
		clock.wait(30 * dayMs)
		await sweep(scene)
		await sweep(scene)
		expect(scene.zoo.visits.filter(isCreating)).toHaveLength(1)
		const kept = () => scene.server.store.connectors.find(scene.workspaceId, id) // her session ended meanwhile
		expect(await kept()).toMatchObject({ rotationProblem: 'rotation/refused', state: 'healthy' })
		refuses = false
		clock.wait(dayMs)
		await sweep(scene)
		expect(await kept()).toMatchObject({ credentialFrom: 'rotated', rotationProblem: null })
	})
})

describe('#247 deleting', () => {
	it('leaves the password at the site unless asked to remove it', async () => {
		const scene = await openScene()
		const id = await connect(scene)
		expect((await remove(scene, id)).body).toEqual({ revoked: 'kept', problem: null })
		expect(idsAt(scene)).toEqual([UUID])
		expect(scene.zoo.visits.filter(isDeleting)).toEqual([])
	})

	it('removes it there, with itself, before the connector goes', async () => {
		const scene = await openScene()
		const id = await connect(scene)
		expect((await remove(scene, id, '?revoke=true')).body).toEqual({ revoked: 'revoked', problem: null })
		expect(idsAt(scene)).toEqual([])
		expect((await scene.browser.call('GET', `${scene.base}/connectors/${id}`)).status).toBe(404)
		expect(await activity(scene.server, scene.workspaceId)).toContain('connector.deleted by Ann on Blog')
	})

	it.each([404, 401])('takes it for gone where the site says %i', async (status) => {
		let isGone = false
		const code = status === 404 ? 'rest_application_password_not_found' : 'rest_not_logged_in'
		const scene = await openScene({
			before: instead((visit) => (isGone && visit.url.includes(ours) ? refused(status, code) : undefined)),
		})
		const id = await connect(scene)
		isGone = true
		expect((await remove(scene, id, '?revoke=true')).body).toEqual({ revoked: 'gone', problem: null })
	})

	it('deletes all the same where the site is away, and says so, here and in the log', async () => {
		let isAway = false
		const scene = await openScene({ before: instead(() => (isAway ? { status: 503, body: 'away' } : undefined)) })
		const id = await connect(scene)
		isAway = true
		const removed = await remove(scene, id, '?revoke=true')
		expect(removed.status).toBe(200)
		expect(removed.body).toMatchObject({ revoked: 'failed', problem: { status: expect.any(Number) } })
		expect((await scene.browser.call('GET', `${scene.base}/connectors/${id}`)).status).toBe(404)
		expect(await namesOf(scene)).toContain('connector.password-left')
	})

	it('leaves a password on which another connector lives', async () => {
		const scene = await openScene()
		const [first, second] = [await connect(scene), await connect(scene, 'The same')]
		const removed = (await remove(scene, first, '?revoke=true')).body
		expect(removed).toMatchObject({ revoked: 'failed', problem: { code: 'connector/password-shared' } })
		expect((await remove(scene, second, '?revoke=true')).body.revoked).toBe('revoked')
	})

	it('takes along what a rotation has left there, and waits for nobody who works on it for long', async () => {
		const scene = await openScene()
		const id = await connect(scene)
		await rotate(scene, id) // the old one waits for its half minute
		expect(idsAt(scene)).toHaveLength(2)
		expect((await remove(scene, id, '?revoke=true')).body).toEqual({ revoked: 'revoked', problem: null })
		expect(idsAt(scene)).toEqual([])
		const other = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, other)
		const held = { connectorId: other, workspaceId: scene.workspaceId, phase: 'named', sealVersion: 2 } as const
		const rest = { newName: 'x', oldUuids: [], askedBy: null }
		await scene.server.store.rotations.begin({ ...held, ...rest }, { leaseMs: 60_000 })
		expect((await remove(scene, other)).body.code).toBe('connector/rotating')
	}, 20_000)

	it('discards a draft with the password that was made for it', async () => {
		const scene = await openScene()
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		expect(idsAt(scene)).toHaveLength(2)
		expect((await remove(scene, draft)).body).toEqual({ revoked: 'revoked', problem: null })
		expect(idsAt(scene)).toEqual([UUID])
	})

	it('sweeps a draft that nobody saved with its password, and tries for days where the site is away', async () => {
		const clock = clockAt('2026-11-22T10:00:00Z')
		let isAway = false
		const scene = await openScene({
			now: clock.now,
			before: instead(() => (isAway ? { status: 503, body: 'away' } : undefined)),
		})
		const draft = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, draft)
		clock.wait(15 * 60_000)
		isAway = true
		await sweep(scene)
		expect(await scene.server.store.rotations.find(draft)).toMatchObject({ phase: 'leaving', attempts: 1 })
		isAway = false
		clock.wait(60_000)
		await sweep(scene)
		expect(idsAt(scene)).toEqual([UUID])
		expect(await scene.server.store.rotations.findConnector(draft)).toBeUndefined()
		expect(await namesOf(scene)).toContain('connector.expired')

		const second = draftOf(await scene.browser.open(await comeBack(scene)))
		await settled(scene, second)
		isAway = true
		for (let count = 0; count < 8; count += 1) {
			clock.wait(dayMs)
			await sweep(scene)
		}
		expect(await scene.server.store.rotations.findConnector(second)).toBeUndefined()
		expect(await namesOf(scene)).toContain('connector.password-left')
	})
})
