import { ProblemError } from './client.ts'

/** Asks the person to prove again who they are; false: they would rather not. */
type AskProof = () => Promise<boolean>

let askProof: AskProof = () => Promise.resolve(false)

/** Tells what asks for the proof; the dialog of the shell does. */
export function whenProofIsNeeded(ask: AskProof): void {
	askProof = ask
}

/**
 * Makes a call that may answer `account/step-up-required`: then the person is asked to prove who they are, and the call is
 * made again. Whoever cancels gets that problem.
 */
export async function withStepUp<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call()
	} catch (error) {
		const needsProof = error instanceof ProblemError && error.problem.code === 'account/step-up-required'
		if (!needsProof || !(await askProof())) throw error
		return call()
	}
}
