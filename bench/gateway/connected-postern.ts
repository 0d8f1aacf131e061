import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@postern/api/client'
import { contract } from '@postern/api/contract'
import { openStore } from '../../apps/server/src/store/open-store.ts'
import type { Store } from '../../apps/server/src/store/store.ts'
import { type Postern, startPostern } from '../../e2e/testing/start-postern.ts'

export type ConnectedPostern = {
	/** Where the connected site is reached through it, with a slash at the end. */
	readonly gateway: string
	readonly login: readonly [username: string, password: string]
	/** Connects the site once more: it has limits of its own for each connector. Gives the address. */
	connectAgain(): Promise<string>
	pid(): number
	/** The 99th percentile since the start. */
	loopDelayMs(): Promise<number>
	stop(): Promise<void>
}

type Options = {
	readonly siteUrl: string
	readonly credential?: { readonly username: string; readonly password: string }
	readonly preset?: 'read-only' | 'author' | 'everything'
	readonly environment?: Readonly<Record<string, string>>
	/** Done to the store once the site is connected, while nobody else has it open. */
	readonly fill?: (store: Store, workspaceId: string, dataFolder: string) => Promise<void>
	/** What may be reached besides the site. */
	readonly allowPrivate?: readonly string[]
}

const account = { email: 'bench@example.com', username: 'bench', password: 'correct horse battery staple' }
const someCredential = { username: 'bench', password: 'H5wW 1Nnt pxwX FbGR PkA3 0sfq' }
const authority = path.resolve(import.meta.dirname, '../../packages/egress/src/testing/certificates/authority.pem')
const probe = path.join(import.meta.dirname, 'report-loop-delay.ts')

/** Starts the real server, connects the site as the wizard would, and issues a password for it. */
export async function startConnectedPostern(options: Options): Promise<ConnectedPostern> {
	const {
		siteUrl,
		credential = someCredential,
		preset = 'read-only',
		environment = {},
		fill,
		allowPrivate = [],
	} = options
	const folder = await mkdtemp(path.join(tmpdir(), 'postern-bench-'))
	const report = path.join(folder, 'loop-delay')
	const dataFolder = path.join(folder, 'data')
	const launch = (): Promise<Postern> =>
		startPostern({
			dataFolder,
			allowPrivate: [new URL(siteUrl).host, ...allowPrivate].join(' '),
			environment: {
				POSTERN_LOG_LEVEL: 'warn',
				NODE_EXTRA_CA_CERTS: authority,
				NODE_OPTIONS: `--import ${probe}`,
				REPORT_LOOP_DELAY: report,
				...environment,
			},
		})
	let postern = await launch()
	try {
		const client = postern.openClient()
		const made = get(await client.call(contract.setUp, { body: { ...account, workspaceName: 'Bench' } }))
		const [membership] = made.memberships
		if (!membership) throw new Error('no workspace')
		const workspaceId = membership.workspace.id
		const connector = await connect(client, workspaceId, siteUrl, credential)
		const issued = get(
			await client.call(contract.createApplicationPassword, {
				workspaceId,
				memberId: membership.memberId,
				body: { name: 'Bench', preset },
			}),
		)
		if (fill) {
			await postern.stop()
			await fillStore(dataFolder, workspaceId, fill)
			postern = await launch()
		}
		return {
			gateway: gatewayAt(postern.origin, connector.gatewayUrl),
			login: [account.username, issued.password],
			connectAgain: async () =>
				gatewayAt(postern.origin, (await connect(client, workspaceId, siteUrl, credential)).gatewayUrl),
			pid: () => postern.pid(),
			async loopDelayMs() {
				process.kill(postern.pid(), 'SIGUSR2')
				await delay(500)
				return Number(await readFile(report, 'utf8'))
			},
			async stop() {
				await postern.stop()
				await rm(folder, { recursive: true, force: true })
			},
		}
	} catch (error) {
		await postern.stop()
		throw error
	}
}

/** It listens on another port after it was started anew. */
function gatewayAt(origin: string, gatewayUrl: string): string {
	return new URL(new URL(gatewayUrl).pathname, origin).href
}

async function fillStore(dataFolder: string, workspaceId: string, fill: Required<Options>['fill']): Promise<void> {
	const opened = await openStore({ dataFolder, auditKey: () => new Uint8Array(32) }) // nothing is recorded
	if (!opened.ok) throw new Error(opened.problem.code, { cause: opened.problem.cause })
	await fill(opened.value, workspaceId, dataFolder)
	await opened.value.close()
}

async function connect(
	client: Client,
	workspaceId: string,
	siteUrl: string,
	credential: Required<Options>['credential'],
) {
	const { username, password: applicationPassword } = credential
	const body = { type: 'wordpress-app', address: siteUrl, username, applicationPassword }
	let connectorId: string | undefined
	get(
		await client.stream(contract.verifySite, { workspaceId, body }, (event) => {
			if (event.kind === 'failed') throw new Error(event.problem.code)
			if (event.kind === 'verified') connectorId = event.connector.id
		}),
	)
	if (connectorId === undefined) throw new Error('the verification ended without a verdict')
	return get(await client.call(contract.saveConnector, { workspaceId, connectorId, body: { name: 'Bench' } }))
}

function get<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
	if (!result.ok) throw new Error(result.problem.code)
	return result.value
}
