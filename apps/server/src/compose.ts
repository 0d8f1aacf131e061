import path from 'node:path'
import type { Egress } from '@postern/egress'
import { portsOf } from '@postern/egress/allow-rules'
import { createVault, deriveSecret, type KeyEncryptionKey } from '@postern/vault'
import { ok, type Result, type Secret } from '@postern/vocabulary'
import type { Logger } from 'pino'
import server from '../package.json' with { type: 'json' }
import type { Accounts } from './accounts/accounts.ts'
import { newOneTimeToken } from './accounts/one-time-token.ts'
import { openAccounts } from './accounts/open-accounts.ts'
import type { Configuration } from './configuration.ts'
import { gatewayOrigin } from './wire/gateway-address.ts'
import { createGatewayDoor } from './gateway/gateway-door.ts'
import { createAttemptLimit } from './flows/attempt-limit.ts'
import { forgetOldUsage } from './flows/forget-usage.ts'
import { noticeExpiry } from './flows/notice-expiry.ts'
import { sweepDrafts } from './flows/keep-connector.ts'
import { runUnattendedSetup } from './flows/set-up.ts'
import type { VerifyPorts } from './flows/verify-site.ts'
import { accountSessions } from './http/account-sessions.ts'
import { createHttp, listen, type Listening } from './http/listen.ts'
import { accountHandlers } from './http/routes/accounts.ts'
import { activityHandlers } from './http/routes/activity.ts'
import { applicationPasswordHandlers } from './http/routes/application-passwords.ts'
import { createApprovalReturn } from './http/approval-return.ts'
import { approvalHandlers } from './http/routes/approvals.ts'
import { aboutHandlers } from './http/routes/about.ts'
import { connectLinkHandlers } from './http/routes/connect-links.ts'
import { connectorToolHandlers } from './http/routes/connector-tools.ts'
import { connectorHandlers } from './http/routes/connectors.ts'
import { webhookHandlers } from './http/routes/webhooks.ts'
import { workspaceHandlers } from './http/routes/workspaces.ts'
import { createProvider } from './http/provider.ts'
import { passwordReader } from './http/read-password.ts'
import { createWebApp } from './http/web-app.ts'
import { createRotationRunner, type RotationRunner } from './jobs/rotation-runner.ts'
import { openAppPasswords } from './open-app-passwords.ts'
import { openJobs, openProber, scheduleDigest } from './open-background.ts'
import { openProvider } from './open-provider.ts'
import { type Late, openLate } from './open-late.ts'
import { vaultKeyAt } from './open-vault.ts'
import { serveOperator } from './operate/serve-operator.ts'
import { openStore } from './store/open-store.ts'
import { userAgentOf } from './wire/user-agent.ts'
import type { Store } from './store/store.ts'

export type Running = {
	readonly port: number
	/** To be printed; only where setup is still open and needs one. */
	readonly setupToken: Secret | undefined
	stop(): Promise<void>
}

/** What the rest is built on. What takes long to load comes after the server listens, or when it is first needed. */
type Foundation = {
	readonly store: Store
	readonly key: KeyEncryptionKey
	readonly accounts: Late<Accounts>
	readonly egress: Late<Egress>
}

const webFolder = path.resolve(import.meta.dirname, '../../web/dist')
const sweepEveryMs = 60_000

/** Builds each thing once and joins them; the only file that knows everybody. Fails with `start/…` or `store/…`. */
export async function compose(configuration: Configuration, logger: Logger): Promise<Result<Running>> {
	const laid = await layFoundation(configuration)
	if (!laid.ok) return laid
	const { store, accounts, egress } = laid.value
	const running = await open(configuration, laid.value, logger)
	if (!running.ok) {
		await store.close()
		return running
	}
	// Whoever needs these before they are there waits for them.
	setImmediate(() => {
		for (const late of [accounts, egress])
			late.get().catch((cause: unknown) => logger.error({ err: cause }, 'a part did not load'))
	})
	return running
}

