import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { StoreDialect } from './dialect/dialect.ts'
import type { StoreSchema } from './schema.ts'

/** What every group of functions works on: the store itself, or one transaction of it. */
export type StoreHandle = {
	readonly db: Kysely<StoreSchema>
	readonly dialect: StoreDialect
	readonly now: () => Date
}

const openTransactions = new AsyncLocalStorage<ReadonlySet<StoreDialect>>()

/** Whether the code that runs now was called from inside a transaction of this store. */
export function isInTransaction(dialect: StoreDialect): boolean {
	return openTransactions.getStore()?.has(dialect) ?? false
}

/** Runs `work` in the transaction of the handle, or in one of its own. */
export function atomically<T>(handle: StoreHandle, work: (db: Kysely<StoreSchema>) => Promise<T>): Promise<T> {
	if (handle.db.isTransaction) return work(handle.db)
	const open = new Set(openTransactions.getStore()).add(handle.dialect)
	return handle.db.transaction().execute((transaction) => openTransactions.run(open, () => work(transaction)))
}
