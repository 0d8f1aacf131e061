// Loaded into a server that is measured: writes the 99th percentile of its event-loop delay (ms) to a file, when asked by a signal.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const file = process.env['REPORT_LOOP_DELAY']
if (file !== undefined) {
	const resolutionMs = 10 // a finer one would cost what is measured beside it
	const delays = monitorEventLoopDelay({ resolution: resolutionMs })
	delays.enable()
	process.on('SIGUSR2', () => writeFileSync(file, String(delays.percentile(99) / 1e6 - resolutionMs)))
}
