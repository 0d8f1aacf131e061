import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditFilter } from '../audit.ts'
import type { Store } from '../store.ts'
import { accessOf, outcomeOf, rowsOf } from './access.testing.ts'
import { addConnector } from './connector.testing.ts'
import { addPassword, ownerIn } from './password.testing.ts'
import { addAccount, type TestClock, valueOf } from './place.testing.ts'

const dayMs = 24 * 60 * 60_000
const refusal = { decision: 'refused', problem: 'application-password/scope-missing' } as const
const write = { method: 'POST', isWrite: true } as const

export function auditPageCases(getStore: () => Store, clock: TestClock): void {
	describe('the audit log of a workspace that applications use', () => {
		let store: Store
		let workspaceId = ''
		const password = { a: { uuid: '', name: 'A' }, b: { uuid: '', name: 'B' } }
		const connector = { x: { id: '', name: 'X' }, y: { id: '', name: 'Y' } }
		beforeAll(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
			const accountId = await addAccount(store, `owner-${workspaceId}`)
			await store.members.add({ workspaceId, accountId, role: 'owner' })
			const owner = await ownerIn(store, workspaceId, accountId)
			for (const one of [password.a, password.b]) one.uuid = (await addPassword(store, owner, { name: one.name })).uuid
			for (const one of [connector.x, connector.y])
				one.id = (await addConnector(store, workspaceId, one.name, `${one.name}.page.example`)).id
			await use()
		})

		/** Over three days, A on X and Y, B on X; one write, one refusal, one that ends later. */
		async function use(): Promise<void> {
			const { accessJournal, audit } = store
			const today = clock.now
			const on = (days: number) => (clock.now = new Date(today.getTime() - days * dayMs))
			on(2)
			const open = accessJournal.note(entry('a', 'x', { route: '/1' }))
			await accessJournal.flush()
			open?.finish(outcomeOf())
			on(1)
			accessJournal.note(entry('a', 'y', { route: '/2' }))
			valueOf(await accessJournal.commit(entry('a', 'y', { ...write, route: '/3' }), 5))
			on(0)
			accessJournal.note(entry('a', 'y', { ...refusal, route: '/4' }))
			accessJournal.note(entry('b', 'x', { route: '/5' }))
			await accessJournal.flush()
			await audit.record({
				workspaceId,
				event: 'connector.checked',
				actor: { kind: 'member', id: 'mem_a', name: 'Mia' },
				target: { kind: 'connector', ...connector.x },
				params: {},
				requestId: null,
			})
		}

		function entry(who: 'a' | 'b', where: 'x' | 'y', changes: Parameters<typeof accessOf>[1]) {
			return accessOf(workspaceId, { password: password[who], connector: connector[where], ...changes })
		}

		const told = (event: string) => (event === 'site.requested' ? 'read' : event)
		const filters: readonly (readonly [string, () => Omit<AuditFilter, 'workspaceId'>, readonly string[]])[] = [
			[
				'everything',
				() => ({}),
				[
					'connector.checked',
					'/5',
					'/4',
					'/3',
					'/2',
					'/1',
					'application-password.created',
					'application-password.created',
				],
			],
			['requests', () => ({ kind: 'requests' }), ['/5', '/4', '/3', '/2', '/1']],
			[
				'what was done in Postern',
				() => ({ kind: 'changes' }),
				['connector.checked', 'application-password.created', 'application-password.created'],
			],
			['a password', () => ({ password: password.a.uuid }), ['/4', '/3', '/2', '/1', 'application-password.created']],
			['a connector', () => ({ connector: connector.x.id }), ['connector.checked', '/5', '/1']],
			['what was refused', () => ({ decision: 'refused' }), ['/4']],
			['what was permitted', () => ({ decision: 'permitted' }), ['/5', '/3', '/2', '/1']],
			['both', () => ({ password: password.a.uuid, connector: connector.y.id }), ['/4', '/3', '/2']],
			[
				'all of it',
				() => ({ password: password.a.uuid, connector: connector.y.id, decision: 'permitted' }),
				['/3', '/2'],
			],
			['requests of a password', () => ({ password: password.b.uuid, kind: 'requests' }), ['/5']],
			['changes of a connector', () => ({ connector: connector.x.id, kind: 'changes' }), ['connector.checked']],
			['what contradicts itself', () => ({ decision: 'refused', kind: 'changes' }), []],
			['nobody', () => ({ password: 'nobody' }), []],
		]

		it.each(filters)('is shown for %s, page after page, and exported alike', async (_, filter, expected) => {
			const seen: string[] = []
			let cursor: string | undefined
			do {
				const page = valueOf(await store.audit.page({ workspaceId, limit: 2, ...filter(), cursor }))
				seen.push(...page.entries.map(({ access, event }) => access?.route ?? told(event)))
				cursor = page.nextCursor ?? undefined
			} while (cursor !== undefined)
			expect(seen).toEqual(expected)
			const exported: string[] = []
			for await (const batch of store.audit.export({ workspaceId, ...filter() }))
				exported.push(...batch.map(({ access, event }) => access?.route ?? told(event)))
			expect(exported).toEqual(expected)
		})

		it('shows nothing of it to another workspace', async () => {
			const other = (await store.workspaces.create('Theirs')).id
			for (const [, filter] of filters)
				expect(valueOf(await store.audit.page({ workspaceId: other, limit: 10, ...filter() })).entries).toEqual([])
			const passwordUuid = password.a.uuid
			const usage = await store.audit.usage({ workspaceId: other, passwordUuid, days: 7 })
			expect(usage).toMatchObject({ connectors: [], writesToday: 0, recent: [] })
			expect(usage.days.every(({ permitted, refused }) => permitted + refused === 0)).toBe(true)
		})

		it('is exported to its end, however long it is', async () => {
			const { id } = await store.workspaces.create('Long')
			for (let count = 0; count < 1_200; count += 1) store.accessJournal.note(accessOf(id))
			await store.accessJournal.flush()
			const seqs: number[] = []
			for await (const batch of store.audit.export({ workspaceId: id })) {
				expect(batch.length).toBeLessThanOrEqual(1_000)
				seqs.push(...batch.map(({ seq }) => seq))
			}
			expect(seqs).toEqual(Array.from({ length: 1_200 }, (_, index) => 1_200 - index))
		})

		it('tells how a password was used, day by day and site by site', async () => {
			const query = { workspaceId, passwordUuid: password.a.uuid }
			const usage = await store.audit.usage({ ...query, days: 3 })
			const [first, second, third] = usage.days
			expect(usage.days).toHaveLength(3)
			expect(third?.day).toBe(clock.now.toISOString().slice(0, 10))
			expect(first).toMatchObject({ permitted: 1, refused: 0, writes: 0 })
			expect(second).toMatchObject({ permitted: 2, refused: 0, writes: 1 })
			expect(third).toMatchObject({ permitted: 0, refused: 1, writes: 0 })
			expect(usage.connectors).toEqual([
				{ ...connector.y, count: 3 },
				{ ...connector.x, count: 1 },
			])
			expect(usage.writesToday).toBe(0)
			expect(usage.recent.map(({ access }) => access?.route)).toEqual(['/4', '/3', '/2', '/1'])
			expect((await store.audit.usage({ ...query, days: 2 })).connectors).toEqual([{ ...connector.y, count: 3 }])
			expect((await store.audit.usage({ ...query, days: 30 })).days).toHaveLength(30)
		})

		it('counts only what reached certain connectors for whoever may know no others, beside the budget of all', async () => {
			const query = { workspaceId, passwordUuid: password.a.uuid, days: 3 }
			const { days, connectors } = await store.audit.usage({ ...query, within: [connector.x.id] })
			expect(days.map(({ permitted, refused }) => [permitted, refused])).toEqual([
				[1, 0],
				[0, 0],
				[0, 0],
			])
			expect(connectors).toEqual([{ ...connector.x, count: 1 }])
			const nothing = await store.audit.usage({ ...query, within: [] })
			expect(nothing.connectors).toEqual([])
		})

		it('forgets how passwords were used before a day, those that are revoked too, and not what was recorded', async () => {
			const { id } = await store.workspaces.create('Old')
			const revoked = { uuid: 'c8a2ad44-1a3e-4a2b-9a2a-2f6a3c1d5e77', name: 'Revoked' } // there is none any more
			const used = [password.b, revoked]
			const now = clock.now
			for (const days of [401, 400]) {
				clock.now = new Date(now.getTime() - days * dayMs)
				for (const one of used) store.accessJournal.note(accessOf(id, { password: one }))
				await store.accessJournal.flush()
			}
			clock.now = now
			await store.audit.deleteUsage(new Date(now.getTime() - 400 * dayMs))
			const today = Math.floor(now.getTime() / dayMs)
			const uuids = used.map(({ uuid }) => uuid)
			const left = await store.kysely
				.selectFrom('password_usage')
				.select(['uuid', 'day'])
				.where('uuid', 'in', uuids)
				.where('day', '<', today)
				.execute()
			expect(left.toSorted((one, other) => uuids.indexOf(one.uuid) - uuids.indexOf(other.uuid))).toEqual(
				uuids.map((uuid) => ({ uuid, day: today - 400 })),
			)
			expect(await rowsOf(store, id)).toHaveLength(4)
		})

		it('calls a connector that is gone as the log last called it', async () => {
			const gone = await addConnector(store, workspaceId, 'Gone', 'gone.page.example')
			store.accessJournal.note(entry('b', 'x', { connector: { id: gone.id, name: 'Gone' }, route: '/6' }))
			await store.accessJournal.flush()
			await store.connectors.delete(workspaceId, gone.id)
			const { connectors } = await store.audit.usage({ workspaceId, passwordUuid: password.b.uuid, days: 7 })
			expect(connectors).toContainEqual({ id: gone.id, name: 'Gone', count: 1 })
		})
	})
}
