import { describe, expect, it } from 'vitest'
import type { Connector } from '../connector/connector.ts'
import { newId } from '../ids.ts'
import type { HeldRotation } from '../rotation/rotation.ts'
import type { Store } from '../store.ts'
import { addConnector, draftOf, factsOf, healthy } from './connector.testing.ts'
import type { TestClock } from './place.testing.ts'

const dayMs = 86_400_000
const leaseMs = 60_000

export function rotationCases(getStore: () => Store, clock: TestClock): void {
	const wait = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms))
	const connect = async (host = 'blog.example'): Promise<Connector> => {
		const workspace = await getStore().workspaces.create('Ours')
		return addConnector(getStore(), workspace.id, 'Blog', host)
	}
	const begin = ({ id, workspaceId, sealVersion }: Connector) =>
		getStore().rotations.begin(
			{
				connectorId: id,
				workspaceId,
				sealVersion,
				phase: 'named',
				newName: 'Postern – a name',
				oldUuids: ['old'],
				askedBy: { kind: 'member', id: 'mem_a', name: 'Mia' },
			},
			{ leaseMs },
		)
	const held = async (connector: Connector): Promise<HeldRotation> => {
		const begun = await begin(connector)
		if (begun === undefined) throw new Error('there is one already')
		return begun
	}
	const created = async (connector: Connector): Promise<HeldRotation> => {
		const advanced = await getStore().rotations.advance(await held(connector), {
			phase: 'created',
			newUuid: 'new',
			newSealed: Uint8Array.of(9, 8, 7),
		})
		if (advanced === undefined) throw new Error('the lease was lost')
		return advanced
	}

	describe('rotations', () => {
		it('are one for a connector, and keep what may lie at its site', async () => {
			const connector = await connect()
			const first = await held(connector)
			expect(first).toMatchObject({ phase: 'named', newName: 'Postern – a name', oldUuids: ['old'], attempts: 0 })
			expect(first.askedBy).toEqual({ kind: 'member', id: 'mem_a', name: 'Mia' })
			expect(await begin(connector)).toBeUndefined()
			const { leaseToken: _token, ...rest } = first
			expect(await getStore().rotations.find(connector.id)).toEqual(rest)
		})

		it('are worked on by one at a time, and by another when that one is not heard of any more', async () => {
			const { rotations } = getStore()
			const connector = await connect()
			const first = await held(connector)
			expect(await rotations.claim(connector.id, { leaseMs })).toBeUndefined()
			expect(await rotations.renew(first, { leaseMs })).toBe(true)
			wait(leaseMs)
			const claims = await Promise.all([1, 2, 3].map(() => rotations.claim(connector.id, { leaseMs })))
			expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
			// Whoever lost it changes nothing.
			expect(await rotations.renew(first, { leaseMs })).toBe(false)
			expect(await rotations.advance(first, { newName: 'late' })).toBeUndefined()
			expect(await rotations.finish(first)).toBe(false)
			expect(await rotations.find(connector.id)).toMatchObject({ newName: 'Postern – a name' })
		})

		it('are due when nobody holds them and their time has come', async () => {
			const { rotations } = getStore()
			const connector = await connect()
			const first = await held(connector)
			expect(await rotations.listDue(100)).not.toContain(connector.id)
			await rotations.postpone(first, { waitMs: 5_000, attempts: 2 })
			expect(await rotations.listDue(100)).not.toContain(connector.id)
			wait(5_000)
			expect(await rotations.listDue(100)).toContain(connector.id)
			expect(await rotations.claim(connector.id, { leaseMs })).toMatchObject({ attempts: 2 })
		})

		it('give the connector its new password and leave the old ones, both at once', async () => {
			const { rotations, connectors } = getStore()
			const connector = await connect()
			const facts = { ...factsOf('blog.example'), applicationPassword: { uuid: 'new', name: 'Postern – a name' } }
			const switched = await rotations.switchCredential(await created(connector), facts, connector)
			expect(switched?.held).toMatchObject({ phase: 'switched', newSealed: null, oldUuids: ['old'] })
			expect(await connectors.find(connector.workspaceId, connector.id)).toMatchObject({
				sealVersion: connector.sealVersion + 1,
				credentialFrom: 'rotated',
				isRotated: true,
				rotatedAt: clock.now,
				rotationProblem: null,
				applicationPassword: { uuid: 'new' },
			})
			const sealed = await connectors.findSealed(connector.workspaceId, connector.id)
			expect(sealed).toMatchObject({ sealVersion: connector.sealVersion + 1 })
			expect(Buffer.from(sealed?.sealed ?? [])).toEqual(Buffer.from([9, 8, 7]))
		})

		it('change nothing when somebody reconnected meanwhile', async () => {
			const { rotations, connectors } = getStore()
			const connector = await connect()
			const ready = await created(connector)
			const facts = factsOf('blog.example')
			const reach = { transport: 'rest', edge: null, pin: null } as const
			await connectors.replaceCredential(connector.workspaceId, connector.id, {
				facts,
				health: healthy,
				reach,
				sealed: Uint8Array.of(1),
				sealVersion: connector.sealVersion + 1,
				credentialFrom: 'pasted',
				isRotated: true,
			})
			expect(await rotations.switchCredential(ready, facts, connector)).toBeUndefined()
			const sealed = await connectors.findSealed(connector.workspaceId, connector.id)
			expect(Buffer.from(sealed?.sealed ?? [])).toEqual(Buffer.from([1]))
			expect(await rotations.find(connector.id)).toMatchObject({ phase: 'created' })
		})

		it('say on the connector why its password stays', async () => {
			const { rotations, connectors } = getStore()
			const connector = await connect()
			await rotations.noteFailure(connector.id, 'rotation/refused')
			const found = await connectors.find(connector.workspaceId, connector.id)
			expect(found).toMatchObject({ rotationProblem: 'rotation/refused' })
		})

		it('go with their connector', async () => {
			const { rotations, connectors } = getStore()
			const connector = await connect()
			await held(connector)
			await connectors.delete(connector.workspaceId, connector.id)
			expect(await rotations.find(connector.id)).toBeUndefined()
		})

		it('are found for connectors that ask for a new password every so many days', async () => {
			const store = getStore()
			const connector = await connect()
			const overdue = async () => (await store.rotations.listOverdue(1_000)).map(({ id }) => id)
			await store.kysely
				.updateTable('connector')
				.set({ rotate_every_days: 30 })
				.where('id', '=', connector.id)
				.execute()
			wait(29 * dayMs)
			expect(await overdue()).not.toContain(connector.id)
			wait(dayMs)
			expect(await overdue()).toContain(connector.id)
			// Not again the same day, not while one is under way, not while it is paused.
			await store.rotations.noteFailure(connector.id, 'rotation/refused')
			expect(await overdue()).not.toContain(connector.id)
			wait(dayMs)
			expect(await overdue()).toContain(connector.id)
			await store.connectors.pause(connector.workspaceId, connector.id)
			expect(await overdue()).not.toContain(connector.id)
			await store.connectors.resume(connector.workspaceId, connector.id)
			await held(connector)
			expect(await overdue()).not.toContain(connector.id)
		})

		it('are made up for where an approval came while another was under way', async () => {
			const { rotations, kysely } = getStore()
			const connector = await connect()
			const overdue = async () => (await rotations.listOverdue(1_000)).map(({ id }) => id)
			await kysely.updateTable('connector').set({ is_rotated: 0 }).where('id', '=', connector.id).execute()
			expect(await overdue()).not.toContain(connector.id)
			await rotations.noteFailure(connector.id, 'connector/rotating')
			expect(await overdue()).toContain(connector.id)
		})

		it('find drafts that nobody saved, where the password was made for us', async () => {
			const store = getStore()
			const { id: workspaceId } = await store.workspaces.create('Ours')
			const expiresAt = new Date(clock.now.getTime() + 60_000)
			const draft = (credentialFrom: Connector['credentialFrom']) =>
				store.connectors.createDraft({ ...draftOf(workspaceId, 'blog.example', expiresAt), credentialFrom })
			const [approved, rotated, pasted] = [await draft('approved'), await draft('rotated'), await draft('pasted')]
			const forsaken = async () => (await store.rotations.listForsakenDrafts(1_000)).map(({ id }) => id)
			expect(await forsaken()).not.toContain(approved.id)
			wait(60_000)
			expect(await forsaken()).toEqual(expect.arrayContaining([approved.id, rotated.id]))
			expect(await forsaken()).not.toContain(pasted.id)
			// The sweeper of drafts leaves them to whoever removes their password first.
			const swept = (await store.connectors.deleteExpiredDrafts(clock.now)).map(({ id }) => id)
			expect(swept).toContain(pasted.id)
			expect(swept).not.toContain(approved.id)
			await held(approved)
			expect(await forsaken()).not.toContain(approved.id)
		})

		it('know whether a password serves another connector', async () => {
			const { rotations } = getStore()
			const host = `${newId('con')}.example`
			const connector = await connect(host)
			const { uuid } = connector.applicationPassword
			const { workspaceId, site, id: exceptId } = connector
			const password = { workspaceId, siteOrigin: site.origin, passwordUuid: uuid ?? '' }
			expect(await rotations.isInUse(password)).toBe(true)
			expect(await rotations.isInUse({ ...password, exceptId })).toBe(false)
			// Another site of its network; somebody else's site may say of itself what it likes.
			const elsewhere = { ...password, siteOrigin: 'https://two.network.example' }
			expect(await rotations.isInUse(elsewhere)).toBe(true)
			expect(await rotations.isInUse({ ...elsewhere, workspaceId: newId('ws') })).toBe(false)
			await connect(host)
			expect(await rotations.isInUse({ ...password, exceptId })).toBe(true)
			expect(await rotations.mayBeShared(connector)).toBe(false)
			const untold = {
				...draftOf(workspaceId, host, new Date('9999-01-01')),
				applicationPassword: { uuid: null, name: null },
			}
			await getStore().connectors.createDraft({ ...untold, account: { ...untold.account, userId: 4_711 } })
			expect(await rotations.mayBeShared(connector), 'of another user').toBe(false)
			const same = await getStore().connectors.createDraft({ ...untold, id: newId('con') })
			expect(await rotations.mayBeShared(connector)).toBe(true)
			expect(await rotations.mayBeShared(same), 'but for itself').toBe(false)
		})

		it('of a process that is gone are taken over at once, where there can be no other', async () => {
			const { rotations } = getStore()
			const connector = await connect()
			await held(connector)
			await rotations.dropLeases()
			expect(await rotations.claim(connector.id, { leaseMs })).toBeDefined()
		})
	})
}
