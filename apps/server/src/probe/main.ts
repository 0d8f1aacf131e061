import { setPriority } from 'node:os'
import type { ProbeAnswer, ProbeRequest } from './messages.ts'
import { createOutbox } from './outbox.ts'

// Started by prober.ts, and ends with the process that started it.
process.on('disconnect', () => process.exit(0))

/** Before the rest is loaded, so that every thread it makes inherits it: the gateway goes first, always. */
const behindOthers = 15
setPriority(behindOthers)
const { serveProbes } = await import('./serve-probes.ts')

serveProbes({
	send: createOutbox<ProbeAnswer>((answers) => process.send?.([...answers])),
	onRequest(listener) {
		process.on('message', (requests) => {
			for (const request of requests as readonly ProbeRequest[]) listener(request) // what probe-process.ts sends
		})
	},
})