async function layFoundation(configuration: Configuration): Promise<Result<Foundation>> {
	const vaultKey = vaultKeyAt(configuration)
	const { databaseUrl, dataFolder, origins } = configuration
	const opened = await openStore({
		...(databaseUrl === undefined ? { dataFolder } : { databaseUrl }),
		admit: (found) => vaultKey.admit(found),
		auditKey: () => vaultKey.auditKey(),
	})
	if (!opened.ok) return opened
	const store = opened.value
	const key = await vaultKey.keep(store)
	if (!key.ok) {
		await store.close()
		return key
	}
	const secret = deriveSecret(key.value, 'accounts')
	return ok({
		store,
		key: key.value,
		accounts: openLate(() => openAccounts({ store, secret, origins })),
		egress: openLate(() => openEgress(configuration)),
	})
}

async function openEgress(configuration: Configuration): Promise<Egress> {
	const { createEgress } = await import('@postern/egress')
	return createEgress({ allow: configuration.allowPrivate, userAgent: userAgentOf(configuration) })
}

async function open(configuration: Configuration, foundation: Foundation, logger: Logger): Promise<Result<Running>> {
	const { store, key, accounts, egress } = foundation
	if (configuration.setup && !(await store.installation.isSetupClosed())) {
		const done = await runUnattendedSetup(configuration.setup, { accounts: await accounts.get(), store })
		if (!done.ok) return done
	}
	const needsToken = !configuration.isLoopbackOnly && !(await store.installation.isSetupClosed())
	const setupToken = needsToken ? newOneTimeToken().token : undefined
	const ownOrigins = [...configuration.origins, gatewayOrigin(configuration.gateway)]
	const prober = openProber({ configuration, userAgent: userAgentOf(configuration), ownOrigins }, logger)
	const probe: VerifyPorts = {
		ask: async (request) => (await egress.get()).ask(request),
		clock: Date.now,
		ownOrigins,
		extraPorts: portsOf(configuration.allowPrivate),
		limit: createAttemptLimit(Date.now),
		store,
		vault: createVault({ kek: key, dataKeys: store.dataKeys }),
		now: () => new Date(),
		prove: prober.prove,
	}
	const rotations = createRotationRunner({ ...probe, origin: configuration.origins[0] }, logger)
	await rotations.takeOver()
	const listening = await serve({ configuration, foundation, logger, probe, rotations, setupToken })
	if (!listening.ok) return listening
	const operator = await letOperatorIn(configuration, store, logger)
	const sweeper = setInterval(() => {
		void sweep('drafts were not swept', sweepDrafts(store, new Date()), logger)
		void sweep('nobody was told what expires', noticeExpiry(store, new Date()), logger)
		void sweep('old usage was not forgotten', forgetOldUsage(store, new Date()), logger)
	}, sweepEveryMs)
	const { checksAtOnce, mailing, origins } = configuration
	const jobPorts = { ...probe, checksAtOnce, mailing, origin: origins[0] }
	await scheduleDigest(jobPorts)
	const jobs = openJobs(jobPorts, logger)
	jobs.start()
	rotations.start()
	const stop = async () => {
		clearInterval(sweeper)
		await jobs.stop()
		await rotations.stop()
		prober.close()
		await operator?.close()
		await listening.value.close()
		await (await egress.opened())?.close()
		await store.close()
	}
	return ok({ port: listening.value.port, setupToken, stop })
}

async function sweep(trouble: string, sweeping: Promise<Result<void>>, logger: Logger): Promise<void> {
	try {
		const swept = await sweeping
		if (!swept.ok) logger.warn({ code: swept.problem.code, err: swept.problem.cause }, trouble)
	} catch (error) {
		logger.error({ err: error }, trouble)
	}
}

/** On PostgreSQL the command line opens the store itself; on SQLite this process alone may. */
async function letOperatorIn({ databaseUrl, dataFolder, origins }: Configuration, store: Store, logger: Logger) {
	if (databaseUrl !== undefined) return undefined
	const socket = await serveOperator(dataFolder, { store, origin: origins[0], now: () => new Date() })
	if (!socket) logger.warn('no socket in the data folder: operator commands need the server stopped')
	return socket
}

