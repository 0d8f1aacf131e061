import type { Result } from '@postern/vocabulary'
import type { NewJob } from '../../store/job/job.ts'
import type { Store } from '../../store/store.ts'
import { type Mail, writeDigest } from './write-digest.ts'

export type SendMail = (mail: Mail, signal: AbortSignal) => Promise<Result<void>>

export type DigestPorts = {
	readonly store: Store
	readonly send: SendMail
	readonly origin: string
	/** Of the day, UTC. */
	readonly hour: number
	readonly now: () => Date
}

const dayMs = 86_400_000
/** What is older is no news: an installation that learns to send e-mail does not begin with its history. */
const newsMs = 7 * dayMs

/** The next time that it is that hour, UTC. */
export function nextDigestAt(now: Date, hour: number): Date {
	const today = Math.floor(now.getTime() / dayMs) * dayMs + hour * 3_600_000
	return new Date(today > now.getTime() ? today : today + dayMs)
}

/** One job for all accounts: it finds who has something to be told. */
export function digestJob({ now, hour }: Pick<DigestPorts, 'now' | 'hour'>): NewJob {
	return { kind: 'digest.send', key: 'daily', runAt: nextDigestAt(now(), hour) }
}

/**
 * Sends each account what is new for it, at most once however often this runs. Gives the first problem; whoever could not be
 * reached is tried again with the next run.
 */
export async function sendDigests(signal: AbortSignal, ports: DigestPorts): Promise<Result<void>> {
	const { store, send, origin, now } = ports
	const since = new Date(now().getTime() - newsMs)
	let outcome: Result<void> = { ok: true, value: undefined }
	for (const accountId of await store.digests.listDue(since)) {
		signal.throwIfAborted()
		const recipient = await store.digests.find(accountId, since)
		if (recipient === undefined) continue
		const sent = await send(writeDigest(recipient, origin), signal)
		const newest = Math.max(...recipient.notices.map(({ at }) => at.getTime()))
		if (sent.ok) await store.digests.markSent(accountId, new Date(newest))
		else if (outcome.ok) outcome = sent
	}
	return outcome
}
