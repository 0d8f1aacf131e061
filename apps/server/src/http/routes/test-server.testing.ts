import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEgress, portsOf } from '@postern/egress'
import { createVault, openKeySource, type Vault } from '@postern/vault'
import { Secret, type Result } from '@postern/vocabulary'
import { pino } from 'pino'
import type { Accounts } from '../../accounts/accounts.ts'
import { openAccounts } from '../../accounts/open-accounts.ts'
import { readConfiguration } from '../../configuration.ts'
import { gatewayOrigin } from '../../wire/gateway-address.ts'
import { createGatewayDoor } from '../../gateway/gateway-door.ts'
import { createGateway } from '../../gateway/gateway.ts'
import { createAttemptLimit } from '../../flows/attempt-limit.ts'
import type { RotationPorts } from '../../flows/rotate-connector/rotation-ports.ts'
import { createRotationRunner, type RotationRunner } from '../../jobs/rotation-runner.ts'
import { openAppPasswords } from '../../open-app-passwords.ts'
import { openProvider } from '../../open-provider.ts'
import { proveHere } from '../../probe/prove-here.testing.ts'
import type { PosternAppPasswords } from '../../store/application-password/application-password.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'
import { accountSessions } from '../account-sessions.ts'
import { createAuthorizeDoor } from '../authorize/authorize-door.ts'
import { holdContract } from '../hold-contract.testing.ts'
import { createHttp, listen } from '../listen.ts'
import { createProvider } from '../provider.ts'
import { passwordReader } from '../read-password.ts'
import { accountHandlers } from './accounts.ts'
import { activityHandlers } from './activity.ts'
import { applicationPasswordHandlers } from './application-passwords.ts'
import { createApprovalReturn } from '../approval-return.ts'
import { approvalHandlers } from './approvals.ts'
import { aboutHandlers } from './about.ts'
import { connectLinkHandlers } from './connect-links.ts'
import { connectorToolHandlers } from './connector-tools.ts'
import { connectorHandlers } from './connectors.ts'
import { webhookHandlers } from './webhooks.ts'
import { workspaceHandlers } from './workspaces.ts'

export type TestServer = {
	readonly store: Store
	readonly accounts: Accounts
	readonly appPasswords: PosternAppPasswords
	readonly vault: Vault
	/** Not started: it only goes on with what was begun. */
	readonly rotations: RotationRunner
	/** For a look at what is due. */
	readonly rotating: Omit<RotationPorts, 'signal'>
	readonly dataFolder: string
	readonly port: number
	readonly origin: string
	/** What the server logged, a JSON line each. */
	readonly logged: string[]
	browser(from?: { ip?: string; userAgent?: string }): Browser
	stop(): Promise<void>
}

export type Answer = {
	readonly status: number
	readonly headers: IncomingHttpHeaders
	readonly text: string
	/** Parsed, where there is JSON. */
	readonly body: any // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of every endpoint
}

