import { localProblem } from '@postern/api/client'
import type { contract, OutputOf, ProblemDocument } from '@postern/api/contract'
import { problemCodes } from '@postern/vocabulary'
import { anySite } from '../../../ui/problem-title.ts'
import type { RefusedApproval } from './approve/use-approval.ts'

type Told = Pick<OutputOf<typeof contract.getLatestApproval>, 'problem' | 'again' | 'password'>

/** The same, with what became of the password that came with it. */
export function refusalOf(code: string, approval: Told | null | undefined): RefusedApproval | undefined {
	const problem = problemOf(code, approval)
	const password = problem === approval?.problem ? approval?.password : undefined
	return problem && { problem, ...(password ? { password } : {}) }
}

/** What the server tells of it; else what the code in the address means. */
function problemOf(code: string, approval: Told | null | undefined): ProblemDocument | undefined {
	const told = [approval?.again, approval?.problem].find((problem) => problem?.code === code)
	if (told) return told
	const known = problemCodes.find((one) => one === code)
	return known && localProblem(known, anySite)
}
