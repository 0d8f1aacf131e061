import { ok } from '@postern/vocabulary'
import type { FoundByCheck } from '../store/connector/connector-checks.ts'
import type { JobPayload, LeasedJob } from '../store/job/jobs.ts'
import type { AuditEntry, RecordedAuditEntry } from '../store/audit.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { gatherer } from './gatherer.ts'
import { keepCheck } from './keep-check.ts'
import { isWholeDue, nextCheckAt, noteOf, restsAfter } from './next-check.ts'
import { type ProbeConnectorPorts, probeConnector } from './probe-connector.ts'

export type ScheduledCheckPorts = Omit<ProbeConnectorPorts, 'store'> & {
	readonly store: Store
	readonly random: () => number
}

type Checked = {
	readonly job: LeasedJob
	readonly workspaceId: string
	readonly found: FoundByCheck & { readonly isScheduled: true }
	/** For the next check: how many short ones there were since the last whole one. */
	readonly note: JobPayload
}

/** In one transaction, which on SQLite is a few milliseconds in which nothing else happens. */
const entriesAtOnce = 40
const checksAtOnce = 8
/** Until the transaction ends. */
const heldMs = 60_000

export type CheckOnSchedule = (job: LeasedJob, signal: AbortSignal) => Promise<'done' | 'settled'>

/**
 * Looks at a connector because its time has come. What many checks record and find at the same moment is written together, in
 * one transaction with the job's next time: whoever lost the lease writes nothing.
 */
export function createCheckOnSchedule(ports: ScheduledCheckPorts): CheckOnSchedule {
	const { store } = ports
	const recording = gatherer((entries: readonly AuditEntry[]) => recordAll(entries, store), entriesAtOnce)
	const keeping = gatherer((checks: readonly Checked[]) => keepAll(checks, ports), checksAtOnce)
	const visiting = { ...ports, store: { connectors: store.connectors, audit: { record: recording } } }
	return async (job, signal) => {
		const { workspaceId, connectorId } = job
		if (workspaceId === null || connectorId === null) return 'done'
		const connector = await store.connectors.find(workspaceId, connectorId)
		if (connector === undefined || connector.isPaused) return 'done'
		if ((await store.connectors.countRejectedLogins(workspaceId, connectorId)) >= restsAfter) return 'done'
		const visitor = { kind: 'postern', purpose: 'health' } as const
		const mayBeShort = !isWholeDue(job.payload)
		const probed = await probeConnector({ connector, visitor, requestId: null, mayBeShort }, signal, visiting)
		if (!probed.ok) return 'done' // deleted meanwhile
		const { health, facts } = probed.value
		const found = { sealVersion: connector.sealVersion, isScheduled: true, health, facts } as const
		await keeping({ job, workspaceId, found, note: noteOf(job.payload, probed.value) })
		return 'settled'
	}
}

async function recordAll(entries: readonly AuditEntry[], store: Store): Promise<readonly RecordedAuditEntry[]> {
	const recorded = await store.background(async ({ audit }) => ok(await audit.recordAll(entries)))
	if (!recorded.ok) throw new Error(recorded.problem.code, { cause: recorded.problem.cause })
	return recorded.value
}

async function keepAll(checks: readonly Checked[], ports: ScheduledCheckPorts): Promise<readonly void[]> {
	const kept = await ports.store.background(async (store) => {
		await store.workspaces.lock(...checks.map(({ workspaceId }) => workspaceId))
		// In the order of workspaces, as everybody who records in several: otherwise two of them may wait for each other.
		const inOrder = checks.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1))
		for (const check of inOrder) await keepOne(check, store, ports)
		return ok()
	})
	if (!kept.ok) throw new Error(kept.problem.code, { cause: kept.problem.cause })
	return checks.map(() => undefined)
}

async function keepOne({ job, workspaceId, found, note }: Checked, store: StoreFunctions, ports: ScheduledCheckPorts) {
	const held = await store.jobs.renew(job, heldMs)
	if (held === undefined) return // somebody else looks at it, or nobody should any more
	const connectorId = job.key
	const kept = await keepCheck({ workspaceId, connectorId, found }, store)
	const times = { now: ports.now(), random: ports.random }
	const next = kept ?? { failures: 0, rejectedLogins: 0 } // replaced meanwhile: the new one was proved just now
	const runAt = nextCheckAt(next, kept === undefined ? null : found.health.diagnosis, times)
	if (runAt === undefined) await store.jobs.finish(job)
	else await store.jobs.postpone(job, { runAt, attempts: 0, payload: kept === undefined ? {} : note })
}
