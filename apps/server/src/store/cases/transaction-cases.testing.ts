import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok } from '@postern/vocabulary'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../audit.ts'
import type { Store } from '../store.ts'
import { addConnector } from './connector.testing.ts'
import { type TestClock, valueOf } from './place.testing.ts'

export function transactionCases(getStore: () => Store): void {
	describe('a transaction', () => {
		let store: Store
		beforeEach(() => {
			store = getStore()
		})

		it('keeps everything when it ends well', async () => {
			const result = await store.transaction(async ({ workspaces }) => ok(await workspaces.create('Kept')))
			expect(await store.workspaces.find(valueOf(result).id)).toMatchObject({ name: 'Kept' })
		})

		it('keeps nothing when its result is not ok, and gives that result', async () => {
			let id = ''
			const result = await store.transaction(async ({ workspaces }) => {
				id = (await workspaces.create('Gone')).id
				expect(await workspaces.find(id)).toBeDefined()
				return fail('member/last-owner', { params: { some: 1 } })
			})
			expect(result).toEqual({ ok: false, problem: { code: 'member/last-owner', params: { some: 1 } } })
			expect(await store.workspaces.find(id)).toBeUndefined()
		})

		it('keeps nothing when it throws, and lets our bugs through', async () => {
			let id = ''
			const attempt = store.transaction(async ({ workspaces }) => {
				id = (await workspaces.create('Gone')).id
				throw new RangeError('a bug')
			})
			await expect(attempt).rejects.toThrow(RangeError)
			expect(await store.workspaces.find(id)).toBeUndefined()
			expect(await store.workspaces.create('The next one works')).toBeDefined()
		})

		it('keeps nothing when one of its statements fails', async () => {
			let id = ''
			const attempt = store.transaction(async ({ workspaces, kysely }) => {
				id = (await workspaces.create('Gone')).id
				await sql`select nonsense from nowhere`.execute(kysely)
				return ok()
			})
			await expect(attempt).rejects.toThrow(/nowhere/)
			expect(await store.workspaces.find(id)).toBeUndefined()
		})

		it('is not mixed up with another that runs meanwhile', async () => {
			const attempts = Array.from({ length: 6 }, (_, index) =>
				store.transaction(async ({ workspaces }) => {
					const { id } = await workspaces.create(`Workspace ${index}`)
					await delay(index % 2)
					await workspaces.rename(id, `Renamed ${index}`)
					return index % 3 === 0 ? fail('request/not-found', { params: { id } }) : ok(id)
				}),
			)
			const single = store.workspaces.create('Outside')
			for (const [index, result] of (await Promise.all(attempts)).entries()) {
				const id = result.ok ? result.value : String(result.problem.params['id'])
				expect((await store.workspaces.find(id))?.name).toBe(result.ok ? `Renamed ${index}` : undefined)
			}
			expect((await store.workspaces.find((await single).id))?.name).toBe('Outside')
		})

		it('refuses a call that would go around it, instead of waiting for itself', async () => {
			const attempt = store.transaction(async () => ok(await store.workspaces.create('Around')))
			await expect(attempt).rejects.toThrow('inside a transaction only the transaction may be used')
			const nested = store.transaction(() => store.transaction(async () => ok()))
			await expect(nested).rejects.toThrow('inside a transaction only the transaction may be used')
		})

		it('lets work that it left behind use the store afterwards', async () => {
			const left: { work: Promise<unknown> } = { work: Promise.resolve() }
			let end = () => {}
			const ended = new Promise<void>((resolve) => {
				end = resolve
			})
			await store.transaction(async () => {
				left.work = ended.then(() => store.workspaces.create('Later'))
				return ok()
			})
			end()
			expect(await left.work).toMatchObject({ name: 'Later' })
		})
	})
}

