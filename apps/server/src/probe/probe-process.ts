import { fork } from 'node:child_process'
import path from 'node:path'
import type { ProbeAnswer, ProbeRequest, ProbeSettings } from './messages.ts'
import { createOutbox } from './outbox.ts'

export type ProbeProcess = {
	send(request: ProbeRequest): void
	/** It hangs. */
	kill(why: string): void
	/** Nobody needs it any more. */
	end(): void
	pid(): number | undefined
}

type Options = {
	readonly settings: ProbeSettings
	readonly environment: Readonly<Record<string, string>>
	readonly program?: string
}

type Listeners = { readonly onAnswer: (answer: ProbeAnswer) => void; readonly onEnd: (how: string) => void }

const root = path.resolve(import.meta.dirname, '../../../..')
const program = path.join(import.meta.dirname, 'main.ts')
/** Our programs and what they need: no data folder, no key, wherever they lie. */
const readable = ['apps/server/package.json', 'apps/server/src', 'packages', 'node_modules', 'package.json']

/** Few threads of it ask for memory; an arena for each of them (malloc(3), mallopt(3)) is mostly empty. */
const frugal = { MALLOC_ARENA_MAX: '1' }

/** A process that probes: no environment but what it is given, no file but programs, no process of its own, no output. */
export function startProbeProcess(options: Options, { onAnswer, onEnd }: Listeners): ProbeProcess {
	const child = fork(options.program ?? program, {
		env: { ...options.environment, ...frugal },
		execArgv: [...confined(options.program), '--max-old-space-size=160', '--max-semi-space-size=4'],
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	})
	let why: string | undefined
	let isOver = false
	const over = (how: string) => {
		if (isOver) return
		isOver = true
		onEnd(why ?? how)
	}
	child.on('message', (answers) => {
		for (const answer of answers as readonly ProbeAnswer[]) onAnswer(answer) // what main.ts sends
	})
	child.on('error', (error) => over(error.message))
	child.on('exit', (code, signal) => over(`it ended with ${signal ?? code}`))
	// Together with its pipe it lets this process end when nothing else runs.
	child.unref()
	child.channel?.unref()
	const send = createOutbox<ProbeRequest>((requests) => {
		if (child.connected) child.send([...requests], () => undefined) // whoever waits is told by its exit
	})
	send({ settings: options.settings })
	return {
		send,
		kill(reason) {
			why = reason
			child.kill('SIGKILL')
		},
		end() {
			isOver = true
			child.kill('SIGKILL') // one that hangs would not notice that its pipe is closed
		},
		pid: () => child.pid,
	}
}

/** https://nodejs.org/api/permissions.html */
function confined(other: string | undefined): string[] {
	const paths = readable.map((name) => path.join(root, name))
	if (other !== undefined) paths.push(path.dirname(other))
	const net = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []
	return ['--permission', ...net, ...paths.map((one) => `--allow-fs-read=${one}`)]
}
