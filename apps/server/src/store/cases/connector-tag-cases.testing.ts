import { fail, ok } from '@postern/vocabulary'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConnectorQuery } from '../connector/connector.ts'
import type { Store } from '../store.ts'
import { addConnector, createdBy, draftOf, healthy } from './connector.testing.ts'
import { type TestClock, valueOf } from './place.testing.ts'

export function connectorTagCases(getStore: () => Store, clock: TestClock): void {
	describe('tags of connectors', () => {
		let store: Store
		let workspaceId = ''
		const ids: string[] = []
		beforeAll(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Tagged')).id
			for (const name of ['a', 'b', 'c', 'd']) {
				clock.now = new Date(clock.now.getTime() + 1_000)
				ids.push((await addConnector(store, workspaceId, name, `${name}.example`)).id)
			}
		})

		const id = (index: number) => ids[index] ?? ''
		const tag = async (index: number, tags: readonly string[]) => {
			const changed = await store.connectors.changeTags(workspaceId, id(index), () => ok(tags))
			if (changed === undefined) throw new Error('no such connector')
			return valueOf(changed)
		}
		const names = async (query: Partial<ConnectorQuery>) => {
			const page = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 50, ...query }))
			expect(page.total).toBe(page.connectors.length)
			return page.connectors.map(({ name }) => name).join('')
		}

		it('are shown in order, as they were first written in the workspace, and found in any case and width', async () => {
			const first = await tag(0, ['Zebra', 'Client Ａ', 'zebra'])
			expect(first.connector.tags).toEqual(['Client Ａ', 'Zebra'])
			expect(first.added.toSorted()).toEqual(['Client Ａ', 'Zebra'])
			expect((await tag(1, ['ZEBRA', '東京'])).connector.tags).toEqual(['Zebra', '東京'])
			expect((await store.connectors.find(workspaceId, id(1)))?.tags).toEqual(['Zebra', '東京'])
			expect(await names({ tag: 'zEbRa' })).toBe('ab')
			expect(await names({ tag: 'client a' })).toBe('a')
			expect(await names({ tag: '東京', search: 'a.ex' })).toBe('')
			expect(await names({ tag: 'zeb' })).toBe('')
			expect(await store.connectors.listTags({ workspaceId })).toEqual([
				{ tag: 'Client Ａ', count: 1 },
				{ tag: 'Zebra', count: 2 },
				{ tag: '東京', count: 1 },
			])
		})

		it('say what was added and what was taken away', async () => {
			const { added, removed, connector } = await tag(1, ['zebra', 'new'])
			expect({ added, removed, tags: connector.tags }).toEqual({
				added: ['new'],
				removed: ['東京'],
				tags: ['new', 'Zebra'],
			})
		})

		it('stay as they are where the change is refused', async () => {
			const refused = await store.connectors.changeTags(workspaceId, id(1), () => fail('request/not-found'))
			expect(refused?.ok).toBe(false)
			expect((await store.connectors.find(workspaceId, id(1)))?.tags).toEqual(['new', 'Zebra'])
		})

		it('are told, and found, within what a caller reaches only', async () => {
			expect(await store.connectors.listTags({ workspaceId, within: [id(0)] })).toEqual([
				{ tag: 'Client Ａ', count: 1 },
				{ tag: 'Zebra', count: 1 },
			])
			expect(await store.connectors.listTags({ workspaceId, within: [] })).toEqual([])
			expect(await names({ tag: 'zebra', within: [id(1)] })).toBe('b')
		})

		it('are none of another workspace', async () => {
			const other = (await store.workspaces.create('Other')).id
			expect(await store.connectors.changeTags(other, id(0), () => ok([]))).toBeUndefined()
			expect(await store.connectors.listTags({ workspaceId: other })).toEqual([])
			const foreign = await addConnector(store, other, 'foreign', 'foreign.example')
			const changed = await store.connectors.changeTags(other, foreign.id, () => ok(['ZEBRA']))
			expect(changed?.ok && changed.value.connector.tags).toEqual(['ZEBRA'])
		})

		it('go with their connector, and a draft has none', async () => {
			const { id: gone } = await addConnector(store, workspaceId, 'gone', 'gone.example')
			valueOf((await store.connectors.changeTags(workspaceId, gone, () => ok(['Short-lived']))) ?? fail('internal/bug'))
			await store.connectors.delete(workspaceId, gone)
			expect((await store.connectors.listTags({ workspaceId })).map(({ tag: name }) => name)).not.toContain(
				'Short-lived',
			)
			const draft = await store.connectors.createDraft(draftOf(workspaceId, 'x.example', new Date('9999-01-01')))
			expect(draft.tags).toEqual([])
			expect(await store.connectors.changeTags(workspaceId, draft.id, () => ok(['x']))).toBeUndefined()
		})

		it('are none the fewer when two people add one each at the same time', async () => {
			const add = (text: string) => store.connectors.changeTags(workspaceId, id(3), (before) => ok([...before, text]))
			await Promise.all(['one', 'two', 'three', 'four'].map(add))
			expect((await store.connectors.find(workspaceId, id(3)))?.tags).toEqual(['four', 'one', 'three', 'two'])
		})
	})

	describe('the list of connectors', () => {
		let store: Store
		let workspaceId = ''
		beforeAll(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Sorted')).id
			const states = ['healthy', 'needs-attention', 'unreachable', 'limited', 'maintenance', 'healthy'] as const
			for (const [index, state] of states.entries()) {
				clock.now = new Date(clock.now.getTime() + 1_000)
				const { id } = await addConnector(store, workspaceId, `site ${index}`, `s${index}.example`)
				const checkedAt = index === 4 ? null : new Date(Date.UTC(2026, 10, 20 - index))
				await store.connectors.recordCheck(workspaceId, id, {
					sealVersion: 1,
					health: { ...healthy, state, checkedAt },
				})
				if (index === 5) await store.connectors.pause(workspaceId, id)
			}
		})

		/** The numbers of the connectors, page by page to the end. */
		async function walk(query: Partial<ConnectorQuery>): Promise<string> {
			let seen = ''
			let cursor: string | undefined
			do {
				const page = valueOf(await store.connectors.page({ workspaceId, sort: 'name', limit: 2, ...query, cursor }))
				seen += page.connectors.map(({ name }) => name.slice(-1)).join('')
				cursor = page.nextCursor ?? undefined
			} while (cursor !== undefined)
			return seen
		}

		it.each([
			[{ sort: 'name' }, '012345'],
			[{ sort: 'name', order: 'desc' }, '543210'],
			[{ sort: 'created' }, '543210'],
			[{ sort: 'created', order: 'asc' }, '012345'],
			[{ sort: 'checked' }, '012354'],
			[{ sort: 'checked', order: 'asc' }, '453210'],
			[{ sort: 'state' }, '124305'],
			[{ sort: 'state', order: 'desc' }, '503421'],
		] as const)('is sorted by %j without a gap and without a repetition', async (query, expected) => {
			expect(await walk(query)).toBe(expected)
		})

		it('is filtered by type and by who connected it', async () => {
			expect(await walk({ type: 'wordpress-app', owner: createdBy })).toBe('012345')
			expect(await walk({ type: 'ghost' })).toBe('')
			expect(await walk({ owner: 'acc_nobody' })).toBe('')
		})

		it('takes the cursor of one order for no other', async () => {
			const page = valueOf(await store.connectors.page({ workspaceId, sort: 'state', limit: 2 }))
			for (const query of [{ sort: 'state', order: 'desc' }, { sort: 'name' }, { sort: 'checked' }] as const) {
				const refused = await store.connectors.page({ workspaceId, limit: 2, ...query, cursor: page.nextCursor ?? '' })
				expect(refused).toMatchObject({ ok: false, problem: { code: 'request/type-error' } })
			}
		})

		it('says who connected, how often, and keeps it for whoever is no account any more', async () => {
			expect(await store.connectors.listOwners({ workspaceId })).toEqual([{ id: createdBy, name: null, count: 6 }])
		})

		it('gives every name that matches, and every connector, batch by batch', async () => {
			const matching = await store.connectors.listMatching({ workspaceId, state: 'healthy' })
			expect(matching.map(({ name }) => name)).toEqual(['site 0'])
			const exported: string[] = []
			for await (const batch of store.connectors.export({ workspaceId }))
				exported.push(...batch.map(({ name }) => name))
			expect(exported).toEqual([0, 1, 2, 3, 4, 5].map((index) => `site ${index}`))
		})
	})
}
