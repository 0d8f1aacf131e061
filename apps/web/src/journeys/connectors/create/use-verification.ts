import { localProblem } from '@postern/api/client'
import { contract, type InputOf, type ConnectorDocument, type ProblemDocument } from '@postern/api/contract'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { climb, stopClimb, waitingLadder, type Ladder, type VerifyEvent } from './ladder.ts'

/** One press of *Authorize*. */
export type Verification =
	| { readonly state: 'idle' }
	| { readonly state: 'running'; readonly ladder: Ladder }
	| { readonly state: 'failed'; readonly ladder: Ladder; readonly problem: ProblemDocument }
	| { readonly state: 'verified'; readonly ladder: Ladder }

type Attempt = InputOf<typeof contract.verifySite>['body']

type Listener = {
	readonly onRung: (event: Extract<VerifyEvent, { kind: 'rung' }>) => void
	readonly onFailed: (problem: ProblemDocument) => void
	readonly onVerified: (connector: ConnectorDocument) => void
}

const idle: Verification = { state: 'idle' }

/** Runs *Authorize* on the server and follows it rung by rung. Leaving the page, or starting anew, ends it there too. */
export function useVerification(listener: Listener) {
	const { id: workspaceId } = useWorkspace()
	const [verification, setVerification] = useState(idle)
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])

	const start = async (body: Attempt) => {
		running.current?.abort()
		const attempt = new AbortController()
		running.current = attempt
		setVerification({ state: 'running', ladder: waitingLadder })
		let end: Exclude<VerifyEvent, { kind: 'rung' }> | undefined
		const onEvent = (event: VerifyEvent) => {
			if (attempt.signal.aborted) return
			if (event.kind !== 'rung') return void (end = event)
			setVerification((before) => ({ state: 'running', ladder: climb(ladderIn(before), event) }))
			listener.onRung(event)
		}
		const answer = await client.stream(contract.verifySite, { workspaceId, body }, onEvent, attempt.signal)
		if (attempt.signal.aborted) return
		if (end?.kind === 'verified') {
			setVerification((before) => ({ state: 'verified', ladder: ladderIn(before) }))
			listener.onVerified(end.connector)
			return
		}
		// A stream that ends without a verdict was cut on the way.
		const problem = end?.problem ?? (answer.ok ? localProblem('postern/unreachable') : answer.problem)
		setVerification((before) => fail(before, problem))
		listener.onFailed(problem)
	}
	const reset = () => {
		running.current?.abort()
		setVerification(idle)
	}
	return { verification, start: (attempt: Attempt) => void start(attempt), reset }
}

function ladderIn(verification: Verification): Ladder {
	return verification.state === 'idle' ? waitingLadder : verification.ladder
}

function fail(before: Verification, problem: ProblemDocument): Verification {
	return { state: 'failed', ladder: stopClimb(ladderIn(before), problem.diagnosis?.rung), problem }
}
