import { problems, problemText, type Language, type ProblemCode, type ProblemParams } from '@postern/vocabulary'

/** Names a problem where not all of its values are known: in the log, or as what it might have been instead. */
export function problemTitle(code: ProblemCode, params: ProblemParams, language: Language): string {
	const unknown = Object.fromEntries(problems[code].params.map((param) => [param, '…']))
	return problemText(code, { ...unknown, ...params }, language).title
}
