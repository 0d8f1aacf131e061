import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from '@postern/api/client'
import { contract } from '@postern/api/contract'
import { openStore } from '../apps/server/src/store/open-store.ts'
import { startPostern } from '../e2e/testing/start-postern.ts'
import { startPostgres } from '../scripts/testing/postgres.ts'
import type { Figure } from './figure.ts'
import { auditKey, fill, type Place, queries } from './store-connectors.ts'

const workspaces = 100 // of 10,000 connectors each: a million
const warmUpRounds = 20
const rounds = 200
const account = { email: 'bench@example.com', username: 'bench', password: 'correct horse battery staple' }

/** A page and a search of 10,000 connectors among a million, over HTTP, signed in, as the web app asks. */
export async function run(): Promise<readonly Figure[]> {
	const server = await startPostgres()
	try {
		return [...(await measure('sqlite', undefined)), ...(await measure('postgres', server.databaseUrl))]
	} finally {
		await server.stop()
	}
}

async function measure(dialect: string, databaseUrl: string | undefined): Promise<Figure[]> {
	const dataFolder = mkdtempSync(path.join(tmpdir(), 'postern-bench-'))
	const environment = { POSTERN_LOG_LEVEL: 'warn', ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) }
	try {
		await setUp({ dataFolder, environment })
		await fillStore(databaseUrl === undefined ? { dataFolder } : { databaseUrl })
		const postern = await startPostern({ dataFolder, environment })
		try {
			const client = postern.openClient()
			await client.call(contract.signIn, { body: { username: account.username, password: account.password } })
			return await timeQueries(dialect, client)
		} finally {
			await postern.stop()
		}
	} finally {
		rmSync(dataFolder, { recursive: true, force: true })
	}
}

async function setUp(options: Parameters<typeof startPostern>[0]): Promise<void> {
	const postern = await startPostern(options)
	const made = await postern.openClient().call(contract.setUp, { body: { ...account, workspaceName: 'Bench' } })
	await postern.stop()
	if (!made.ok) throw new Error(made.problem.code)
}

/** Fills the store while nobody else has it open, and makes the account a member of one of the hundred. */
async function fillStore(place: Place): Promise<void> {
	const opened = await openStore({ ...place, auditKey })
	if (!opened.ok) throw new Error(opened.problem.code, { cause: opened.problem.cause })
	const store = opened.value
	await fill(store, workspaces)
	const { id } = await store.kysely.selectFrom('auth_user').select('id').executeTakeFirstOrThrow()
	await store.members.add({ workspaceId: 'ws_0', accountId: id, role: 'owner' })
	await store.close()
}

async function timeQueries(dialect: string, client: Client): Promise<Figure[]> {
	const figures: Figure[] = []
	for (const [name, queryOf] of queries) {
		const times: number[] = []
		for (let round = -warmUpRounds; round < rounds; round += 1) {
			const query = queryOf(Math.abs(round))
			const startedAt = performance.now()
			const page = await client.call(contract.listConnectors, { workspaceId: 'ws_0', query })
			if (!page.ok) throw new Error(page.problem.code)
			if (round >= 0) times.push(performance.now() - startedAt)
		}
		const sorted = times.toSorted((a, b) => a - b)
		const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
		const figure = `${dialect}, API: ${name}`
		figures.push({ bench: 'api-connectors', figure: `${figure}, p50`, value: at(0.5), unit: 'ms' })
		figures.push({ bench: 'api-connectors', figure: `${figure}, p99`, value: at(0.99), unit: 'ms', aim: '< 20 ms' })
	}
	return figures
}
