import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Kysely, sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openSqlite } from '../dialect/sqlite/open-sqlite.ts'
import { migrate } from '../migrate.ts'
import type { StoreSchema } from '../schema.ts'
import { matching } from './connector-filter.ts'
import { sortKeys } from './connector-order.ts'

/** How SQLite would find the first rows of a list. */
async function planOf(sort: 'name' | 'created' | 'state', filter: object = {}): Promise<string[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-order-'))
	const opened = openSqlite(folder)
	if (!opened.ok) throw new Error(opened.problem.code)
	const { storeDialect: dialect } = opened.value
	const db = new Kysely<StoreSchema>({ dialect: opened.value.use() })
	onTestFinished(async () => {
		await db.destroy()
		await opened.value.abandon()
		rmSync(folder, { recursive: true })
	})
	await migrate({ db, dialect })
	const leaseClock = () => sql<number>`0`
	const auditKey = () => expect.fail('nothing is recorded')
	const handle = { db, dialect, now: () => new Date(), leaseClock, auditKey }
	let query = matching(handle, { workspaceId: 'ws_1', ...filter }).select('id')
	for (const index of sort === 'state' ? [0, 1, 2] : [0, 1])
		query = query.orderBy((build) => sortKeys(build, sort)[index] ?? build.ref('id'))
	const compiled = query.limit(50).compile()
	const plan = sql<{ detail: string }>`explain query plan ${sql.raw(literal(compiled))}`
	return (await plan.execute(db)).rows.map(({ detail }) => detail)
}

/** SQLite plans alike whatever the values are. */
function literal({ sql: text }: { readonly sql: string }): string {
	return text.replaceAll('?', "'x'")
}

it.each([
	['name', 'connector_by_name', {}],
	['created', 'connector_by_age', {}],
	['state', 'connector_by_urgency', {}],
	['state', 'connector_by_urgency', { search: 'garden', owner: 'acc_1', type: 'ghost' }],
] as const)('reads the list by %s from %s alone, in its order', async (sort, index, filter) => {
	const plan = await planOf(sort, filter)
	expect(plan[0]).toContain(`USING COVERING INDEX ${index} (workspace_id=? AND phase=?)`)
	expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([])
})
