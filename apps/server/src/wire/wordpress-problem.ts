import type { WireAnswer } from '@postern/app-passwords'
import { problems, problemText, type Problem, type ProblemCode } from '@postern/vocabulary'

type Said = Pick<Problem, 'code' | 'params'>

/** A problem in WordPress' shape, `{ code, message, data: { status } }`, with our code beside it, and the scopes that were missing. */
export function wordPressProblem(problem: Said): WireAnswer {
	const { code } = problem
	const { status, retry } = problems[code]
	const missing = missingScopes(problem)
	const data = { status, problem: code, ...(missing.length === 0 ? {} : { missing_scopes: missing }) }
	const body = JSON.stringify({ code: wordPressCode(code), message: sayProblem(problem), data })
	const headers = { 'Content-Type': 'application/json; charset=UTF-8' }
	return { status, headers: retry === 'after-wait' ? { ...headers, 'Retry-After': '30' } : headers, body }
}

/** In one line. What a caller's own password lacks is told to it. */
export function sayProblem(problem: Said): string {
	const { title, meaning } = problemText(problem.code, problem.params, 'en')
	return missingScopes(problem).length === 0 ? title : `${title} ${meaning}`
}

export function missingScopes({ code, params: { scope } }: Said): readonly string[] {
	return code === 'application-password/scope-missing' && typeof scope === 'string' ? scope.split(', ') : []
}

const wordPressCode = (code: ProblemCode) => `postern_${code.replaceAll(/[/-]/g, '_')}`
