import { fail, ok, type Result } from '@postern/vocabulary'
import type { Visitor } from '../access/visit-site.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { KeptCheck } from '../store/connector/connector-checks.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { keepCheck } from './keep-check.ts'
import { checkJob, nextCheckAt } from './next-check.ts'
import { type ProbeConnectorPorts, probeConnector } from './probe-connector.ts'
import { turnAtHost } from './turn-at-host.ts'

type Request = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly visitor: Visitor
	readonly requestId: string | null
	readonly signal: AbortSignal
}

export type CheckPorts = Omit<ProbeConnectorPorts, 'store'> & { readonly store: Store }

/**
 * *Check now*: proves a connector again, from its address on, and believes what is found at once. What is wrong stands in the
 * connector's state, not in a failure of this flow. Fails with `request/not-found`, and with `connector/paused`: then nothing is
 * sent to its site.
 */
export async function checkConnector(request: Request, ports: CheckPorts): Promise<Result<Connector>> {
	const { workspaceId, connectorId, signal } = request
	const connector = await ports.store.connectors.find(workspaceId, connectorId)
	if (!connector) return fail('request/not-found')
	if (connector.isPaused) return fail('connector/paused')
	const probed = await whileSomebodyWaits(
		() =>
			turnAtHost(connector.site.host, { store: ports.store, signal }, () =>
				probeConnector({ ...request, connector }, signal, ports),
			),
		signal,
	)
	// Whoever asked has left, and that ended it: nothing was learnt about the site.
	if (probed === undefined) return ok(connector)
	if (!probed.ok) return probed
	const found = { sealVersion: connector.sealVersion, ...probed.value }
	const kept = await ports.store.transaction(async (store) => {
		await store.workspaces.lock(workspaceId)
		const check = await keepCheck({ workspaceId, connectorId, found }, store)
		if (check !== undefined) await schedule(check, store, ports)
		return ok(check)
	})
	if (!kept.ok) return kept
	// Reconnected while we looked: what is stored now is newer than what we found.
	const newest = kept.value?.connector ?? (await ports.store.connectors.find(workspaceId, connectorId))
	return newest ? ok(newest) : fail('request/not-found')
}

async function whileSomebodyWaits<T extends { ok: boolean }>(
	work: () => Promise<T>,
	signal: AbortSignal,
): Promise<T | undefined> {
	try {
		return await work()
	} catch (error) {
		if (signal.aborted) return undefined
		throw error
	}
}

/** From here on it goes by the clock again; a connector that rests stays at rest. */
async function schedule(check: KeptCheck, store: StoreFunctions, { now }: CheckPorts): Promise<void> {
	const { connector } = check
	const runAt = nextCheckAt(check, connector.diagnosis, { now: now(), random: Math.random })
	if (runAt === undefined) await store.jobs.cancel('connector.check', connector.id)
	else await store.jobs.reschedule(checkJob(connector, runAt))
}
