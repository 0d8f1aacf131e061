import { problemText, type Problem } from '@postern/vocabulary'
import { pino } from 'pino'
import { compose } from './compose.ts'
import { readConfiguration } from './configuration.ts'
import { vaultKeyAt } from './open-vault.ts'

// The only file that reads the environment.
const exitConfiguration = 78 // EX_CONFIG of sysexits.h: an operator has to change something

const terminal = process.stdout.isTTY
const configuration = readConfiguration(
	// On a terminal the address stands alone; a log collector gets every request.
	{ ...process.env, POSTERN_LOG_LEVEL: process.env['POSTERN_LOG_LEVEL'] || (terminal ? 'warn' : 'info') },
	process.cwd(),
)
if (configuration.ok) await run(configuration.value, process.argv.slice(2))
else stopWith(configuration.problem)

async function run(settings: Parameters<typeof compose>[0], command: readonly string[]): Promise<void> {
	if (command.length > 0) {
		const { operate } = await import('./operate/main.ts')
		process.exitCode = await operate(command, { ...settings, vaultKey: vaultKeyAt(settings) })
		return
	}
	const logger = pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
	const running = await compose(settings, logger)
	if (!running.ok) return stopWith(running.problem)
	greet(settings, running.value)
	const stop = () => {
		process.once('SIGINT', () => process.exit(130))
		void running.value.stop().then(() => process.exit(0))
	}
	process.once('SIGTERM', stop)
	process.once('SIGINT', stop)
	if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(stop)
}

/** npm starts us through a shell, and that passes no SIGTERM on: another parent is all there is to notice it by. */
function whenOrphaned(stop: () => void): void {
	const parent = process.ppid
	const watch = setInterval(() => {
		if (process.ppid === parent) return
		clearInterval(watch)
		stop()
	}, 500)
	watch.unref()
}

function greet(
	settings: Parameters<typeof compose>[0],
	running: { setupToken?: { reveal(): string } | undefined },
): void {
	const lines = [`Postern is ready: ${settings.origins[0]}`]
	if (running.setupToken) lines.push(`Setup token, for the first account: ${running.setupToken.reveal()}`)
	if (settings.isInsecure) {
		lines.push(
			'Warning: this address is plain http and not on this machine alone. Passwords and session cookies can be read on the way;',
			'Secure cookies and Strict-Transport-Security are off. Put https in front, and set POSTERN_ORIGIN to that address.',
		)
	}
	process.stdout.write(`${lines.join('\n')}\n`)
}

function stopWith({ code, params }: Problem): void {
	const { title, meaning, steps } = problemText(code, params, 'en')
	process.stderr.write(
		`${[`${code}: ${title}`, meaning, ...steps.map((step) => `- ${step}`)].filter(Boolean).join('\n')}\n`,
	)
	process.exitCode = exitConfiguration
}
