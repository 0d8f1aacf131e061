import type { Dialect } from 'kysely'
import type { QuickReader } from './quick-reader.ts'
import type { StoreDialect } from './dialect.ts'

/** What a store says of itself before anything is written to it. */
export type FoundInStore = {
	readonly migrations: readonly string[]
	/** The version of Postern that wrote last. */
	readonly writtenBy: string | undefined
	readonly vaultCanary: Uint8Array | undefined
}

export const emptyStore: FoundInStore = { migrations: [], writtenBy: undefined, vaultCanary: undefined }

/** Reads the rows of the tables `kysely_migration` and `installation`. */
export function readFound(
	migrations: readonly { name: string }[],
	installation: readonly { key: string; value: string }[],
): FoundInStore {
	const values = new Map(installation.map(({ key, value }) => [key, value]))
	const canary = values.get('vault-canary')
	return {
		migrations: migrations.map(({ name }) => name),
		writtenBy: values.get('written-by'),
		vaultCanary: canary === undefined ? undefined : Buffer.from(canary, 'base64'),
	}
}

/** A store that was reached and looked at, and is not written to yet. */
export type OpenedDialect = {
	/** For messages: the data folder, or the database's address without its password. */
	readonly path: string
	readonly storeDialect: StoreDialect
	readonly found: FoundInStore
	/** Opens it for writing. */
	use(): Dialect
	/** For use once the tables are up to date, and before `abandon`. */
	readQuickly(): QuickReader
	/** Lets go of what `use` does not own: the lock of the folder, the first connection. */
	abandon(): Promise<void>
}
