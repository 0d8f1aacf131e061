import type { ProblemDocument } from '@postern/api/contract'
import { ProblemError } from './client.ts'

/** Asks the person to prove again who they are; false: they would rather not. */
type AskProof = () => Promise<boolean>

let askProof: AskProof = () => Promise.resolve(false)

/** Tells what asks for the proof; the dialog of the shell does. */
export function whenProofIsNeeded(ask: AskProof): void {
	askProof = ask
}

const declined = new WeakSet<ProblemDocument>()

/** Whether somebody was asked for a proof and cancelled: they know, and nobody tells them. */
export function wasDeclined(problem: ProblemDocument): boolean {
	return declined.has(problem)
}

/**
 * Makes a call that may answer `account/step-up-required`: then the person is asked to prove who they are, and the call is
 * made again. Whoever cancels gets that problem, which `wasDeclined` knows.
 */
export async function withStepUp<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call()
	} catch (error) {
		const needsProof = error instanceof ProblemError && error.problem.code === 'account/step-up-required'
		if (!needsProof) throw error
		if (await askProof()) return call()
		declined.add(error.problem)
		throw error
	}
}
