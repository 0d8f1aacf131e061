import type { contract, DiagnosisDocument, EventOf } from '@postern/api/contract'
import { rungs, type Rung, type RungState } from '@postern/vocabulary'

export type VerifyEvent = EventOf<typeof contract.verifySite>
type RungEvent = Extract<VerifyEvent, { kind: 'rung' }>

export type LadderStep = { readonly rung: Rung; readonly state: RungState; readonly elapsedMs?: number }
export type Ladder = readonly LadderStep[]

/** Nothing checked yet. */
export const waitingLadder: Ladder = rungs.map((rung) => ({ rung, state: 'waiting' }))

/** Takes one event in. What an earlier event said about the time stays unless this one says more. */
export function climb(ladder: Ladder, event: Pick<RungEvent, 'rung' | 'state' | 'elapsedMs'>): Ladder {
	return ladder.map((step) => {
		if (step.rung !== event.rung) return step
		const elapsedMs = event.elapsedMs ?? step.elapsedMs
		return { rung: step.rung, state: event.state, ...(elapsedMs === undefined ? {} : { elapsedMs }) }
	})
}

/** Ends the climb at the rung that failed: whatever had not ended by then was not reached. */
export function stopClimb(ladder: Ladder, failedOn: Rung | undefined): Ladder {
	return ladder.map((step) => {
		if (step.rung === failedOn) return { ...step, state: 'failed' }
		return step.state === 'waiting' || step.state === 'running' ? { ...step, state: 'skipped' } : step
	})
}

/** What a stored outcome means on the ladder: everything below the failing rung had passed. */
export function ladderOf(diagnosis: Pick<DiagnosisDocument, 'rung'> | null): Ladder {
	const failedAt = diagnosis ? rungs.indexOf(diagnosis.rung) : rungs.length
	return rungs.map((rung, index) => ({ rung, state: stateAt(index, failedAt) }))
}

function stateAt(index: number, failedAt: number): RungState {
	if (index === failedAt) return 'failed'
	return index < failedAt ? 'passed' : 'skipped'
}
