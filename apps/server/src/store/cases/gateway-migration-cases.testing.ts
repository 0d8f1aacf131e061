import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { describe, expect, it } from 'vitest'
import { openPostgres } from '../dialect/postgres/open-postgres.ts'
import { openSqlite } from '../dialect/sqlite/open-sqlite.ts'
import { migrationsFor } from '../migrations/migrations.ts'
import { type NewPlace, openAt, type Place, valueOf } from './place.testing.ts'

const before = '0008-authorize-requests'
const actor = { kind: 'member', id: 'mem_a', name: 'Mia' } as const

export function gatewayMigrationCases(newPlace: NewPlace): void {
	describe('a store from before the gateway', () => {
		it('gets a name in addresses for each connector, and goes on with its audit log', async () => {
			const place = await newPlace()
			await makeOldStore(place)
			const store = await openAt(place)
			const { connectors } = valueOf(await store.connectors.page({ workspaceId: 'ws_old', sort: 'created', limit: 9 }))
			expect(
				connectors.map(({ id, slug, state, site }) => [
					id,
					slug,
					state,
					site.namespaces,
					site.postTypes,
					site.taxonomies,
				]),
			).toEqual([
				['con_c', 'other-example', 'healthy', [], [], []],
				['con_b', 'blog-example-2', 'healthy', [], [], []],
				['con_a', 'blog-example', 'healthy', [], [], []],
			])
			const asBefore = {
				transport: 'rest',
				edgeUsername: null,
				certificatePin: null,
				credentialFrom: 'pasted',
				isRotated: true,
			}
			for (const connector of connectors) expect(connector).toMatchObject(asBefore)
			const checks = await Promise.all(connectors.map(({ id }) => store.jobs.find('connector.check', id)))
			const times = checks.flatMap((check) => check?.runAt.getTime() ?? [])
			expect(new Set(times).size, 'each is looked at, at another time').toBe(3)
			expect(Math.max(...times)).toBeLessThanOrEqual(Date.now() + 86_400_000)
			expect(await store.gatewayConnectors.findBySlug('blog-example')).toMatchObject({ id: 'con_a' })
			await store.connectors.delete('ws_old', 'con_a')
			expect(await store.gatewayConnectors.findBySlug('blog-example')).toBeUndefined()
			const target = { kind: 'connector', id: 'con_a', name: 'Blog' }
			const entry = { workspaceId: 'ws_old', event: 'connector.deleted', actor, target, params: {} } as const
			expect(await store.audit.record({ ...entry, requestId: null })).toMatchObject({ seq: 3 })
			expect(await store.audit.verify('ws_old')).toEqual({ isWhole: true, entries: 3, unchained: 2 })
			const found = valueOf(await store.audit.page({ workspaceId: 'ws_old', limit: 9, connector: 'con_a' }))
			expect(found.entries.map(({ seq }) => seq)).toEqual([3, 1])
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
	await sql`insert into workspace (id, name, created_at) values ('ws_old', 'Old', 1)`.execute(db)
	for (const [index, [id, host]] of [
		['con_a', 'blog.example'],
		['con_b', 'blog.example'],
		['con_c', 'other.example'],
	].entries())
		await sql`
			insert into connector (
				id, workspace_id, type, phase, name, name_search, host, host_search, site_url, site_origin, site_title, home_url,
				api_root_url, api_root_style, admin_url, site_username, site_user_id, site_display_name, roles, permissions,
				capabilities, notes, sealed, seal_version, state, created_by, created_at, updated_at, row_version
			) values (
				${id}, 'ws_old', 'wordpress-app', 'saved', 'Blog', 'blog', ${host}, ${host}, ${`https://${host}/`},
				${`https://${host}`}, 'Title', ${`https://${host}/`}, ${`https://${host}/wp-json/`}, 'path',
				${`https://${host}/wp-admin/`}, 'yuki', 2, 'Yuki', '[]', '[]', '[]', '[]', ${Uint8Array.of(1)}, 1, 'healthy',
				'mem_a', ${index}, ${index}, 1
			)
		`.execute(db)
	for (const [seq, id] of [
		[1, 'con_a'],
		[2, 'con_b'],
	])
		await sql`
			insert into audit_event (id, workspace_id, seq, at, event, actor_kind, target_kind, target_id, target_name, params)
			values (${`evt_${seq}`}, 'ws_old', ${seq}, 1, 'connector.created', 'member', 'connector', ${id}, 'Blog', '{}')
		`.execute(db)
	await sql`insert into audit_counter (scope, seq) values ('ws_old', 2)`.execute(db)
	await db.destroy()
	await opened.abandon()
}
