import { setPriority } from 'node:os'
import type { ProbeRequest } from './messages.ts'

// Started by prober.ts, and ends with the process that started it.
process.on('disconnect', () => process.exit(0))

/** Before the rest is loaded, so that every thread it makes inherits it: the gateway goes first, always. */
const behindOthers = 15
setPriority(behindOthers)
const { serveProbes } = await import('./serve-probes.ts')

serveProbes({
	send: (answer) => process.send?.(answer),
	// What comes through this pipe was written by prober.ts.
	onRequest: (listener) => process.on('message', (request) => listener(request as ProbeRequest)),
})
