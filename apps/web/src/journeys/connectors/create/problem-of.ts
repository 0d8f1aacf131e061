import { localProblem } from '@postern/api/client'
import type { ProblemDocument } from '@postern/api/contract'
import { problemCodes } from '@postern/vocabulary'
import { anySite } from '../../../ui/problem-title.ts'

/** What the server tells of it; else what the code in the address means. */
export function problemOf(code: string, told: ProblemDocument | null | undefined): ProblemDocument | undefined {
	if (told?.code === code) return told
	const known = problemCodes.find((one) => one === code)
	return known && localProblem(known, anySite)
}
