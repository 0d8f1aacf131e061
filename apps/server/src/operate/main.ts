import { type Problem, problems, problemText } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { reachStore, type Settings } from './reach-store.ts'
import { recoverAccount } from './recover-account.ts'
import { auditReport, describeVerdict, verifyAudit } from './verify-audit.ts'

/** Where a command's words go. */
export type Terminal = { readonly say: (line: string) => void; readonly complain: (line: string) => void }

const usage = `Usage:
  postern doctor <address>             say what is wrong with the connection to a site ("postern doctor --help" says more)
  postern account recover <username>   print a one-time link (30 minutes) that sets a new password
  postern audit verify                 say whether the audit logs are as they were written

<username> may be an e-mail address. The link ends all sessions of the account and offers to remove the second factor.
"audit verify" ends with status 3 if an entry was changed, removed or moved. It cannot see when the newest entries of a log were
cut together with the counter that remembers them, nor when the hashes of a whole log were taken out: its entries then count as from
before entries were chained.
Run it where Postern runs, with the same settings (POSTERN_DATA or DATABASE_URL, POSTERN_ORIGIN, the vault's key).`

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
	if (topic === 'account' && action === 'recover' && username !== undefined && rest.length === 0)
		return recover(username, settings, terminal)
	if (topic === 'audit' && action === 'verify' && username === undefined) return verify(settings, terminal)
	terminal.complain(usage)
	return exitStatus.you
}

/** By who can put it right. */
const exitStatus = { you: 2, operator: 3, 'site-admin': 4, host: 4, postern: 5 } as const

const operatorLink = z.object({ username: z.string(), link: z.string(), expiresAt: z.string() })

async function recover(username: string, settings: Settings, terminal: Terminal): Promise<number> {
	const { origins } = settings
	const made = await reachStore(
		{
			request: { command: 'account recover', username },
			value: operatorLink,
			ourselves: (store) => recoverAccount(username, { store, origin: origins[0], now: () => new Date() }),
		},
		settings,
	)
	if (!made.ok) {
		if (made.problem.code !== 'request/not-found') return complain(made.problem, terminal)
		terminal.complain(`${made.problem.code}: There is no account “${username}” here.`)
		return exitStatus.you
	}
	terminal.say(`A link for the account “${made.value.username}”. It works once, until ${made.value.expiresAt}:`)
	terminal.say(made.value.link)
	return 0
}

async function verify(settings: Settings, terminal: Terminal): Promise<number> {
	const read = await reachStore(
		{
			request: { command: 'audit verify' },
			value: auditReport,
			patienceMs: 'any', // years of entries take a while
			ourselves: verifyAudit,
		},
		settings,
	)
	if (!read.ok) return complain(read.problem, terminal)
	for (const line of read.value.map(describeVerdict)) terminal.say(line)
	return read.value.every(({ verdict }) => verdict.isWhole) ? 0 : exitStatus.operator
}

function complain({ code, params }: Problem, terminal: Terminal): number {
	const { title, meaning, steps } = problemText(code, params, 'en')
	const lines = [`${code}: ${title}`, meaning, ...steps.map((step) => `- ${step}`)]
	terminal.complain(lines.filter((line) => line !== '').join('\n'))
	return exitStatus[problems[code].fixedBy]
}
