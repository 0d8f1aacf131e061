import { deliverOnSchedule, type DeliverPorts } from '../flows/webhooks/deliver-webhook.ts'
import type { JobHandler } from './job-handler.ts'

/** Longer than a receiver may take. */
const leaseMs = 60_000
const atOnce = 16
/** One that is slow keeps no other waiting. */
const perWebhook = 2

/** Delivers to webhooks when their time has come. */
export function webhookDeliverHandler(ports: DeliverPorts): JobHandler {
	return {
		kind: 'webhook.deliver',
		leaseMs,
		concurrency: atOnce,
		perLane: perWebhook,
		run: (job, { signal }) => deliverOnSchedule(job, signal, ports),
	}
}
