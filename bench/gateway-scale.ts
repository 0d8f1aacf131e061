import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import { sql } from 'kysely'
import type { Store } from '../apps/server/src/store/store.ts'
import type { Figure } from './figure.ts'
import { type ConnectedPostern, startConnectedPostern } from './gateway/connected-postern.ts'
import { routes, startStaticSite } from './gateway/static-site.ts'
import { compareServers, type Candidate } from './paired/compare-servers.ts'

const bench = 'gateway-scale'
const connectors = 100_000
const passwords = 1_000_000
const load = { rounds: 9, ms: 1_200, connections: 32 }

/** The same request through a store of one connector and one password, and through one of many. */
export async function run(): Promise<readonly Figure[]> {
	const site = await startStaticSite()
	const few = await startConnectedPostern({ siteUrl: site.url })
	const many = await startConnectedPostern({ siteUrl: site.url, fill })
	try {
		const [alone, twin, among] = await compareServers(
			[candidate('alone', few), candidate('alone again', few), candidate('among many', many)],
			load,
		)
		if (!alone || !twin || !among || alone.failed + among.failed > 0) throw new Error('answers failed')
		const against = 'one of each'
		return [
			{ bench, figure: 'one connector, one password, CPU', value: alone.cpuUs, unit: 'µs' },
			{ bench, figure: 'the same again (A/A), CPU', value: twin.cpuUs, unit: 'µs', against, ratio: twin.ratio },
			{
				bench,
				figure: '100,000 connectors, 1,000,000 passwords, CPU',
				value: among.cpuUs,
				unit: 'µs',
				against,
				ratio: among.ratio,
				aim: '≤ 1.2 ×',
			},
		]
	} finally {
		await Promise.all([few.stop(), many.stop(), site.stop()])
	}
}

function candidate(name: string, { gateway, login, pid }: ConnectedPostern): Candidate {
	const { host, port, pathname } = new URL(gateway)
	const authorization = formatBasicCredentials(login[0], new Secret(login[1]))
	const head = `GET ${pathname.slice(0, -1)}${routes['2 KB']} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json`
	return { name, port: Number(port), pid: pid(), request: `${head}\r\nAuthorization: ${authorization}\r\n\r\n` }
}

/** Copies the one connector and the one password; slugs, ids and hashes are others. */
async function fill({ kysely }: Store, workspaceId: string): Promise<void> {
	const copy = async (
		table: 'connector' | 'application_password',
		count: number,
		changed: Readonly<Record<string, string>>,
	) => {
		const [row] = await kysely.selectFrom(table).selectAll().where('workspace_id', '=', workspaceId).execute()
		const columns = Object.keys(row ?? {}).filter((name) => name !== 'position')
		const values = columns.map((name) => sql.raw(changed[name] ?? `"${name}"`))
		await sql`with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${sql.lit(count)})
			insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
			select ${sql.join(values)} from numbers, (select * from ${sql.table(table)} limit 1)`.execute(kysely)
	}
	await sql`pragma cache_size = -1000000`.execute(kysely)
	await copy('connector', connectors, { id: "'con_' || lower(hex(randomblob(16)))", slug: "slug || '-' || i" })
	await copy('application_password', passwords, {
		uuid: 'lower(hex(randomblob(16))) || i',
		hash: 'lower(hex(randomblob(32)))',
	})
	await sql`pragma wal_checkpoint(truncate)`.execute(kysely)
}
