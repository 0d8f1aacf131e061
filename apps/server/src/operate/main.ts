import { existsSync } from 'node:fs'
import { fail, ok, type Problem, problems, problemText, type Result } from '@postern/vocabulary'
import * as z from 'zod/mini'
import type { Configuration } from '../configuration.ts'
import { type FoundStore, openStore } from '../store/open-store.ts'
import { askRunningServer } from './operator-socket.ts'
import { type OperatorLink, recoverAccount } from './recover-account.ts'
import type { OperatorRequest } from './serve-operator.ts'

type Settings = Pick<Configuration, 'dataFolder' | 'databaseUrl' | 'origins'> & {
	readonly vaultKey: {
		/** Whether the key belongs to the store that was found. */
		admit(found: FoundStore): Result<void>
		auditKey(): Uint8Array
	}
}

/** Where a command's words go. */
export type Terminal = { readonly say: (line: string) => void; readonly complain: (line: string) => void }

const usage = `Usage:
  postern account recover <username>   print a one-time link (30 minutes) that sets a new password

<username> may be an e-mail address. The link ends all sessions of the account and offers to remove the second factor.
Run it where Postern runs, with the same settings (POSTERN_DATA or DATABASE_URL, POSTERN_ORIGIN).`

/** Runs one command of the machine's operator, whether the server runs or not; gives the exit status. */
export async function operate(
	args: readonly string[],
	settings: Settings,
	terminal: Terminal = { say: console.log, complain: console.error },
): Promise<number> {
	const [topic, action, username, ...rest] = args
	if (topic === 'help' || topic === '--help') {
		terminal.say(usage)
		return 0
	}
	if (topic !== 'account' || action !== 'recover' || username === undefined || rest.length > 0) {
		terminal.complain(usage)
		return exitStatus.you
	}
	const made = await makeLink(username, settings)
	if (!made.ok) return complain(made.problem, username, terminal)
	terminal.say(`A link for the account “${made.value.username}”. It works once, until ${made.value.expiresAt}:`)
	terminal.say(made.value.link)
	return 0
}

/** By who can put it right. */
const exitStatus = { you: 2, operator: 3, 'site-admin': 4, host: 4, postern: 5 } as const

function complain(problem: Problem, username: string, { complain: say }: Terminal): number {
	if (problem.code === 'request/not-found') say(`${problem.code}: There is no account “${username}” here.`)
	else {
		const { title, meaning, steps } = problemText(problem.code, problem.params, 'en')
		say(
			[`${problem.code}: ${title}`, meaning, ...steps.map((step) => `- ${step}`)]
				.filter((line) => line !== '')
				.join('\n'),
		)
	}
	return exitStatus[problems[problem.code].fixedBy]
}

async function makeLink(username: string, settings: Settings): Promise<Result<OperatorLink>> {
	const { dataFolder, databaseUrl } = settings
	if (databaseUrl === undefined) {
		const request: OperatorRequest = { command: 'account recover', username }
		const answered = await askRunningServer(dataFolder, request)
		if (answered !== undefined) return readAnswer(answered)
	}
	return makeLinkOurselves(username, settings)
}

const problemCode = z.custom<keyof typeof problems>((code) => typeof code === 'string' && code in problems)
const operatorAnswer = z.union([
	z.object({
		ok: z.literal(true),
		value: z.object({ username: z.string(), link: z.string(), expiresAt: z.string() }),
	}),
	z.object({
		ok: z.literal(false),
		problem: z.object({ code: problemCode, params: z.record(z.string(), z.union([z.string(), z.number()])) }),
	}),
])

function readAnswer(answered: unknown): Result<OperatorLink> {
	const answer = operatorAnswer.parse(answered)
	return answer.ok ? ok(answer.value) : fail(answer.problem.code, { params: answer.problem.params })
}

/** No server runs here, or it shares its database with us. */
async function makeLinkOurselves(username: string, settings: Settings): Promise<Result<OperatorLink>> {
	const { dataFolder, databaseUrl, origins, vaultKey } = settings
	const name = databaseUrl === undefined ? 'POSTERN_DATA' : 'DATABASE_URL'
	const nothingThere = fail('start/configuration', { params: { name, reason: 'no Postern was set up there' } })
	// Where there is none, none is made.
	if (databaseUrl === undefined && !existsSync(dataFolder)) return nothingThere
	const opened = await openStore({
		...(databaseUrl === undefined ? { dataFolder } : { databaseUrl }),
		admit: (found) => (found.vaultCanary === undefined ? nothingThere : vaultKey.admit(found)),
		auditKey: () => vaultKey.auditKey(),
	})
	if (!opened.ok) return opened
	try {
		return await recoverAccount(username, { store: opened.value, origin: origins[0], now: () => new Date() })
	} finally {
		await opened.value.close()
	}
}
