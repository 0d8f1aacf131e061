import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { accessOf, outcomeOf, rowsOf } from './access.testing.ts'

type Tamper = (store: Store, workspaceId: string) => Promise<unknown>
type Case = { readonly tamper: Tamper; readonly brokenAt: number }

const set = (column: string, value: string | number | null, seq: number): Tamper => {
	return (store, workspaceId) =>
		sql`update audit_event set ${sql.ref(column)} = ${value} where workspace_id = ${workspaceId} and seq = ${seq}`.execute(
			store.kysely,
		)
}
const cut: (from: number, until: number) => Tamper = (from, until) => (store, workspaceId) =>
	sql`delete from audit_event where workspace_id = ${workspaceId} and seq between ${from} and ${until}`.execute(
		store.kysely,
	)
const renumber = async (store: Store, workspaceId: string, from: number, to: number) => {
	await set('seq', to, from)(store, workspaceId)
}

const tamperings: Readonly<Record<string, Case>> = {
	'a changed time': { tamper: set('at', 1, 4), brokenAt: 4 },
	'a changed event': { tamper: set('event', 'site.read', 4), brokenAt: 4 },
	'a changed actor': { tamper: set('actor_name', 'Somebody', 1), brokenAt: 1 },
	'a changed target': { tamper: set('target_name', 'Other', 9), brokenAt: 9 },
	'changed parameters': { tamper: set('params', '{"host":"other.example","count":2}', 1), brokenAt: 1 },
	'a changed decision': { tamper: set('decision', 'permitted', 5), brokenAt: 5 },
	'a changed route': { tamper: set('access', '{}', 4), brokenAt: 4 },
	'another password': { tamper: set('password_uuid', 'another', 4), brokenAt: 4 },
	'the end of another request': { tamper: set('finishes', 1, 9), brokenAt: 9 },
	'a changed hash': { tamper: set('hash', Buffer.alloc(32).toString('base64url'), 3), brokenAt: 3 },
	'a hash taken away': { tamper: set('hash', null, 3), brokenAt: 3 },
	'all hashes taken away but the last ones': {
		tamper: async (store, workspaceId) => {
			for (const seq of [1, 2, 3]) await set('hash', null, seq)(store, workspaceId)
		},
		brokenAt: 4,
	},
	'one in the middle taken out': { tamper: cut(5, 5), brokenAt: 5 },
	'one in the middle taken out, and the gap closed': {
		tamper: async (store, workspaceId) => {
			await cut(5, 5)(store, workspaceId)
			for (const seq of [6, 7, 8, 9]) await renumber(store, workspaceId, seq, seq - 1)
		},
		brokenAt: 5,
	},
	'the first taken out': { tamper: cut(1, 1), brokenAt: 1 },
	'the newest cut': { tamper: cut(8, 9), brokenAt: 8 },
	'all taken out': { tamper: cut(1, 9), brokenAt: 1 },
	'two exchanged': {
		tamper: async (store, workspaceId) => {
			await renumber(store, workspaceId, 3, 99)
			await renumber(store, workspaceId, 4, 3)
			await renumber(store, workspaceId, 99, 4)
		},
		brokenAt: 3,
	},
	'one hashed anew without the key': {
		tamper: async (store, workspaceId) => {
			const [before, row] = (await rowsOf(store, workspaceId)).slice(2, 4)
			const { hash: _, ...columns } = { ...row, target_name: 'Forged' }
			const hash = createHmac('sha256', Buffer.alloc(32))
				.update(Buffer.from(before?.hash ?? '', 'base64url'))
				.update(JSON.stringify(Object.values(columns)))
				.digest('base64url')
			await set('target_name', 'Forged', 4)(store, workspaceId)
			await set('hash', hash, 4)(store, workspaceId)
		},
		brokenAt: 4,
	},
	'a counter set back': {
		tamper: (store, workspaceId) =>
			sql`update audit_counter set seq = 7 where scope = ${workspaceId}`.execute(store.kysely),
		brokenAt: 8,
	},
	'a counter taken away': {
		tamper: (store, workspaceId) => sql`delete from audit_counter where scope = ${workspaceId}`.execute(store.kysely),
		brokenAt: 1,
	},
	'the newest cut, and the counter set back to the number before': {
		tamper: async (store, workspaceId) => {
			await cut(9, 9)(store, workspaceId)
			await sql`update audit_counter set seq = 8 where scope = ${workspaceId}`.execute(store.kysely)
		},
		brokenAt: 8,
	},
}

