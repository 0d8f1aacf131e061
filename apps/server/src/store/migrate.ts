import { Migrator } from 'kysely/migration'
import { toStoreTrouble } from './store-trouble.ts'
import type { StoreHandle } from './handle.ts'
import { knownMigrations, migrationsFor } from './migrations/migrations.ts'

/** Brings the tables up to this version of Postern; a second process that starts at the same time waits. */
export async function migrate({ db, dialect }: Pick<StoreHandle, 'db' | 'dialect'>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } })
	const { error } = await migrator.migrateToLatest()
	if (error !== undefined) throw toStoreTrouble(error)
}

/** Names the last migration of a newer Postern among the executed ones, if there is one. */
export function newerMigration(executed: readonly string[]): string | undefined {
	return executed.toSorted().findLast((name) => !knownMigrations.includes(name))
}
