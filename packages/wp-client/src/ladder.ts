import { rungs, type Note, type ProblemParams, type NoteCode, type ProblemCode, type Rung } from '@postern/vocabulary'
import type { ProbePorts } from './types.ts'

type Detail = { readonly code: ProblemCode | NoteCode; readonly params: ProblemParams }

/** Streams the rungs to whoever watches. Rungs are climbed in order; each ends once. */
export type Ladder = {
	readonly run: (rung: Rung) => void
	/** Ends the running rung well, with a remark if there is one, and begins another. */
	readonly goOn: (next: Rung, remark?: Note) => void
	/** The same, where the time so far was spent on the next rung. */
	readonly goPast: (next: Rung, remark?: Note) => void
	/** Ends the running rung well, with a remark if there is one. */
	readonly pass: (remark?: Note) => void
	/** Ends the running rung badly and skips the rest; says which it was. */
	readonly fail: (detail: Detail) => Rung
	readonly running: () => Rung
}

export function createLadder(first: Rung, { onRung, clock }: Pick<ProbePorts, 'onRung' | 'clock'>): Ladder {
	let rung = first
	let startedAt = clock()
	const run = (next: Rung): void => {
		rung = next
		startedAt = clock()
		onRung?.({ rung, state: 'running' })
	}
	const pass = (remark?: Note, elapsedMs = clock() - startedAt): void => {
		if (remark === undefined) onRung?.({ rung, state: 'passed', elapsedMs })
		else onRung?.({ rung, state: 'noted', elapsedMs, detail: remark })
	}
	run(first)
	return {
		run,
		pass: (remark) => pass(remark),
		goPast: (next, remark) => {
			pass(remark, 0)
			rung = next
			onRung?.({ rung, state: 'running' })
		},
		goOn: (next, remark) => {
			pass(remark)
			run(next)
		},
		fail: ({ code, params }) => {
			onRung?.({ rung, state: 'failed', elapsedMs: clock() - startedAt, detail: { code, params } })
			for (const skipped of rungs.slice(rungs.indexOf(rung) + 1)) onRung?.({ rung: skipped, state: 'skipped' })
			return rung
		},
		running: () => rung,
	}
}

/**
 * Before a site has answered: the name was fine if the trouble came later than finding its server, and over plain http no secure
 * connection was ever tried. `at`: what was asked.
 */
export function climbToTrouble(ladder: Ladder, { code }: { readonly code: ProblemCode }, at: URL): void {
	const isAddress = /^(?:address|redirect)\/|^network\/unknown-host/.test(code) && code !== 'redirect/insecure'
	if (isAddress) return
	ladder.goPast('secure-connection')
	const isPlain = at.protocol === 'http:' && !code.startsWith('tls/')
	if (isPlain) ladder.goPast('wordpress', { code: 'plain-http', params: {} })
	else if (code.startsWith('response/')) ladder.goPast('wordpress')
}