export function auditChainCases(getStore: () => Store): void {
	describe('the chain of an audit log', () => {
		let store: Store
		let workspaceId = ''
		beforeEach(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
			await fill(store, workspaceId)
		})

		it('is whole as it was written, and so is that of the installation', async () => {
			expect(await rowsOf(store, workspaceId)).toHaveLength(9)
			expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: true, entries: 9, unchained: 0 })
			const nobody = { kind: 'visitor', id: null, name: null } as const
			const whole = { workspaceId: null, event: 'account.sign-in-failed', actor: nobody, target: null } as const
			const { seq } = await store.audit.record({ ...whole, params: {}, requestId: null })
			expect(await store.audit.verify(null)).toEqual({ isWhole: true, entries: seq, unchained: 0 })
		})

		it('is whole where nothing was recorded', async () => {
			const { id } = await store.workspaces.create('Empty')
			expect(await store.audit.verify(id)).toEqual({ isWhole: true, entries: 0, unchained: 0 })
		})

		it.each(Object.entries(tamperings))('T84 shows %s', async (_, { tamper, brokenAt }) => {
			await tamper(store, workspaceId)
			expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: false, brokenAt })
		})

		describe('where many reads lie in one row', () => {
			const change =
				(edit: (run: unknown[]) => unknown): Tamper =>
				async (of, id) => {
					const [row] = (await rowsOf(of, id)).filter(({ seq }) => seq === 10)
					await set('access', JSON.stringify(edit(JSON.parse(row?.access ?? '[]'))), 10)(of, id)
				}
			const editings: Readonly<Record<string, Tamper>> = {
				'a changed one': change((run) => [...run.slice(0, 2), run[3], run[3], ...run.slice(4)]),
				'one taken out of the middle': change((run) => run.toSpliced(2, 1)),
				'the newest taken out': change((run) => run.slice(0, -1)),
				'one put in': change((run) => run.toSpliced(2, 0, run[1])),
				'two exchanged': change(([first, second, ...others]) => [second, first, ...others]),
				'all of them taken out': cut(10, 10),
				'what is no run': change(() => ({})),
				'what is no JSON': set('access', '[', 10),
				'another beginning': set('seq', 11, 10),
			}
			it.each(Object.entries(editings))('T84 shows %s', async (_, tamper) => {
				for (let count = 0; count < 6; count += 1)
					store.accessJournal.note(accessOf(workspaceId, { route: `/${count}` }))
				await store.accessJournal.flush()
				expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: true, entries: 15, unchained: 0 })
				await tamper(store, workspaceId)
				expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: false, brokenAt: 10 })
				const write = accessOf(workspaceId, { method: 'POST', isWrite: true })
				await store.accessJournal.commit(write, null)
				expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: false, brokenAt: 10 })
			})
		})

		it('begins after what was recorded before there was one', async () => {
			const { id } = await store.workspaces.create('Old')
			await fill(store, id)
			await sql`update audit_event set hash = null where workspace_id = ${id}`.execute(store.kysely)
			await sql`update audit_counter set hash = null where scope = ${id}`.execute(store.kysely)
			await fill(store, id)
			expect(await store.audit.verify(id)).toEqual({ isWhole: true, entries: 18, unchained: 9 })
			await cut(4, 4)(store, id)
			expect(await store.audit.verify(id)).toEqual({ isWhole: false, brokenAt: 4 })
		})
	})
}

/** Nine entries of every kind, each in a row of its own. */
async function fill(store: Store, workspaceId: string): Promise<void> {
	const { accessJournal, audit } = store
	await audit.record({
		workspaceId,
		event: 'connector.created',
		actor: { kind: 'member', id: 'mem_a', name: 'Mia' },
		target: { kind: 'connector', id: 'con_a', name: 'Blog' },
		params: { host: 'blog.example', count: 2 },
		requestId: 'req_a',
	})
	for (let round = 0; round < 2; round += 1) {
		accessJournal.note(accessOf(workspaceId))?.finish(outcomeOf())
		const open = accessJournal.note(accessOf(workspaceId, { connector: { id: 'con_b', name: 'Shop' } }))
		const write = accessOf(workspaceId, { method: 'POST', isWrite: true, route: `/wp/v2/posts/${round}` })
		await accessJournal.commit(round === 0 ? write : { ...write, password: null }, null)
		if (round === 0) accessJournal.note(accessOf(workspaceId, { decision: 'refused', problem: 'connector/paused' }))
		if (round === 1) open?.finish(outcomeOf())
		await accessJournal.flush()
	}
}
