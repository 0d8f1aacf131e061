import type { Readable, Writable } from 'node:stream'
import { isCancel, password } from '@clack/prompts'
import { Secret } from '@postern/vocabulary'

/** Where words go and secrets come from. */
export type Terminal = {
	readonly say: (text: string) => void
	readonly complain: (text: string) => void
	/** Asks without an echo; on no terminal it takes the next line of standard input. Undefined: the person went away. */
	readonly askSecret: (question: string) => Promise<Secret | undefined>
}

/** More than any password has: a line that is piped in is not read for ever. */
const MAX_LENGTH = 4_096

/** A pipe has no `isTTY`. */
type Streams = {
	readonly stdin: Readable & { readonly isTTY?: boolean }
	readonly stdout: Writable
	readonly stderr: Writable
}

export function terminalOf({ stdin, stdout, stderr }: Streams): Terminal {
	let lines: AsyncGenerator<string> | undefined
	const nextLine = async (): Promise<Secret | undefined> => {
		lines ??= readLines(stdin)
		const line = await lines.next()
		return line.done === true ? undefined : new Secret(line.value)
	}
	const ask = async (question: string): Promise<Secret | undefined> => {
		// On stderr, because stdout is for the report.
		const answer = await password({ message: question, mask: '', input: stdin, output: stderr })
		return isCancel(answer) ? undefined : new Secret(answer)
	}
	return {
		say: (text) => void stdout.write(`${text}\n`),
		complain: (text) => void stderr.write(`${text}\n`),
		askSecret: (question) => (stdin.isTTY ? ask(question) : nextLine()),
	}
}

/** Gives each line as soon as it is there: whoever pipes in need not end the input. */
async function* readLines(stdin: NodeJS.ReadableStream): AsyncGenerator<string> {
	let text = ''
	for await (const chunk of stdin) {
		text += String(chunk)
		const lines = text.split(/\r?\n/)
		text = lines.pop() ?? ''
		yield* lines
		if (text.length > MAX_LENGTH) return
	}
	if (text !== '') yield text
}
