import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, it } from 'vitest'
import type { StoreDialect } from '../dialect/dialect.ts'
import { openPostgres } from '../dialect/postgres/open-postgres.ts'
import { openSqlite } from '../dialect/sqlite/open-sqlite.ts'
import { migrationsFor } from '../migrations/migrations.ts'
import { addAccount, type NewPlace, openAt, type Place, valueOf } from './place.testing.ts'

const before = '0003-second-factor-use'

export function numberingCases(newPlace: NewPlace): void {
	describe('a store from before application passwords', () => {
		it('gets a number for each account, in the order of their age, and keeps its members', async () => {
			const place = await newPlace()
			await makeOldStore(place)
			const store = await openAt(place)
			const numberOf = async (id: string) => (await store.accountProfiles.find(id))?.number
			expect(await Promise.all(['old', 'older', 'oldest'].map(numberOf))).toEqual([3, 2, 1])
			expect(await store.members.list('ws_old')).toMatchObject([
				{ accountId: 'old', role: 'owner', kind: 'person', email: 'old@example.com' },
				{ accountId: 'older', role: 'viewer', kind: 'person' },
			])
			expect(await store.passwordOwners.findByLogin('older')).toMatchObject({ id: 2, apiLogin: null })
			const newcomer = await addAccount(store, 'newcomer')
			expect(await store.accountProfiles.find(newcomer)).toEqual({ number: 4, kind: 'person' })
			await store.close()
		})
	})
}

async function makeOldStore(place: Place): Promise<void> {
	const opened = valueOf('dataFolder' in place ? openSqlite(place.dataFolder) : await openPostgres(place.databaseUrl))
	const dialect = opened.storeDialect
	const db = new Kysely<unknown>({ dialect: opened.use() })
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } })
	const { error } = await migrator.migrateTo(before)
	if (error !== undefined) throw new Error('the old tables could not be made', { cause: error })
	for (const [index, id] of ['old', 'older', 'oldest'].entries()) await insertAccount(db, dialect, { id, age: index })
	await sql`insert into workspace (id, name, created_at) values ('ws_old', 'Old', 1)`.execute(db)
	for (const [id, role] of [
		['old', 'owner'],
		['older', 'viewer'],
	])
		await sql`
			insert into member (id, workspace_id, account_id, role, created_at)
			values (${`mem_${id}`}, 'ws_old', ${id}, ${role}, 1)
		`.execute(db)
	await db.destroy()
	await opened.abandon()
}

async function insertAccount(
	db: Kysely<unknown>,
	{ type }: StoreDialect,
	{ id, age }: { readonly id: string; readonly age: number },
): Promise<void> {
	const created = new Date(Date.UTC(2026, 0, 10 - age))
	const at = type === 'postgres' ? created : created.toISOString()
	const no = type === 'postgres' ? false : 0
	await sql`
		insert into auth_user (id, name, email, "emailVerified", "createdAt", "updatedAt", username, "displayUsername")
		values (${id}, ${id}, ${`${id}@example.com`}, ${no}, ${at}, ${at}, ${id}, ${id})
	`.execute(db)
}
