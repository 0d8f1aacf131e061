import type { LookResult } from '../connectors/connector-type.ts'
import type { ProbeAnswer, ProbeClaim, ProbeSettings } from './messages.ts'
import { type ProbeProcess, startProbeProcess } from './probe-process.ts'
import type { Prove, Wanted } from './prove.ts'
import { takeTurns } from './take-turns.ts'

export type Prober = {
	readonly prove: Prove
	/** The process, while there is one. */
	readonly pid: () => number | undefined
	close(): void
}

export type ProberOptions = {
	readonly settings: ProbeSettings
	/** All that the process sees of the environment: where authorities are read from. */
	readonly environment: Readonly<Record<string, string>>
	readonly onTrouble: (trouble: { readonly err: unknown }, message: string) => void
	/** Nothing asked for so long: the process ends. */
	readonly idleMs?: number
	/** No site gets more; a process that does not answer soon after hangs. */
	readonly deadlineMs?: number
	/** Another program that serves probes. */
	readonly program?: string
}

/** Starts a process when a proof is first needed, again when it died, and ends it when nobody needs one for some minutes. */
export function createProber(options: ProberOptions): Prober {
	const asking = new Asking(options)
	const prove: Prove = (wanted, { signal }) => asking.prove(wanted, signal)
	return {
		prove: takeTurns(prove, { perHost: 2 }),
		pid: () => asking.pid(),
		close: () => asking.close(),
	}
}

type Pending = {
	readonly id: number
	readonly claim: ProbeClaim
	readonly answer: (proof: LookResult) => void
	readonly giveUp: (error: Error) => void
	isSecondTry: boolean
	/** Its time is up: the process was told, and answers at once unless it hangs. */
	isLate: boolean
	deadline: NodeJS.Timeout | undefined
}

/** The claims that wait for their proof, and the process that works on them. */
class Asking {
	readonly #options: ProberOptions
	readonly #idleMs: number
	readonly #deadlineMs: number
	readonly #pending = new Map<number, Pending>()
	#ids = 0
	#child: ProbeProcess | undefined
	#idle: NodeJS.Timeout | undefined

	constructor(options: ProberOptions) {
		this.#options = options
		this.#idleMs = options.idleMs ?? 180_000
		this.#deadlineMs = options.deadlineMs ?? 120_000
	}

	pid(): number | undefined {
		return this.#child?.pid()
	}

	prove(wanted: Wanted, signal: AbortSignal): Promise<LookResult> {
		return new Promise((answer, giveUp) => {
			signal.throwIfAborted()
			clearTimeout(this.#idle)
			const state = { isSecondTry: false, isLate: false, deadline: undefined }
			const one: Pending = { id: (this.#ids += 1), claim: writeClaim(wanted), answer, giveUp, ...state }
			this.#pending.set(one.id, one)
			signal.addEventListener('abort', () => this.#cancel(one, signal.reason), { once: true })
			this.#ask(one)
		})
	}

	close(): void {
		const closing = this.#child
		this.#child = undefined
		closing?.end()
		for (const one of this.#pending.values()) this.#over(one).giveUp(new Error('probing is closing'))
		clearTimeout(this.#idle)
	}

	#ask(one: Pending): void {
		one.isLate = false
		one.deadline = setTimeout(() => this.#cutOff(one), this.#deadlineMs)
		this.#getChild().send({ id: one.id, claim: one.claim })
	}

	/** One slow site is no reason to begin anew with all the others. */
	#cutOff(one: Pending): void {
		one.isLate = true
		const hang = () => this.#getChild().kill(`no answer within ${this.#deadlineMs} ms`)
		one.deadline = setTimeout(hang, Math.min(this.#deadlineMs, longestHangMs))
		this.#getChild().send({ cancelled: one.id })
	}

	#cancel(one: Pending, reason: unknown): void {
		if (this.#pending.get(one.id) !== one) return
		this.#child?.send({ cancelled: one.id })
		this.#over(one).giveUp(reason instanceof Error ? reason : new Error('cancelled'))
	}

	#take(answer: ProbeAnswer): void {
		const one = this.#pending.get(answer.id)
		if (one === undefined) return // cancelled meanwhile
		this.#over(one)
		if (one.isLate) one.answer(tooSlow(one.claim, this.#deadlineMs))
		else if ('proof' in answer) one.answer(answer.proof)
		else one.giveUp(new Error(answer.bug))
	}

	/** Nobody waits for it any more; with the last one the process begins to idle. */
	#over(one: Pending): Pending {
		clearTimeout(one.deadline)
		this.#pending.delete(one.id)
		if (this.#pending.size === 0) this.#idle = setTimeout(() => this.close(), this.#idleMs).unref()
		return one
	}

	#getChild(): ProbeProcess {
		return (this.#child ??= this.#begin())
	}

	#begin(): ProbeProcess {
		const begun = startProbeProcess(this.#options, {
			onAnswer: (answer) => this.#take(answer),
			onEnd: (how) => {
				if (this.#child !== begun) return
				this.#child = undefined
				this.#options.onTrouble({ err: new Error(how) }, 'the probing process ended')
				this.#askAgain()
			},
		})
		return begun
	}

	/** What it was busy with is asked once more, of the next one. */
	#askAgain(): void {
		for (const one of this.#pending.values()) {
			clearTimeout(one.deadline)
			if (one.isSecondTry) this.#over(one).giveUp(new Error('the probing process ended twice'))
			else this.#ask(Object.assign(one, { isSecondTry: true }))
		}
	}
}

/** Between being told that nobody waits any more, and saying so. */
const longestHangMs = 10_000

function tooSlow({ address }: ProbeClaim, afterMs: number): LookResult {
	const params = { host: new URL(address).host, seconds: Math.round(afterMs / 1_000) }
	const found = { code: 'network/timeout', params, certainty: 'sure', rung: 'secure-connection' } as const
	return { ok: false, diagnosis: { ...found, alternatives: [], evidence: [] } }
}

/** The only place where a secret leaves this process other than towards its site. */
function writeClaim({ type, address, origin, credential, reach, known }: Wanted): ProbeClaim {
	const { transport, pin, edge } = reach
	return {
		type,
		address,
		origin,
		username: credential.username,
		password: credential.password.reveal(),
		transport,
		pin,
		edge: edge && { username: edge.username, password: edge.password.reveal() },
		known,
	}
}