export type Browser = {
	readonly cookies: Map<string, string>
	call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
	/** Sends bytes as they are, below `/api/v1`. */
	send(
		method: string,
		path: string,
		body: string | Uint8Array,
		headers: Readonly<Record<string, string>>,
	): Promise<Answer>
	/** Asks for any path, as a browser does for a page; with a form, or another body, it is sent. */
	open(target: string, form?: URLSearchParams | string, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

const auditKey = () => new Uint8Array(32)

type Options = {
	readonly environ?: Readonly<Record<string, string>>
	readonly setupToken?: Secret
	readonly now?: () => Date
	/** PostgreSQL instead of SQLite. */
	readonly databaseUrl?: string
}

/** Starts the real HTTP server over a real store in a new folder. Its proxy is 127.0.0.1, so that tests can come from anywhere. */
export async function startTestServer({
	environ = {},
	setupToken,
	now = () => new Date(),
	databaseUrl,
}: Options = {}): Promise<TestServer> {
	const dataFolder = mkdtempSync(path.join(tmpdir(), 'postern-accounts-'))
	const origin = 'http://localhost:4600'
	const settings = { POSTERN_ORIGIN: origin, POSTERN_PROXIES: '127.0.0.1', ...environ }
	const configuration = must(readConfiguration(settings, dataFolder))
	const store = must(
		await openStore({ ...(databaseUrl === undefined ? { dataFolder } : { databaseUrl }), now, auditKey }),
	)
	const accounts = await openAccounts({
		store,
		secret: new Secret('s'.repeat(43)),
		origins: configuration.origins,
		now,
	})
	const vaultKey = environ['POSTERN_VAULT_KEY_FILE'] ?? path.join(dataFolder, 'vault.key')
	const kek = must(openKeySource({ path: vaultKey, create: !existsSync(vaultKey) }))
	const ready = () => Promise.resolve(accounts)
	const logged: string[] = []
	const { environment, gateway } = configuration
	const onTrouble = (error: unknown) => logged.push(String(error))
	const opened = openAppPasswords({ store, environment, now, onTrouble })
	const { appPasswords } = opened
	const [ownOrigin] = configuration.origins
	const logger = pino({ level: 'info' }, { write: (line) => logged.push(line) })
	const door = createAuthorizeDoor({
		accounts: ready,
		store,
		appPasswords,
		now,
		environment,
		origin: ownOrigin,
		gateway,
	})
	const answer = openProvider(opened, { origin: ownOrigin, door: { get: async () => door } })
	const egress = createEgress({ allow: configuration.allowPrivate, userAgent: 'test' })
	const vault = createVault({ kek, dataKeys: store.dataKeys })
	const sites = {
		ask: egress.ask,
		clock: Date.now,
		ownOrigins: [...configuration.origins, gatewayOrigin(configuration.gateway)],
		extraPorts: portsOf(configuration.allowPrivate),
	}
	const sessions = accountSessions(ready, store, passwordReader(appPasswords))
	const limit = createAttemptLimit(Date.now)
	const probe = { ...sites, prove: proveHere(sites), limit, store, vault, now, origin: ownOrigin }
	const rotations = createRotationRunner(probe, logger)
	const approval = { ...probe, goOn: rotations.goOn }
	const http = createHttp({
		configuration,
		version: '0.0.0',
		sessions,
		approvalReturn: createApprovalReturn({
			approval,
			sessions,
			report: (code, trouble) => logger.error(trouble, code),
		}),
		webApp: async () => new Response('the web app'),
		logger,
		handlers: {
			...accountHandlers({
				accounts: ready,
				store,
				appPasswords,
				now,
				configuration,
				version: '0.0.0',
				setupToken,
			}),
			...activityHandlers({ store, now }),
			...applicationPasswordHandlers({ accounts: ready, store, appPasswords, now }),
			...workspaceHandlers({ accounts: ready, store, origin: configuration.origins[0], now }),
			...connectorHandlers({ ...probe, gateway }),
			...connectorToolHandlers({ ...probe, gateway }),
			...webhookHandlers(probe),
			...connectLinkHandlers({ ...probe, accounts: ready }),
			...aboutHandlers(configuration),
			...approvalHandlers({ ...approval, gateway, origins: configuration.origins }),
		},
	})
	const provider = createProvider({ answer, configuration, logger })
	const passing = createGateway({
		configuration,
		logger,
		now,
		store,
		appPasswords,
		vault,
		egress: { get: () => Promise.resolve(egress) },
	})
	const takeIn = createGatewayDoor(configuration, () => Promise.resolve(passing))
	const listening = must(await listen(http, { ...configuration, port: 0 }, { gateway: takeIn, first: provider }))
	return {
		store,
		accounts,
		appPasswords,
		vault,
		rotations,
		rotating: probe,
		dataFolder,
		port: listening.port,
		origin: configuration.origins[0],
		logged,
		browser: (from) => openBrowser({ port: listening.port, origin: configuration.origins[0], ...from }),
		async stop() {
			await rotations.stop()
			passing.close()
			await listening.close()
			await egress.close()
			await store.close()
			rmSync(dataFolder, { recursive: true })
		},
	}
}

export function must<T>(result: Result<T>): T {
	if (!result.ok)
		throw new Error(`${result.problem.code} ${JSON.stringify(result.problem.params)}`, { cause: result.problem.cause })
	return result.value
}

function openBrowser(from: { port: number; origin: string; ip?: string; userAgent?: string }): Browser {
	const cookies = new Map<string, string>()
	const tell = async (
		method: string,
		target: string,
		body: string | Uint8Array,
		headers: Readonly<Record<string, string>>,
	) => {
		const answer = await ask({
			port: from.port,
			method,
			path: target,
			body,
			headers: {
				host: new URL(from.origin).host,
				origin: from.origin,
				'sec-fetch-site': 'same-origin',
				'user-agent': from.userAgent ?? 'a browser',
				'x-forwarded-proto': new URL(from.origin).protocol.slice(0, -1),
				...(from.ip === undefined ? {} : { 'x-forwarded-for': from.ip }),
				...(cookies.size === 0 ? {} : { cookie: Array.from(cookies, (pair) => pair.join('=')).join('; ') }),
				...headers,
			},
		})
		for (const line of answer.headers['set-cookie'] ?? []) keepCookie(cookies, line)
		return answer
	}
	const send: Browser['send'] = async (method, endpoint, body, headers) => {
		const answer = await tell(method, `/api/v1${endpoint}`, body, headers)
		holdContract({ method, path: endpoint }, answer)
		return answer
	}
	const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' }
	return {
		cookies,
		send,
		open: (target, sent, headers = {}) =>
			sent === undefined
				? tell('GET', target, '', headers)
				: tell('POST', target, String(sent), { ...form, ...headers }),
		call: (method, endpoint, body, headers = {}) =>
			send(method, endpoint, body === undefined ? '' : JSON.stringify(body), {
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			}),
	}
}

function keepCookie(cookies: Map<string, string>, line: string): void {
	const [pair = '', ...attributes] = line.split('; ')
	const [name = '', ...value] = pair.split('=')
	if (attributes.includes('Max-Age=0')) cookies.delete(name)
	else cookies.set(name, value.join('='))
}

type Asked = {
	readonly port: number
	readonly method: string
	readonly path: string
	readonly body: string | Uint8Array
	readonly headers: Readonly<Record<string, string>>
}

function ask({ port, method, path: target, body, headers }: Asked): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const bytes = Buffer.from(body)
		const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {}
		const request = httpRequest({ host: '127.0.0.1', port, method, path: target, headers: { ...headers, ...length } })
		request.on('error', reject)
		request.on('response', (response) => void readAnswer(response).then(resolve, reject))
		request.end(bytes)
	})
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
	const chunks: Buffer[] = []
	for await (const chunk of response) chunks.push(Buffer.from(chunk))
	const text = Buffer.concat(chunks).toString()
	const isJson = /json(?:;|$)/.test(response.headers['content-type'] ?? '')
	const { statusCode: status = 0, headers } = response
	return { status, headers, text, body: isJson ? JSON.parse(text) : undefined }
}

