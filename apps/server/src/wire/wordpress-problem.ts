import type { WireAnswer } from '@postern/app-passwords'
import { problems, problemText, type Problem, type ProblemCode } from '@postern/vocabulary'

/** A problem in WordPress' shape, `{ code, message, data: { status } }`, with our code beside it. */
export function wordPressProblem({ code, params }: Pick<Problem, 'code' | 'params'>): WireAnswer {
	const { status, retry } = problems[code]
	const message = problemText(code, params, 'en').title
	const body = JSON.stringify({ code: wordPressCode(code), message, data: { status, problem: code } })
	const headers = { 'Content-Type': 'application/json; charset=UTF-8' }
	return { status, headers: retry === 'after-wait' ? { ...headers, 'Retry-After': '30' } : headers, body }
}

const wordPressCode = (code: ProblemCode) => `postern_${code.replaceAll(/[/-]/g, '_')}`