export function auditCases(getStore: () => Store, clock: TestClock): void {
	describe('the audit log', () => {
		let store: Store
		let workspaceId = ''
		beforeEach(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
		})
		const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
			workspaceId,
			event: 'connector.created',
			actor: { kind: 'member', id: 'mem_a', name: 'Mia' },
			target: { kind: 'connector', id: 'con_a', name: 'Blog' },
			params: { host: 'blog.example', count: 2 },
			requestId: 'req_a',
			...change,
		})

		it('gives back what was recorded, the newest first, page after page', async () => {
			const recorded = []
			for (let count = 0; count < 5; count += 1) recorded.push(await store.audit.record(entry({ params: { count } })))
			expect(recorded[0]).toMatchObject({ ...entry({ params: { count: 0 } }), seq: 1, at: clock.now })
			const first = valueOf(await store.audit.page({ workspaceId, limit: 3 }))
			const rest = valueOf(await store.audit.page({ workspaceId, limit: 3, cursor: String(first.nextCursor) }))
			expect([...first.entries, ...rest.entries]).toEqual(recorded.toReversed())
			expect(rest.nextCursor).toBeNull()
		})

		it('counts without gaps in each workspace, whatever races and whatever is undone', async () => {
			const other = (await store.workspaces.create('Theirs')).id
			await Promise.all(
				Array.from({ length: 12 }, (_, index) =>
					store.transaction(async ({ audit }) => {
						await audit.record(entry({ workspaceId: index % 2 === 0 ? workspaceId : other }))
						return index % 4 < 2 ? ok() : fail('request/not-found')
					}),
				),
			)
			for (const id of [workspaceId, other]) {
				const page = valueOf(await store.audit.page({ workspaceId: id, limit: 10 }))
				expect(page.entries.map(({ seq }) => seq)).toEqual([3, 2, 1])
			}
		})

		it('counts what concerns the whole installation apart', async () => {
			const nobody = { kind: 'visitor', id: null, name: null } as const
			const whole = { workspaceId: null, event: 'account.sign-in-failed', actor: nobody, target: null } as const
			const first = await store.audit.record(entry(whole))
			const second = await store.audit.record(entry(whole))
			expect(second).toMatchObject({ ...whole, seq: first.seq + 1 })
			expect(valueOf(await store.audit.page({ workspaceId, limit: 10 })).entries).toEqual([])
		})

		it.each(['0', '-1', '1.5', 'x', '', '99999999999999999999'])('refuses the cursor %j', async (cursor) => {
			const page = await store.audit.page({ workspaceId, limit: 10, cursor })
			expect(page).toMatchObject({ ok: false, problem: { code: 'request/type-error', params: { field: 'cursor' } } })
		})

		it('stays when what it tells of is deleted', async () => {
			const { id } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			await store.audit.record(entry({ target: { kind: 'connector', id, name: 'Blog' } }))
			await store.connectors.delete(workspaceId, id)
			const page = valueOf(await store.audit.page({ workspaceId, limit: 10 }))
			expect(page.entries).toMatchObject([{ target: { id, name: 'Blog' } }])
		})
	})

	describe('data keys', () => {
		it('come back by workspace and id, the newest first', async () => {
			const store = getStore()
			const [ours, theirs] = [await store.workspaces.create('Ours'), await store.workspaces.create('Theirs')]
			const key = (workspaceId: string, keyId: string) => ({
				workspaceId,
				keyId,
				kekId: 'k',
				wrapped: Uint8Array.of(7, 0),
			})
			expect(await store.dataKeys.findCurrent(ours.id)).toBeUndefined()
			await store.dataKeys.save(key(ours.id, 'b'))
			clock.now = new Date(clock.now.getTime() + 1)
			await store.dataKeys.save(key(ours.id, 'a'))
			await store.dataKeys.save(key(theirs.id, 'a'))
			const found = await store.dataKeys.find(ours.id, 'b')
			expect(found && { ...found, wrapped: [...found.wrapped] }).toEqual({ ...key(ours.id, 'b'), wrapped: [7, 0] })
			expect(await store.dataKeys.findCurrent(ours.id)).toMatchObject({ keyId: 'a', workspaceId: ours.id })
			expect(await store.dataKeys.find(theirs.id, 'b')).toBeUndefined()
		})
	})
}
