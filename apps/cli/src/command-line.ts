import { defineCommand, renderUsage, runCommand } from 'citty'
import { stripVTControlCharacters } from 'node:util'
import { doctorArguments } from './doctor/arguments.ts'
import { doctor } from './doctor/doctor.ts'
import { exitStatus } from './exit-status.ts'
import type { Surroundings } from './surroundings.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command and gives its exit status. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
	const { terminal } = surroundings
	let status: number = exitStatus.you
	const doctorCommand = defineCommand({
		meta: { name: 'postern doctor', description: 'Says what is wrong with the connection to a WordPress site' },
		args: doctorArguments,
		run: async ({ args: given }) => {
			status = await doctor(given, surroundings)
		},
	})
	const usage = async (): Promise<string> => stripVTControlCharacters(await renderUsage(doctorCommand))
	const rest = args.slice(args.indexOf('doctor') + 1)
	if (rest.includes('--help') || rest.includes('-h')) {
		terminal.say(await usage())
		return 0
	}
	const wrong = args[0] === 'doctor' ? unknownFlag(rest) : `There is no command “${args[0] ?? ''}”.`
	if (wrong !== undefined) return complain(wrong, { terminal, usage })
	try {
		await runCommand(doctorCommand, { rawArgs: [...rest] })
		return status
	} catch (error) {
		// citty keeps its class of errors to itself; a missing or wrong argument has a code.
		if (!(error instanceof Error) || !('code' in error) || error.code !== 'EARG') throw error
		return complain(stripVTControlCharacters(error.message), { terminal, usage })
	}
}

type Complaint = { readonly terminal: Terminal; readonly usage: () => Promise<string> }

async function complain(wrong: string, { terminal, usage }: Complaint): Promise<number> {
	terminal.complain(`${wrong}\n\n${await usage()}`)
	return exitStatus.you
}

/** citty lets any flag pass; a misspelled one must not be taken for none. */
function unknownFlag(args: readonly string[]): string | undefined {
	const end = args.indexOf('--')
	const flags = (end === -1 ? args : args.slice(0, end)).filter((text) => text.startsWith('-'))
	const unknown = flags.find((flag) => !Object.hasOwn(doctorArguments, flag.replace(/^--/, '').replace(/=.*$/s, '')))
	return unknown === undefined ? undefined : `There is no option “${unknown.replace(/=.*$/s, '')}”.`
}
