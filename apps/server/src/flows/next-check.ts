import type { Diagnosis, ProblemCode } from '@postern/vocabulary'
import type { KeptCheck } from '../store/connector/connector-checks.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { JobPayload, NewJob } from '../store/job/jobs.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** After the first failure in a row, the second, and so on; then once a day again. */
const afterFailureMs = [10, 30, 60, 180, 720].map((minutes) => minutes * minuteMs)
/** The site is asked no more until somebody reconnects it, or presses Check now: a lock-out would follow. */
export const restsAfter = 3

/** Every so often the whole ladder is walked, though nothing seems wrong: some of it shows nowhere else. */
const wholeEvery = 7

type Checked = Pick<Connector, 'id' | 'workspaceId' | 'site'>
type Times = { readonly now: Date; readonly random: () => number }

/**
 * When a connector is looked at next: a day after a success; sooner after a failure, but no sooner than the site said.
 * Undefined: it rests.
 */
export function nextCheckAt(
	{ failures, rejectedLogins }: Pick<KeptCheck, 'failures' | 'rejectedLogins'>,
	diagnosis: Diagnosis | null,
	{ now, random }: Times,
): Date | undefined {
	if (rejectedLogins >= restsAfter) return undefined
	// What waits at least ten minutes for its second look must not come sooner.
	const retryAt = readRetryAt(diagnosis, now)
	const isLockedOut = diagnosis?.code === 'site-credential/locked-out'
	// Another try would prolong it: where the site does not say how long it lasts, a day.
	const failedMs = isLockedOut && retryAt === 0 ? dayMs : (afterFailureMs[failures - 1] ?? dayMs)
	const afterMs = failures === 0 ? aboutADayMs(random) : failedMs * (1 + 0.2 * random())
	return new Date(Math.max(now.getTime() + afterMs, Math.min(retryAt, now.getTime() + dayMs)))
}

/** Whether the next check walks the whole ladder: the first one does, one after a failure, and every seventh. */
export function isWholeDue({ shortChecks }: JobPayload): boolean {
	return typeof shortChecks !== 'number' || shortChecks >= wholeEvery - 1
}

/** What the next check has to know of this one. */
export function noteOf(
	{ shortChecks }: JobPayload,
	{ health, wasShort }: { readonly health: Pick<Connector, 'diagnosis'>; readonly wasShort?: true },
): JobPayload {
	if (health.diagnosis !== null) return {}
	return { shortChecks: wasShort === true && typeof shortChecks === 'number' ? shortChecks + 1 : 0 }
}

export function checkJob({ id, workspaceId, site }: Checked, runAt: NewJob['runAt']): NewJob {
	return { kind: 'connector.check', key: id, workspaceId, connectorId: id, lane: site.host, runAt }
}

/** Of a connector that was just proved. */
export function firstCheck(connector: Checked, random: () => number = Math.random): NewJob {
	return checkJob(connector, { inMs: aboutADayMs(random) })
}

/** Of one that nobody looked at for a while: soon, but not all at once. */
export function soonCheck(connector: Checked, random: () => number = Math.random): NewJob {
	return checkJob(connector, { inMs: minuteMs * random() })
}

function aboutADayMs(random: () => number): number {
	return dayMs * (0.92 + 0.16 * random())
}

/** These say until when, or nothing. */
const untilThen: readonly (ProblemCode | undefined)[] = ['site/maintenance', 'site-credential/locked-out']

function readRetryAt(diagnosis: Diagnosis | null, now: Date): number {
	const { seconds, retryAt } = diagnosis?.params ?? {}
	if (diagnosis?.code === 'site/rate-limited' && typeof seconds === 'number') return now.getTime() + seconds * 1_000
	const at = untilThen.includes(diagnosis?.code) ? Date.parse(String(retryAt)) : Number.NaN
	return Number.isNaN(at) ? 0 : at
}
