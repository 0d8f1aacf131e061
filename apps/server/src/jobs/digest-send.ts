import { type DigestPorts, nextDigestAt, sendDigests } from '../flows/digest/send-digests.ts'
import type { JobHandler } from './job-handler.ts'

const leaseMs = 120_000
/** Then whoever could not be reached waits for the next day. */
const mostAttempts = 5

/** Sends the daily e-mails at their hour. */
export function digestSendHandler(ports: DigestPorts): JobHandler {
	return {
		kind: 'digest.send',
		leaseMs,
		concurrency: 1,
		async run({ attempts }, { signal }) {
			const sent = await sendDigests(signal, ports)
			if (!sent.ok && attempts < mostAttempts) throw new Error(sent.problem.code, { cause: sent.problem.cause })
			return { again: nextDigestAt(ports.now(), ports.hour), attempts: 0 }
		},
	}
}
