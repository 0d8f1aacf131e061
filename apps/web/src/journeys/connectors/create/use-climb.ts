import { type Answer, localProblem } from '@postern/api/client'
import type { ProblemDocument } from '@postern/api/contract'
import { useEffect, useRef, useState } from 'react'
import { climb, stopClimb, waitingLadder, type Ladder, type VerifyEvent } from './ladder.ts'

/** One press of *Authorize*, or of *Connect* behind a link. */
export type Verification =
	| { readonly state: 'idle' }
	| { readonly state: 'running'; readonly ladder: Ladder }
	| { readonly state: 'failed'; readonly ladder: Ladder; readonly problem: ProblemDocument }
	| { readonly state: 'verified'; readonly ladder: Ladder }

type RungEvent = Extract<VerifyEvent, { kind: 'rung' }>
type FailedEvent = Extract<VerifyEvent, { kind: 'failed' }>

type Listener<Top> = {
	readonly onRung?: (event: RungEvent) => void
	readonly onFailed: (problem: ProblemDocument) => void
	readonly onTop: (top: Top) => void
}

/** What the server tells on the way: rungs and a failure, or what stands at the top. */
type Climber<Top> = {
	readonly take: (event: RungEvent | FailedEvent) => void
	readonly reach: (top: Top) => void
}

type Call<Top> = (climber: Climber<Top>, signal: AbortSignal) => Promise<Answer<void>>

const idle: Verification = { state: 'idle' }

/** Proves a credential on the server and follows it rung by rung. Leaving the page, or starting anew, ends it there too. */
export function useClimb<Top>(listener: Listener<Top>) {
	const [verification, setVerification] = useState(idle)
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])

	const start = async (call: Call<Top>) => {
		running.current?.abort()
		const attempt = new AbortController()
		running.current = attempt
		setVerification({ state: 'running', ladder: waitingLadder })
		let failed: ProblemDocument | undefined
		let reached: { readonly top: Top } | undefined
		const take = (event: RungEvent | FailedEvent) => {
			if (attempt.signal.aborted) return
			if (event.kind === 'failed') return void (failed = event.problem)
			setVerification((before) => ({ state: 'running', ladder: climb(ladderIn(before), event) }))
			listener.onRung?.(event)
		}
		const answer = await call({ take, reach: (top) => void (reached = { top }) }, attempt.signal)
		if (attempt.signal.aborted) return
		if (reached) {
			setVerification((before) => ({ state: 'verified', ladder: ladderIn(before) }))
			listener.onTop(reached.top)
			return
		}
		// A stream that ends without a verdict was cut on the way.
		const problem = failed ?? (answer.ok ? localProblem('postern/unreachable') : answer.problem)
		setVerification((before) => fail(before, problem))
		listener.onFailed(problem)
	}
	const reset = () => {
		running.current?.abort()
		setVerification(idle)
	}
	return { verification, start: (call: Call<Top>) => void start(call), reset }
}

function ladderIn(verification: Verification): Ladder {
	return verification.state === 'idle' ? waitingLadder : verification.ladder
}

function fail(before: Verification, problem: ProblemDocument): Verification {
	return { state: 'failed', ladder: stopClimb(ladderIn(before), problem.diagnosis?.rung), problem }
}
