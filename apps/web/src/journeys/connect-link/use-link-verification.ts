import { localProblem } from '@postern/api/client'
import { contract, type EventOf, type InputOf, type ProblemDocument } from '@postern/api/contract'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { climb, type Ladder, stopClimb, waitingLadder } from '../connectors/create/ladder.ts'

type LinkEvent = EventOf<typeof contract.verifyByConnectLink>
type Attempt = InputOf<typeof contract.verifyByConnectLink>['body']

export type LinkVerification =
	| { readonly state: 'idle' }
	| { readonly state: 'running'; readonly ladder: Ladder }
	| { readonly state: 'failed'; readonly ladder: Ladder; readonly problem: ProblemDocument }

type Listener = {
	readonly onConnected: (host: string) => void
	readonly onFailed: (problem: ProblemDocument) => void
}

const idle: LinkVerification = { state: 'idle' }

/** Proves the credential on the server and follows it rung by rung. Leaving the page, or starting anew, ends it there too. */
export function useLinkVerification({ onConnected, onFailed }: Listener) {
	const [verification, setVerification] = useState(idle)
	const running = useRef<AbortController>(undefined)
	useEffect(() => () => running.current?.abort(), [])
	const start = async (body: Attempt) => {
		running.current?.abort()
		const attempt = new AbortController()
		running.current = attempt
		setVerification({ state: 'running', ladder: waitingLadder })
		let end: Exclude<LinkEvent, { kind: 'rung' }> | undefined
		const onEvent = (event: LinkEvent) => {
			if (attempt.signal.aborted) return
			if (event.kind !== 'rung') return void (end = event)
			setVerification((before) => ({ state: 'running', ladder: climb(ladderIn(before), event) }))
		}
		const answer = await client.stream(contract.verifyByConnectLink, { body }, onEvent, attempt.signal)
		if (attempt.signal.aborted) return
		if (end?.kind === 'connected') return onConnected(end.host)
		// A stream that ends without a verdict was cut on the way.
		const problem = end?.problem ?? (answer.ok ? localProblem('postern/unreachable') : answer.problem)
		setVerification((before) => ({
			state: 'failed',
			ladder: stopClimb(ladderIn(before), problem.diagnosis?.rung),
			problem,
		}))
		onFailed(problem)
	}
	const reset = () => {
		running.current?.abort()
		setVerification(idle)
	}
	return { verification, start: (attempt: Attempt) => void start(attempt), reset }
}

function ladderIn(verification: LinkVerification): Ladder {
	return verification.state === 'idle' ? waitingLadder : verification.ladder
}
