import type { contract, DiagnosisDocument, EventOf } from '@postern/api/contract'
import { rungs, type NoteCode, type Rung, type RungState } from '@postern/vocabulary'

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

/** The rung at which each remark is made. */
const noteRungs: Record<NoteCode, Rung> = {
	'address-corrected': 'address',
	'international-host': 'address',
	'mixed-script-host': 'address',
	'https-used': 'secure-connection',
	'plain-http': 'secure-connection',
	'plain-permalinks': 'api',
	'api-found-elsewhere': 'api',
	'api-closed-to-visitors': 'api',
	'json-repaired': 'api',
	'php-notices': 'api',
	'api-cached': 'api',
	'xml-rpc-transport': 'api',
	'introspection-missing': 'application-passwords',
	'login-also-by-email': 'login',
	'administrator-account': 'permissions',
	'limited-account': 'permissions',
}

/** What a stored outcome means on the ladder: everything below the failing rung had passed, here and there with a remark. */
export function ladderOf(
	diagnosis: Pick<DiagnosisDocument, 'rung'> | null,
	notes: readonly { readonly code: NoteCode }[],
): Ladder {
	const failedAt = diagnosis ? rungs.indexOf(diagnosis.rung) : rungs.length
	const noted = new Set(notes.map(({ code }) => noteRungs[code]))
	return rungs.map((rung, index) => {
		const state = stateAt(index, failedAt)
		return { rung, state: state === 'passed' && noted.has(rung) ? 'noted' : state }
	})
}

function stateAt(index: number, failedAt: number): RungState {
	if (index === failedAt) return 'failed'
	return index < failedAt ? 'passed' : 'skipped'
}
