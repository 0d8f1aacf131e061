import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardDialect } from '../guarded-driver.ts'
import { nodeSqliteDialect } from './node-sqlite-driver.ts'

type Things = { thing: { id: number; name: string } }

let db: Kysely<Things>

beforeEach(async () => {
	db = new Kysely<Things>({ dialect: guardDialect(nodeSqliteDialect(new DatabaseSync(':memory:')), () => true) })
	await sql`create table thing (id integer primary key, name text unique)`.execute(db)
	for (const name of ['a', 'b', 'c'])
		await db
			.insertInto('thing')
			.values({ id: name.charCodeAt(0), name })
			.execute()
})
afterEach(() => db.destroy())

describe('the SQLite driver', () => {
	it('streams rows, and goes on when the reader stops halfway', async () => {
		const query = db.selectFrom('thing').select('name').orderBy('name')
		const names: string[] = []
		for await (const { name } of query.stream()) names.push(name)
		expect(names).toEqual(['a', 'b', 'c'])
		for await (const { name } of query.stream()) if (name === 'b') break
		expect(await db.deleteFrom('thing').where('name', '=', 'c').executeTakeFirst()).toMatchObject({
			numDeletedRows: 1n,
		})
	})

	it('counts what a statement changed, and gives rows of one that returns them', async () => {
		const updated = await db
			.updateTable('thing')
			.set({ name: sql`name || '!'` })
			.where('id', '>', 97)
			.executeTakeFirst()
		expect(updated.numUpdatedRows).toBe(2n)
		const returned = await db.deleteFrom('thing').where('name', '=', 'a').returning('id').execute()
		expect(returned).toEqual([{ id: 97 }])
		const inserted = await db.insertInto('thing').values({ id: 5, name: 'five' }).executeTakeFirst()
		expect(inserted.insertId).toBe(5n)
	})

	it('keeps working after more different statements than it remembers', async () => {
		for (let count = 0; count < 600; count += 1) {
			const { rows } = await sql<{ n: number }>`select ${sql.lit(count)} as n`.execute(db)
			expect(rows[0]?.n).toBe(count)
		}
		expect(await db.selectFrom('thing').select('name').execute()).toHaveLength(3)
	})

	it('refuses a value that SQLite would not keep as it is', async () => {
		for (const value of [true, undefined, new Date(), { a: 1 }]) {
			await expect(sql`select ${value} as value`.execute(db)).rejects.toThrow(TypeError)
		}
	})

	it('gives the connection to the next one after an error', async () => {
		const twice = (on: Kysely<Things>) => on.insertInto('thing').values({ id: 1, name: 'a' }).execute()
		await expect(twice(db)).rejects.toThrow(/UNIQUE/)
		await expect(db.transaction().execute(twice)).rejects.toThrow(/UNIQUE/)
		expect(await db.selectFrom('thing').select('id').execute()).toHaveLength(3)
	})
})