type Served = {
	readonly configuration: Configuration
	readonly foundation: Foundation
	readonly logger: Logger
	readonly probe: VerifyPorts
	readonly rotations: RotationRunner
	readonly setupToken: Secret | undefined
}

/** The listener, and behind it in this order: the provider, the gateway, the rest. */
function serve(served: Served): Promise<Result<Listening>> {
	const { configuration, foundation, logger } = served
	const { environment, origins } = configuration
	const { store } = foundation
	const opened = openAppPasswords({
		store,
		environment,
		onTrouble: (error) => logger.error({ err: error }, 'an application password’s use was not written'),
	})
	const accounts = () => foundation.accounts.get()
	const parts = { ...served, store, accounts, appPasswords: opened.appPasswords, now: () => new Date() }
	const answer = openProvider(opened, { origin: origins[0], door: openAuthorizeDoor(parts) })
	const provider = createProvider({ answer, configuration, logger })
	const gateway = openGateway(parts)
	// Whoever comes before it is there waits for it.
	setImmediate(() => {
		gateway.get().catch((cause: unknown) => logger.error({ err: cause }, 'the gateway did not load'))
	})
	const takeIn = createGatewayDoor(configuration, () => gateway.get())
	return listen(openHttp(parts), configuration, { gateway: takeIn, first: provider })
}

type Parts = Served & {
	readonly store: Store
	readonly accounts: () => Promise<Accounts>
	readonly appPasswords: ReturnType<typeof openAppPasswords>['appPasswords']
	readonly now: () => Date
}

/** The page on which somebody approves an application. */
function openAuthorizeDoor({ configuration, store, accounts, appPasswords, now }: Parts) {
	const { environment, origins, gateway } = configuration
	return openLate(async () => {
		const { createAuthorizeDoor } = await import('./http/authorize/authorize-door.ts')
		return createAuthorizeDoor({ accounts, store, appPasswords, now, environment, origin: origins[0], gateway })
	})
}

function openGateway({ configuration, foundation, logger, probe, store, appPasswords, now }: Parts) {
	return openLate(async () => {
		const { createGateway } = await import('./gateway/gateway.ts')
		// Once it is there nobody waits for it.
		const egress = { get: () => foundation.egress.now() ?? foundation.egress.get() }
		return createGateway({ configuration, logger, now, store, appPasswords, vault: probe.vault, egress })
	})
}

/** The API and the web app. */
function openHttp(parts: Parts) {
	const { configuration, logger, probe, rotations, store, accounts, appPasswords } = parts
	const [origin] = configuration.origins
	const sessions = accountSessions(accounts, store, passwordReader(appPasswords))
	const approval = { ...probe, origin, goOn: rotations.goOn }
	return createHttp({
		configuration,
		version: server.version,
		handlers: handlersOf(parts),
		sessions,
		approvalReturn: createApprovalReturn({
			approval,
			sessions,
			report: (code, trouble) => logger.error(trouble, code),
		}),
		webApp: createWebApp(webFolder, origin),
		logger,
	})
}

function handlersOf({ configuration, probe, rotations, setupToken, store, accounts, appPasswords, now }: Parts) {
	const { origins, gateway } = configuration
	const [origin] = origins
	const { version } = server
	return {
		...accountHandlers({ accounts, store, appPasswords, now, configuration, version, setupToken }),
		...workspaceHandlers({ accounts, store, origin, now }),
		...connectorHandlers({ ...probe, gateway }),
		...connectorToolHandlers({ ...probe, gateway }),
		...aboutHandlers(configuration),
		...approvalHandlers({ ...probe, origin, goOn: rotations.goOn, gateway, origins }),
		...webhookHandlers(probe),
		...connectLinkHandlers({ ...probe, accounts, origin }),
		...activityHandlers({ store, now }),
		...applicationPasswordHandlers({ accounts, store, appPasswords, now }),
	}
}
