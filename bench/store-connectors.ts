import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import { openStore } from '../apps/server/src/store/open-store.ts'
import type { ConnectorQuery } from '../apps/server/src/store/connector/connector.ts'
import type { StoreSchema } from '../apps/server/src/store/schema.ts'
import type { Store } from '../apps/server/src/store/store.ts'
import { startPostgres } from '../scripts/testing/postgres.ts'
import type { Figure } from './figure.ts'

/** Where a store may be opened. */
export type Place = { readonly dataFolder: string } | { readonly databaseUrl: string }

export const auditKey = () => new Uint8Array(32)

const connectorsOfOurs = 10_000
const workspaces = 100 // of 10,000 connectors each: a million
const warmUpRounds = 20
const rounds = 200
const limit = 50

/** A page and a search in one workspace of 10,000 connectors: alone in the store, and among a million. */
export async function run(): Promise<readonly Figure[]> {
	return [...(await measureSqlite()), ...(await measurePostgres())]
}

async function measureSqlite(): Promise<Figure[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-bench-'))
	try {
		return await measure('sqlite', (name) => ({ dataFolder: path.join(folder, name) }))
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

async function measurePostgres(): Promise<Figure[]> {
	const server = await startPostgres()
	try {
		const urls = { alone: server.databaseUrl, among: await server.createDatabase() }
		return await measure('postgres', (name) => ({ databaseUrl: urls[name] }))
	} finally {
		await server.stop()
	}
}

type Situation = 'alone' | 'among'

async function measure(dialect: string, place: (name: Situation) => Place): Promise<Figure[]> {
	const alone = await timeQueries(place('alone'), 1)
	const among = await timeQueries(place('among'), workspaces)
	return among.flatMap(({ query, p50, p99 }, index) => {
		const before = alone[index]
		const name = `${dialect}: ${query}`
		const against = 'the same workspace alone'
		return [
			{
				bench: 'store-connectors',
				figure: `${name}, p50`,
				value: p50,
				unit: 'ms',
				against,
				ratio: p50 / (before?.p50 ?? NaN),
			},
			{ bench: 'store-connectors', figure: `${name}, p99`, value: p99, unit: 'ms', aim: '< 20 ms' },
		]
	})
}

type Timing = { readonly query: string; readonly p50: number; readonly p99: number }

async function timeQueries(place: Place, count: number): Promise<Timing[]> {
	const opened = await openStore({ ...place, auditKey })
	if (!opened.ok) throw new Error(opened.problem.code, { cause: opened.problem.cause })
	const store = opened.value
	try {
		await fill(store, count)
		const timings: Timing[] = []
		for (const [query, search] of queries) timings.push({ query, ...(await timeQuery(store, search)) })
		return timings
	} finally {
		await store.close()
	}
}

/** What the list is asked for. */
export type Asked = Pick<ConnectorQuery, 'search' | 'state' | 'type' | 'tag' | 'owner' | 'order' | 'cursor'> & {
	readonly sort?: ConnectorQuery['sort']
}

/** What is asked for, round by round, so that no answer is kept anywhere. */
export const queries: readonly (readonly [string, (round: number) => Asked])[] = [
	['first page', () => ({})],
	['a page further down', (round) => ({ cursor: cursorAt('name', 'asc', `site ${round * 49}`) })],
	['search, one host', (round) => ({ search: `site-${round * 49}.ex` })],
	['search, part of many names', (round) => ({ search: `Garden ${round % 10}` })],
	['search, nothing found', (round) => ({ search: `nobody-${round}` })],
	['one state', (round) => ({ state: round % 2 === 0 ? 'unreachable' : 'paused' })],
	['one type', (round) => ({ type: round % 2 === 0 ? 'wordpress-app' : 'ghost' })],
	['one owner', (round) => ({ owner: `acc_${round % 8}` })],
	['a tag of half of all', (round) => ({ tag: round % 2 === 0 ? 'Half' : 'half' })],
	['a tag of ten', () => ({ tag: 'rare' })],
	[
		'a tag, a state, an owner and a search',
		(round) => ({ tag: 'half', state: 'healthy', owner: 'acc_1', search: `1${round % 10}` }),
	],
	[
		'the newest, a page further down',
		(round) => ({ sort: 'created', cursor: cursorAt('created', 'desc', round * 5_000) }),
	],
	['the last checked', (round) => ({ sort: 'checked', order: round % 2 === 0 ? 'asc' : 'desc' })],
	[
		'the last checked, a page further down',
		(round) => ({ sort: 'checked', cursor: cursorAt('checked', 'desc', round * 5_000) }),
	],
	['by state', () => ({ sort: 'state' })],
	[
		'by state, a page further down',
		(round) => ({ sort: 'state', cursor: cursorAt('state', 'asc', 6, `site ${round * 49}`) }),
	],
	['by state, with a tag of half', () => ({ sort: 'state', tag: 'half' })],
]

async function timeQuery(store: Store, queryOf: (round: number) => Asked) {
	const times: number[] = []
	for (let round = -warmUpRounds; round < rounds; round += 1) {
		const asked = queryOf(Math.abs(round))
		const startedAt = performance.now()
		const page = await store.connectors.page({ workspaceId: 'ws_0', sort: 'name', limit, ...asked })
		if (round >= 0) times.push(performance.now() - startedAt)
		if (!page.ok) throw new Error(page.problem.code)
	}
	const sorted = times.toSorted((a, b) => a - b)
	const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN
	return { p50: at(0.5), p99: at(0.99) }
}

/** The form of a cursor is the store's own affair; here it stands for a page somebody had reached. */
function cursorAt(...values: readonly (string | number)[]): string {
	return Buffer.from(JSON.stringify([...values, 'con_'])).toString('base64url')
}

const batch = 50_000

/** Workspaces take turns row by row, so that no page of the store belongs to one alone. */
export async function fill({ kysely, type }: Store, count: number): Promise<void> {
	for (let workspace = 0; workspace < count; workspace += 1) {
		await sql`insert into workspace (id, name, created_at) values (${`ws_${workspace}`}, 'W', 0)`.execute(kysely)
	}
	if (type === 'sqlite') await sql`pragma cache_size = -1000000`.execute(kysely)
	const rows = connectorsOfOurs * count
	for (let from = 0; from < rows; from += batch)
		await insertRows(kysely, type, from, Math.min(from + batch, rows), count)
	await tagRows(kysely)
	if (type === 'sqlite') {
		await sql`pragma cache_size = -16384`.execute(kysely) // as the server has it
		await sql`pragma wal_checkpoint(truncate)`.execute(kysely)
	} else {
		await sql`vacuum analyze connector, connector_tag`.execute(kysely) // the server's own housekeeping would come later
		await sql`checkpoint`.execute(kysely)
	}
}

async function insertRows(db: Kysely<StoreSchema>, type: Store['type'], from: number, to: number, count: number) {
	const series =
		type === 'sqlite'
			? sql`with recursive numbers(i) as (select ${sql.lit(from)} union all select i + 1 from numbers where i + 1 < ${sql.lit(to)})`
			: sql`with numbers(i) as (select * from generate_series(${sql.lit(from)}, ${sql.lit(to - 1)}))`
	const random = type === 'sqlite' ? sql`lower(hex(randomblob(16)))` : sql`md5(i || random()::text)`
	const sealed = type === 'sqlite' ? sql`zeroblob(61)` : sql`decode(repeat('00', 61), 'hex')`
	const each = sql`(i / ${sql.lit(count)})`
	const capabilities = JSON.stringify(Array.from({ length: 30 }, (_, index) => `edit_others_things_${index}`))
	await sql`
		insert into connector (
			id, workspace_id, type, phase, name, name_search, host, host_search, site_url, site_origin, site_title, home_url,
			api_root_url, api_root_style, authorization_endpoint, admin_url, wordpress_version, site_username, site_user_id,
			site_display_name, roles, permissions, capabilities, password_uuid, password_name, notes, sealed, seal_version,
			state, is_paused, checked_at, latency_ms, created_by, created_at, updated_at, row_version, slug, tags
		)
		${series}
		select
			'con_' || ${random}, 'ws_' || (i % ${sql.lit(count)}), 'wordpress-app', 'saved',
			'Site ' || ${each} || ' Garden ' || (${each} % 100), 'site ' || ${each} || ' garden ' || (${each} % 100),
			'site-' || ${each} || '.example', 'site-' || ${each} || '.example',
			'https://site-' || ${each} || '.example/', 'https://site-' || ${each} || '.example', 'Garden',
			'https://site-' || ${each} || '.example/', 'https://site-' || ${each} || '.example/wp-json/', 'path',
			'https://site-' || ${each} || '.example/wp-admin/authorize-application.php',
			'https://site-' || ${each} || '.example/wp-admin/', '6.8.3', 'editor', 2, 'Editor', '["editor"]',
			'["read","draft","publish"]', ${capabilities}, '0a6f0e5c-9f55-4f9a-8f8b-3b1c7f1f3a01', 'Postern', '[]', ${sealed}, 1,
			case ${each} % 10 when 1 then 'unreachable' when 2 then 'needs-attention' else 'healthy' end,
			case when ${each} % 20 = 3 then 1 else 0 end,
			i, 100, 'acc_' || (${each} % 8), i, i, 1, 'site-' || i,
			case when ${each} % 1000 = 0 then '["Half","rare"]' when ${each} % 2 = 0 then '["Half"]' else '[]' end
		from numbers
	`.execute(db)
}

/** Every second connector has one tag, and ten of each workspace another. */
async function tagRows(db: Kysely<StoreSchema>): Promise<void> {
	for (const [tag, key] of [
		['Half', 'half'],
		['rare', 'rare'],
	] as const)
		await sql`
			insert into connector_tag (workspace_id, tag_key, connector_id, tag)
			select workspace_id, ${key}, id, ${tag} from connector where tags like ${`%"${tag}"%`}
		`.execute(db)
}
