import { localProblem } from '@postern/api/client'
import { expect, it } from 'vitest'
import { ProblemError } from './client.ts'
import { wasDeclined, whenProofIsNeeded, withStepUp } from './step-up.ts'

const refusal = () => new ProblemError(localProblem('account/step-up-required'))

it('knows a proof that somebody declined, and only that one', async () => {
	whenProofIsNeeded(() => Promise.resolve(false))
	const error = refusal()
	await expect(withStepUp(() => Promise.reject(error))).rejects.toBe(error)
	expect(wasDeclined(error.problem)).toBe(true)
	expect(wasDeclined(refusal().problem)).toBe(false)
})

it('makes the call again after the proof, and tells what comes of it', async () => {
	whenProofIsNeeded(() => Promise.resolve(true))
	const again = refusal()
	const answers = [refusal(), again]
	await expect(withStepUp(() => Promise.reject(answers.shift() ?? new Error('asked too often')))).rejects.toBe(again)
	expect(wasDeclined(again.problem)).toBe(false)
})