export const password = 'correct horse battery staple'
export const ann = { email: 'ann@example.com', username: 'Ann', password, workspaceName: 'Ann’s blogs' }

/** Sets up with Ann as the owner; gives her browser and her workspace. */
export async function setUpAnn(server: TestServer): Promise<{ browser: Browser; workspaceId: string }> {
	const browser = server.browser()
	const made = await browser.call('POST', '/setup', ann)
	if (made.status !== 200) throw new Error(made.text)
	return { browser, workspaceId: made.body.memberships[0].workspace.id }
}

/** Invites and joins; gives the browser of whoever joined. */
export async function join(
	server: TestServer,
	{ browser, workspaceId }: { browser: Browser; workspaceId: string },
	{ username, role }: { username: string; role: string },
): Promise<Browser> {
	const invited = await browser.call('POST', `/workspaces/${workspaceId}/invitations`, { role, label: username })
	const account = { username, email: `${username}@example.com`, password }
	const joining = server.browser()
	const joined = await joining.call('POST', '/invitations/accept', { token: tokenOf(invited.body.link), account })
	if (joined.status !== 200) throw new Error(joined.text)
	return joining
}

/** The secret of a one-time link. */
export function tokenOf(link: string): string {
	return new URL(link).hash.slice(1)
}

/** Events of the audit log, the newest first: name, actor and target. */
export async function activity(server: TestServer, workspaceId: string): Promise<readonly string[]> {
	const page = must(await server.store.audit.page({ workspaceId, limit: 100 }))
	return page.entries.map(
		({ event, actor, target }) => `${event} by ${actor.name ?? actor.kind} on ${target?.name ?? 'nothing'}`,
	)
}

/** Reads a seed as an authenticator app does (RFC 4648 §6). */
export function seedOf(secret: string): Buffer {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
	const bits = Array.from(secret, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
