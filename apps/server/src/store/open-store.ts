import { createSecretKey, type KeyObject } from 'node:crypto'
import { fail, type Result } from '@postern/vocabulary'
import { Kysely, type RawBuilder, sql } from 'kysely'
import server from '../../package.json' with { type: 'json' }
import type { OpenedDialect } from './dialect/opened-dialect.ts'
import { openSqlite } from './dialect/sqlite/open-sqlite.ts'
import { isInTransaction } from './handle.ts'
import { guardDialect } from './dialect/guarded-driver.ts'
import { migrate, newerMigration } from './migrate.ts'
import type { StoreSchema } from './schema.ts'
import { createStore, type Store } from './store.ts'
import { StoreTrouble } from './store-trouble.ts'

/** What stands in a store before anything is written to it. */
export type FoundStore = { readonly vaultCanary: Uint8Array | undefined }

export type OpenStoreOptions = (
	| { readonly dataFolder: string }
	/** `postgres://…` */
	| { readonly databaseUrl: string }
) & {
	/** Says whether this process may use what it found, before anything is written: here a wrong vault key is noticed. */
	readonly admit?: (found: FoundStore) => Result<void>
	readonly now?: () => Date
	/** Instead of the database's clock, by which leases go; on the embedded store that is `now`. */
	readonly leaseNow?: () => Date
	/** What the audit log is chained with; 32 bytes. Asked for when something is recorded. */
	readonly auditKey: () => Uint8Array
}

/**
 * Opens the store and brings its tables up to date. Fails with `start/data-folder-in-use`, `start/data-folder-newer`,
 * `start/configuration`, `store/unavailable`, `store/full`, or what `admit` says; then nothing was changed.
 */
export async function openStore(options: OpenStoreOptions): Promise<Result<Store>> {
	try {
		const opened = await openDialect(options)
		if (!opened.ok) return opened
		return await useStore(opened.value, options)
	} catch (error) {
		if (error instanceof StoreTrouble) return { ok: false, problem: error.problem }
		throw error
	}
}

async function openDialect(options: OpenStoreOptions): Promise<Result<OpenedDialect>> {
	if ('dataFolder' in options) return openSqlite(options.dataFolder)
	// Only who uses it waits for its driver to load.
	const { openPostgres } = await import('./dialect/postgres/open-postgres.ts')
	return openPostgres(options.databaseUrl)
}

async function useStore(
	opened: OpenedDialect,
	{ admit, now = () => new Date(), leaseNow, auditKey }: OpenStoreOptions,
): Promise<Result<Store>> {
	const { found, storeDialect, path } = opened
	const newer = newerMigration(found.migrations)
	const admitted = newer === undefined ? admit?.({ vaultCanary: found.vaultCanary }) : undefined
	if (newer !== undefined || admitted?.ok === false) {
		await opened.abandon()
		if (admitted?.ok === false) return admitted
		return fail('start/data-folder-newer', { params: { path, version: found.writtenBy ?? String(newer) } })
	}
	const db = new Kysely<StoreSchema>({
		dialect: guardDialect(opened.use(), () => !isInTransaction(storeDialect)),
	})
	const close = async () => {
		await db.destroy()
		await opened.abandon()
	}
	let key: KeyObject | undefined
	const handle = {
		db,
		dialect: storeDialect,
		now,
		leaseClock: (leaseNow === undefined && storeDialect.clock) || clockOf(leaseNow ?? now),
		auditKey: () => (key ??= createSecretKey(auditKey())),
	}
	const store = createStore(handle, opened.readQuickly(), close)
	try {
		await migrate({ db, dialect: storeDialect })
		if (found.writtenBy !== server.version) await store.installation.recordVersion(server.version)
		return { ok: true, value: store }
	} catch (error) {
		await store.close()
		throw error
	}
}

function clockOf(now: () => Date): () => RawBuilder<number> {
	return () => sql<number>`cast(${now().getTime()} as bigint)`
}
