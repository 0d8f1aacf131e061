import type { Result } from '@postern/vocabulary'
import { sql } from 'kysely'
import { newId } from '../ids.ts'
import { openStore, type OpenStoreOptions } from '../open-store.ts'
import type { Store } from '../store.ts'

/** Where a store may be opened: a data folder or a database. */
export type Place = { readonly dataFolder: string } | { readonly databaseUrl: string }

/** Gives a place nobody used before. */
export type NewPlace = () => Promise<Place>

/** A clock that stands still until a test moves it. */
export type TestClock = { now: Date }

/** What the audit log of a test is chained with. */
export const auditKey = () => new Uint8Array(32).fill(7)

export async function openAt(place: Place, options: Partial<OpenStoreOptions> = {}): Promise<Store> {
	return valueOf(await openStore({ auditKey, ...place, ...options }))
}

export function valueOf<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.problem.code, { cause: result.problem.cause })
	return result.value
}

/** Makes an account as the account library would, and gives its id. */
export async function addAccount(
	store: Store,
	username: string,
	hasSecondFactor = false,
	kind: 'person' | 'machine' = 'person',
): Promise<string> {
	const id = newId('mem')
	const isPostgres = store.type === 'postgres'
	const boolean = (value: boolean) => (isPostgres ? value : Number(value))
	const at = isPostgres ? new Date() : new Date().toISOString()
	await sql`
		insert into auth_user
			(id, name, email, "emailVerified", "createdAt", "updatedAt", username, "displayUsername", "twoFactorEnabled")
		values
			(${id}, ${username}, ${`${id}@example.com`}, ${boolean(false)}, ${at}, ${at}, ${id}, ${username}, ${boolean(hasSecondFactor)})
	`.execute(store.kysely)
	await store.accountProfiles.create(id, kind)
	return id
}
