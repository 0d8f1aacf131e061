import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorQuery } from '../connector/connector.ts'
import type { Store } from '../store.ts'
import { addConnector, createdBy, diagnosis, draftOf, factsOf, healthy, pasted } from './connector.testing.ts'
import { type TestClock, valueOf } from './place.testing.ts'

export function connectorCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let other = ''
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		other = (await store.workspaces.create('Theirs')).id
	})
	const inFifteenMinutes = () => new Date(clock.now.getTime() + 15 * 60_000)

	describe('a draft', () => {
		it('comes back as it was made, and is neither found nor listed nor counted as a connector', async () => {
			const draft = draftOf(workspaceId, 'blog.example', inFifteenMinutes())
			const { sealed: _, reach: _reach, ...shown } = draft
			const made = await store.connectors.createDraft(draft)
			expect(made).toEqual({
				...shown,
				transport: 'rest',
				edgeUsername: null,
				certificatePin: null,
				rotateEveryDays: null,
				rotatedAt: null,
				rotationProblem: null,
				phase: 'draft',
				tags: [],
				ownerName: null,
				name: '',
				slug: expect.stringMatching(/^blog-example(-\d+)?$/),
				isPaused: false,
				createdAt: clock.now,
				updatedAt: clock.now,
				rowVersion: 1,
			})
			expect(await store.connectors.findDraft(workspaceId, draft.id)).toEqual(made)
			expect(await store.connectors.listDrafts(workspaceId, createdBy)).toEqual([made])
			expect(await store.connectors.listDrafts(workspaceId, 'somebody else')).toEqual([])
			expect(await store.connectors.find(workspaceId, draft.id)).toBeUndefined()
			expect(await page({})).toMatchObject({ connectors: [], total: 0, nextCursor: null })
			expect((await store.connectors.count(workspaceId)).total).toBe(0)
		})

		it('keeps how its site is reached beside its credential, and replaces both together', async () => {
			const edge = { username: 'stage', sealed: Uint8Array.of(7, 0, 9) }
			const reach = { transport: 'xml-rpc', edge, pin: 'ab'.repeat(32) } as const
			const draft = { ...draftOf(workspaceId, 'blog.example', inFifteenMinutes()), reach, isRotated: false }
			expect(await store.connectors.createDraft({ ...draft, credentialFrom: 'approved' })).toMatchObject({
				transport: 'xml-rpc',
				edgeUsername: 'stage',
				certificatePin: reach.pin,
				credentialFrom: 'approved',
				isRotated: false,
				rotatedAt: null,
			})
			await store.connectors.save(workspaceId, draft.id, 'Staging')
			const kept = await store.connectors.findSealed(workspaceId, draft.id)
			expect(kept?.reach).toMatchObject({ transport: 'xml-rpc', pin: reach.pin, edge: { username: 'stage' } })
			expect([...(kept?.reach.edge?.sealed ?? [])]).toEqual([7, 0, 9])
			const next = { ...pasted, sealed: Uint8Array.of(1), sealVersion: 2, credentialFrom: 'rotated' } as const
			const facts = factsOf('blog.example')
			const replaced = await store.connectors.replaceCredential(workspaceId, draft.id, {
				...next,
				facts,
				health: healthy,
			})
			const plain = { transport: 'rest', edgeUsername: null, certificatePin: null }
			expect(replaced).toMatchObject({ ...plain, credentialFrom: 'rotated', isRotated: true, rotatedAt: clock.now })
			expect(await store.connectors.findSealed(workspaceId, draft.id)).toMatchObject({
				sealVersion: 2,
				reach: pasted.reach,
			})
		})

		it('becomes a connector under its id when it is saved, once', async () => {
			const draft = draftOf(workspaceId, 'blog.example', inFifteenMinutes())
			await store.connectors.createDraft(draft)
			const saved = await store.connectors.save(workspaceId, draft.id, 'My blog')
			expect(saved).toMatchObject({ id: draft.id, phase: 'saved', name: 'My blog', expiresAt: null, rowVersion: 2 })
			expect(await store.connectors.save(workspaceId, draft.id, 'Again')).toBeUndefined()
			expect(await store.connectors.find(workspaceId, draft.id)).toEqual(saved)
			expect(await store.connectors.listDrafts(workspaceId, createdBy)).toEqual([])
			expect(await store.connectors.findSealed(workspaceId, draft.id)).toEqual({
				sealed: expect.toSatisfy((sealed: Uint8Array) => Buffer.from(sealed).equals(draft.sealed)),
				sealVersion: 1,
				reach: pasted.reach,
				siteOrigin: 'https://blog.example',
				username: draft.account.username,
			})
		})

		it('cannot be saved when its time is over, and only the sweeper removes it, in every workspace', async () => {
			const [ours, theirs] = [
				draftOf(workspaceId, 'a.example', inFifteenMinutes()),
				draftOf(other, 'b.example', inFifteenMinutes()),
			]
			for (const draft of [ours, theirs]) await store.connectors.createDraft(draft)
			const kept = await addConnector(store, workspaceId, 'Saved', 'c.example')
			await store.connectors.deleteExpiredDrafts(clock.now) // those of other tests
			expect(await store.connectors.findDraft(workspaceId, ours.id)).toBeDefined()
			clock.now = new Date(Number(ours.expiresAt))
			expect(await store.connectors.save(workspaceId, ours.id, 'Late')).toBeUndefined()
			expect(await store.connectors.findDraft(workspaceId, ours.id)).toBeUndefined()
			const removed = (await store.connectors.deleteExpiredDrafts(clock.now)).map(({ id }) => id)
			expect(removed).toEqual(expect.arrayContaining([ours.id, theirs.id]))
			expect(removed).not.toContain(kept.id)
			expect(await store.connectors.deleteExpiredDrafts(clock.now)).toEqual([])
			expect(await store.connectors.find(workspaceId, kept.id)).toEqual(kept)
		})

		it('is discarded by its own workspace only', async () => {
			const draft = draftOf(workspaceId, 'blog.example', inFifteenMinutes())
			await store.connectors.createDraft(draft)
			expect(await store.connectors.deleteDraft(other, draft.id)).toBeUndefined()
			expect(await store.connectors.deleteDraft(workspaceId, draft.id)).toMatchObject({ id: draft.id })
			expect(await store.connectors.findDraft(workspaceId, draft.id)).toBeUndefined()
		})
	})

	describe('a connector', () => {
		it('is renamed, and found under its new name only', async () => {
			const { id, rowVersion } = await addConnector(store, workspaceId, 'Before', 'blog.example')
			const renamed = await store.connectors.rename(workspaceId, id, 'After')
			expect(renamed).toMatchObject({ name: 'After', rowVersion: rowVersion + 1 })
			expect((await page({ search: 'after' })).total).toBe(1)
			expect((await page({ search: 'before' })).total).toBe(0)
		})

		it('keeps the outcome of a check, and what it proved anew', async () => {
			const { id } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			const failing = { state: 'needs-attention', diagnosis, checkedAt: clock.now, latencyMs: 7.6 } as const
			const checked = await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: failing })
			expect(checked).toMatchObject({ connector: { ...failing, latencyMs: 8 }, change: 'needs-attention' })
			expect((await store.connectors.count(workspaceId)).byState).toMatchObject({ 'needs-attention': 1, healthy: 0 })
			const facts = factsOf('moved.example')
			const again = await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: healthy, facts })
			expect(again).toMatchObject({ connector: { ...healthy, ...facts, name: 'Blog' }, change: 'recovered' })
		})

		it('does not take the outcome of a check that was done with the credential before', async () => {
			const { id } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			const sealed = Uint8Array.of(9)
			const next = { facts: factsOf('blog.example'), health: healthy, sealed, sealVersion: 2, ...pasted }
			const replaced = await store.connectors.replaceCredential(workspaceId, id, next)
			expect(replaced).toMatchObject({ id, name: 'Blog', sealVersion: 2 })
			const late = { ...healthy, state: 'needs-attention' as const }
			expect(await store.connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: late })).toBeUndefined()
			expect(await store.connectors.replaceCredential(workspaceId, id, next)).toBeUndefined()
			expect(await store.connectors.findSealed(workspaceId, id)).toMatchObject({ sealVersion: 2 })
			expect((await store.connectors.find(workspaceId, id))?.state).toBe('healthy')
		})

		it('is deleted with its credential', async () => {
			const { id } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			expect(await store.connectors.delete(workspaceId, id)).toMatchObject({ id, name: 'Blog' })
			expect(await store.connectors.delete(workspaceId, id)).toBeUndefined()
			expect(await store.connectors.find(workspaceId, id)).toBeUndefined()
			expect(await store.connectors.findSealed(workspaceId, id)).toBeUndefined()
		})

		it('does not exist for another workspace, whatever it tries', async () => {
			const mine = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			const draft = await store.connectors.createDraft(draftOf(workspaceId, 'draft.example', inFifteenMinutes()))
			const { connectors } = store
			const next = {
				facts: factsOf('evil.example'),
				health: healthy,
				sealed: Uint8Array.of(9),
				sealVersion: 2,
				...pasted,
			}
			expect(await connectors.find(other, mine.id)).toBeUndefined()
			expect(await connectors.findSealed(other, mine.id)).toBeUndefined()
			expect(await connectors.rename(other, mine.id, 'Stolen')).toBeUndefined()
			expect(await connectors.recordCheck(other, mine.id, { sealVersion: 1, health: healthy })).toBeUndefined()
			expect(await connectors.replaceCredential(other, mine.id, next)).toBeUndefined()
			expect(await connectors.delete(other, mine.id)).toBeUndefined()
			expect(await connectors.findDraft(other, draft.id)).toBeUndefined()
			expect(await connectors.listDrafts(other, createdBy)).toEqual([])
			expect(await connectors.save(other, draft.id, 'Stolen')).toBeUndefined()
			expect(valueOf(await connectors.page({ workspaceId: other, sort: 'name', limit: 10 })).total).toBe(0)
			expect(await connectors.find(workspaceId, mine.id)).toEqual(mine)
		})

		it('keeps whatever text a site sends, but for what a store cannot hold', async () => {
			const facts = factsOf('blog.example')
			const site = { ...facts.site, title: 'a\0b \uD83D <script>"\';%_\\' }
			const draft = { ...draftOf(workspaceId, 'blog.example', inFifteenMinutes()), site }
			const made = await store.connectors.createDraft(draft)
			expect(made.site.title).toBe('ab \uFFFD <script>"\';%_\\')
		})
	})

	async function page(query: Partial<ConnectorQuery>) {
		return valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 50, ...query }))
	}
}
