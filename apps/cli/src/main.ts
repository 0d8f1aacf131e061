import { createEgress } from '@postern/egress'
import { runCommandLine } from './command-line.ts'
import { terminalOf } from './terminal.ts'

// The only file that reads the environment.
process.exitCode = await runCommandLine(process.argv.slice(2), {
	environment: process.env,
	terminal: terminalOf(process),
	openEgress: createEgress,
})
// Whoever pipes a password in may leave the pipe open.
process.stdin.destroy()
