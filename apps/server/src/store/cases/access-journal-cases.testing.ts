import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { accessOf, outcomeOf, rowsOf } from './access.testing.ts'
import { valueOf } from './place.testing.ts'

export function accessJournalCases(getStore: () => Store): void {
	describe('the record of what passes the gateway', () => {
		let store: Store
		let workspaceId = ''
		beforeEach(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
		})

		it('keeps a read with its end in one entry', async () => {
			store.accessJournal.note(accessOf(workspaceId))?.finish(outcomeOf())
			await store.accessJournal.flush()
			expect(await rowsOf(store, workspaceId)).toMatchObject([{ event: 'site.requested', seq: 1, finishes: null }])
		})

		it('keeps a write before it goes on, and its end after it', async () => {
			const write = accessOf(workspaceId, { method: 'POST', isWrite: true })
			const open = valueOf(await store.accessJournal.commit(write, null))
			expect(await rowsOf(store, workspaceId)).toMatchObject([{ event: 'site.changing', seq: 1 }])
			open.finish(outcomeOf())
			await store.accessJournal.flush()
			expect(await rowsOf(store, workspaceId)).toMatchObject([
				{ event: 'site.changing', seq: 1 },
				{ event: 'site.finished', seq: 2, finishes: 1 },
			])
		})
	})
}
