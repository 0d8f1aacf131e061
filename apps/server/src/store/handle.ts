import { AsyncLocalStorage } from 'node:async_hooks'
import type { KeyObject } from 'node:crypto'
import type { Kysely, RawBuilder } from 'kysely'
import type { StoreDialect } from './dialect/dialect.ts'
import type { StoreSchema } from './schema.ts'

/** What every group of functions works on: the store itself, or one transaction of it. */
export type StoreHandle = {
	readonly db: Kysely<StoreSchema>
	readonly dialect: StoreDialect
	readonly now: () => Date
	/** What leases go by, in ms: one clock for all nodes, whatever their own say. */
	readonly leaseClock: () => RawBuilder<number>
	/** What the audit log is chained with. */
	readonly auditKey: () => KeyObject
}

type Transaction = { readonly dialect: StoreDialect; isOpen: boolean; readonly outer: Transaction | undefined }

const transactions = new AsyncLocalStorage<Transaction>()

/** Whether the code that runs now was called from inside a transaction of this store that is still open. */
export function isInTransaction(dialect: StoreDialect): boolean {
	let transaction = transactions.getStore()
	while (transaction !== undefined) {
		if (transaction.dialect === dialect && transaction.isOpen) return true
		transaction = transaction.outer
	}
	return false
}

/** Runs `work` in the transaction of the handle, or in one of its own. */
export function atomically<T>(handle: StoreHandle, work: (db: Kysely<StoreSchema>) => Promise<T>): Promise<T> {
	if (handle.db.isTransaction) return work(handle.db)
	return handle.db.transaction().execute(async (db) => {
		const transaction = { dialect: handle.dialect, isOpen: true, outer: transactions.getStore() }
		try {
			return await transactions.run(transaction, () => work(db))
		} finally {
			transaction.isOpen = false // work left running in the background may use the store again
		}
	})
}

/**
 * Runs work in a transaction of its own that others need not wait for. When this is over it is on the disk; on SQLite the event loop did not
 * wait for that.
 */
export async function recordAtomically<T>(
	handle: StoreHandle,
	work: (db: Kysely<StoreSchema>) => Promise<T>,
): Promise<T> {
	const { disk } = handle.dialect
	if (disk === undefined) return atomically(handle, work)
	const recorded = await handle.db.connection().execute(async (db) => {
		disk.doNotWait()
		try {
			return await atomically({ ...handle, db }, work)
		} finally {
			disk.wait()
		}
	})
	await disk.reached()
	return recorded
}
