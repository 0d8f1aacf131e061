import type { ProblemDocument } from '@postern/api/contract'
import { problemText, type Language, type ProblemCode } from '@postern/vocabulary'

/** Which field a problem is about, where the server did not point at it. */
export type FieldsByCode<Field extends string> = { readonly [C in ProblemCode]?: Field }

/**
 * The field a problem is about: by the last name of its JSON pointer (RFC 6901), else by its code; `undefined` if it is
 * about the whole request.
 */
export function fieldOf<Field extends string>(
	problem: ProblemDocument,
	fields: readonly Field[],
	byCode: FieldsByCode<Field> = {},
): Field | undefined {
	const name = problem.pointer?.split('/').at(-1)
	return fields.find((field) => field === name) ?? byCode[problem.code]
}

/** The sentence below a field: what is wrong, and why; what to do where there is no why. */
export function fieldSentence(problem: Pick<ProblemDocument, 'code' | 'params'>, language: Language): string {
	const { title, meaning, steps } = problemText(problem.code, problem.params, language)
	const parts = [title, meaning === '' ? (steps[0] ?? '') : meaning]
	return parts.join(language === 'ja' ? '' : ' ').trim()
}
