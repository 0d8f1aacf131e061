import type { ProblemDocument } from '@postern/api/contract'
import { diagnosisDocument } from './diagnosis-document.ts'
import { problems, problemText, type Diagnosis, type Language, type Problem } from '@postern/vocabulary'

/** A problem with what an API caller may know beyond its code. */
export type ApiProblem = Problem & {
	readonly diagnosis?: Diagnosis
	readonly site?: ProblemDocument['site']
	readonly pointer?: string
}

type Context = { readonly requestId: string; readonly language: Language }

/** Renders a problem for our API (RFC 9457). The cause stays here. */
export function problemDocumentOf(problem: ApiProblem, { requestId, language }: Context): ProblemDocument {
	const { status, fixedBy, retry } = problems[problem.code]
	const params = problem.code === 'internal/bug' ? { ...problem.params, requestId } : problem.params
	const text = problemText(problem.code, params, language)
	return {
		type: `/problems/${problem.code}`,
		title: text.title,
		status,
		detail: text.meaning,
		code: problem.code,
		params: { ...params },
		requestId,
		fixedBy,
		retry,
		steps: [...text.steps],
		...(problem.pointer === undefined ? {} : { pointer: problem.pointer }),
		...(problem.diagnosis === undefined ? {} : { diagnosis: diagnosisDocument(problem.diagnosis) }),
		...(problem.site === undefined ? {} : { site: problem.site }),
	}
}

export function problemResponse(problem: ApiProblem, context: Context): Response {
	const document = problemDocumentOf(problem, context)
	const headers = new Headers({ 'content-type': 'application/problem+json', 'content-language': context.language })
	if (document.retry === 'after-wait') headers.set('retry-after', String(document.params['seconds'] ?? 30))
	if (problem.code === 'request/method-not-allowed') headers.set('allow', String(problem.params['allow'] ?? ''))
	// Only to who presented credentials: browsers open a password box (RFC 7617 §2).
	if (document.status === 401 && problem.code.startsWith('application-password/'))
		headers.set('www-authenticate', 'Basic realm="Postern", charset="UTF-8"')
	return new Response(JSON.stringify(document), { status: document.status, headers })
}
