import type { Result } from '@postern/vocabulary'
import { type AccessJournal, createAccessJournal } from './access-journal/access-journal.ts'
import { writeAccess } from './access-journal/write-access.ts'
import { type PasswordOwners, passwordOwnersOn } from './application-password/password-owners.ts'
import { passwordStorageOn, type PosternPasswordStorage } from './application-password/password-storage.ts'
import { type GatewayConnectors, gatewayConnectorsOn } from './connector/gateway-connectors.ts'
import { findDataKeyBy } from './data-keys.ts'
import type { QuickReader } from './dialect/quick-reader.ts'
import { atomically, recordAtomically, type StoreHandle } from './handle.ts'
import { StoreTrouble } from './store-trouble.ts'
import { functionsOn, type StoreFunctions } from './store-functions.ts'

export type { StoreFunctions } from './store-functions.ts'

export type Store = StoreFunctions & {
	/**
	 * All of `work` or nothing: it is undone when the result is not ok, or when it throws. Inside, only `transaction` may
	 * be used, not the store. Keep it short: on SQLite everybody else waits. Fails with `store/…` besides what `work` says.
	 */
	transaction<T>(work: (transaction: StoreFunctions) => Promise<Result<T>>): Promise<Result<T>>
	/** The same for what is done behind the scenes: on SQLite the event loop does not wait for the disk, only the caller does. */
	background<T>(work: (transaction: StoreFunctions) => Promise<Result<T>>): Promise<Result<T>>
	/** What the package of application passwords keeps them in. */
	readonly passwordStorage: PosternPasswordStorage
	/** Whose they are. Reads what is committed: nothing of a transaction that is open. */
	readonly passwordOwners: PasswordOwners
	/** The record of what passes the gateway. */
	readonly accessJournal: AccessJournal
	/** Reads what is committed. */
	readonly gatewayConnectors: GatewayConnectors
	/** Waits for what is under way. */
	close(): Promise<void>
}

export function createStore(handle: StoreHandle, reader: QuickReader, close: () => Promise<void>): Store {
	const functions = functionsOn(handle)
	const passwordStorage = passwordStorageOn({
		reader,
		functions,
		inTransaction: (work) => atomically(handle, (db) => work(functionsOn({ ...handle, db }))),
	})
	const accessJournal = createAccessJournal({
		now: handle.now,
		write: (items) => recordAtomically(handle, (db) => writeAccess({ ...handle, db }, items)),
	})
	return {
		...functions,
		passwordStorage,
		accessJournal,
		gatewayConnectors: gatewayConnectorsOn(reader),
		dataKeys: { ...functions.dataKeys, find: findDataKeyBy(reader) },
		passwordOwners: passwordOwnersOn(reader),
		transaction: (work) => transact(handle, work, atomically),
		background: (work) => transact(handle, work, recordAtomically),
		async close() {
			await Promise.all([passwordStorage.flush(), accessJournal.flush()])
			reader.close()
			await close()
		},
	}
}

/** Carries a refusal out of Kysely's transaction, which rolls back only for what is thrown. */
class RolledBack extends Error {}

async function transact<T>(
	handle: StoreHandle,
	work: (transaction: StoreFunctions) => Promise<Result<T>>,
	run: typeof atomically,
): Promise<Result<T>> {
	let outcome: Result<T> | undefined
	try {
		return await run(handle, async (db) => {
			outcome = await work(functionsOn({ ...handle, db }))
			if (!outcome.ok) throw new RolledBack()
			return outcome
		})
	} catch (error) {
		if (error instanceof RolledBack && outcome !== undefined) return outcome
		if (error instanceof StoreTrouble) return { ok: false, problem: error.problem }
		throw error
	}
}
