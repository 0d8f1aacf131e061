import { problems, problemText, type Language, type ProblemCode, type ProblemParams } from '@postern/vocabulary'

/** Stands where a real case has the name of its site. */
export const anySite = { host: 'yourwebsite.com' } as const

/** Names a problem where not all of its values are known: in the log, or as what it might have been instead. */
export function problemTitle(code: ProblemCode, params: ProblemParams, language: Language): string {
	const unknown = Object.fromEntries(problems[code].params.map((param) => [param, '…']))
	return problemText(code, { ...unknown, ...params }, language).title
}
