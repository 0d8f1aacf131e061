import { localProblem } from '@postern/api/client'
import type { contract, OutputOf, ProblemDocument } from '@postern/api/contract'
import { problemCodes } from '@postern/vocabulary'
import { anySite } from '../../../ui/problem-title.ts'

type Told = Pick<OutputOf<typeof contract.getLatestApproval>, 'problem' | 'again'>

/** What the server tells of it; else what the code in the address means. */
export function problemOf(code: string, approval: Told | null | undefined): ProblemDocument | undefined {
	const told = [approval?.again, approval?.problem].find((problem) => problem?.code === code)
	if (told) return told
	const known = problemCodes.find((one) => one === code)
	return known && localProblem(known, anySite)
}
