import type { CheckOnSchedule } from '../flows/check-on-schedule.ts'
import { perHost } from '../flows/turn-at-host.ts'
import type { JobHandler } from './job-handler.ts'

/** Longer than any site may take; what crashes is looked at again after that. */
const leaseMs = 180_000

/** Looks at connectors when their time has come. */
export function connectorCheckHandler(check: CheckOnSchedule, concurrency: number): JobHandler {
	return {
		kind: 'connector.check',
		leaseMs,
		concurrency,
		perLane: perHost,
		run: (job, { signal }) => check(job, signal),
	}
}
