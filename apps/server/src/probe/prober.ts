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

/** Starts a process when a proof is first needed, again when it died, and ends it when nobody needs one for some minutes. */
export function createProber(options: ProberOptions): Prober {
	const { idleMs = 180_000, deadlineMs = 120_000 } = options
	const pending = new Map<number, Pending>()
	let ids = 0
	let child: ProbeProcess | undefined
	let idle: NodeJS.Timeout | undefined
	const get = (): ProbeProcess => (child ??= begin())
	const begin = (): ProbeProcess => {
		const begun = startProbeProcess(options, {
			onAnswer: (answer) => take(answer),
			onEnd: (how) => {
				if (child !== begun) return
				child = undefined
				options.onTrouble({ err: new Error(how) }, 'the probing process ended')
				again()
			},
		})
		return begun
	}
	/** What it was busy with is asked once more, of the next one. */
	const again = () => {
		for (const one of pending.values()) {
			clearTimeout(one.deadline)
			if (one.isSecondTry) end(one)?.giveUp(new Error('the probing process ended twice'))
			else ask(Object.assign(one, { isSecondTry: true }))
		}
	}
	const ask = (one: Pending) => {
		one.isLate = false
		one.deadline = setTimeout(() => cutOff(one), deadlineMs)
		get().send({ id: one.id, claim: one.claim })
	}
	/** One slow site is no reason to begin anew with all the others. */
	const cutOff = (one: Pending) => {
		one.isLate = true
		one.deadline = setTimeout(
			() => get().kill(`no answer within ${deadlineMs} ms`),
			Math.min(deadlineMs, longestHangMs),
		)
		get().send({ cancelled: one.id })
	}
	const end = (one: Pending): Pending => {
		clearTimeout(one.deadline)
		pending.delete(one.id)
		if (pending.size === 0) idle = setTimeout(close, idleMs).unref()
		return one
	}
	const take = (answer: ProbeAnswer) => {
		const one = pending.get(answer.id)
		if (one === undefined) return // cancelled meanwhile
		end(one)
		if (one.isLate) one.answer(tooSlow(one.claim, deadlineMs))
		else if ('proof' in answer) one.answer(answer.proof)
		else one.giveUp(new Error(answer.bug))
	}
	const close = () => {
		clearTimeout(idle)
		const closing = child
		child = undefined
		closing?.end()
		for (const one of pending.values()) end(one).giveUp(new Error('probing is closing'))
		clearTimeout(idle)
	}
	const prove: Prove = (wanted, { signal }) =>
		new Promise((answer, giveUp) => {
			signal.throwIfAborted()
			clearTimeout(idle)
			const one: Pending = {
				id: (ids += 1),
				claim: writeClaim(wanted),
				answer,
				giveUp,
				isSecondTry: false,
				isLate: false,
				deadline: undefined,
			}
			pending.set(one.id, one)
			const cancel = () => {
				if (pending.get(one.id) !== one) return
				child?.send({ cancelled: one.id })
				end(one).giveUp(signal.reason instanceof Error ? signal.reason : new Error('cancelled'))
			}
			signal.addEventListener('abort', cancel, { once: true })
			ask(one)
		})
	return { prove: takeTurns(prove, { perHost: 2 }), pid: () => child?.pid(), close }
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
