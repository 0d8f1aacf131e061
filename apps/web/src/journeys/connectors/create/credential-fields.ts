import { localProblem } from '@postern/api/client'
import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import { judgeField } from './field-shapes.ts'

/** What was typed, by the names of the connector type's fields. */
export type CredentialFields = Readonly<Record<string, string>>
export type FieldProblems = Readonly<Record<string, ProblemDocument>>

type Type = Pick<ConnectorTypeDocument, 'fields'>

/** Judges what can be judged without sending anything. */
export function checkFields({ fields }: Type, typed: CredentialFields): FieldProblems {
	return Object.fromEntries(
		fields.flatMap((field) => {
			const found = judgeField(field, typed[field.name] ?? '')
			return found === undefined ? [] : [[field.name, localProblem(found.code, found.params)]]
		}),
	)
}

/** The field the server's refusal is about; `undefined` for everything that needs a card of its own. */
export function fieldOfProblem({ fields }: Type, { code }: Pick<ProblemDocument, 'code'>): string | undefined {
	return fields.find(({ problems }) => problems.includes(code))?.name
}

/** The first field, from the top, that has a problem. */
export function firstField({ fields }: Type, problems: FieldProblems): string | undefined {
	return fields.find(({ name }) => problems[name])?.name
}

/** A field that was changed is no longer the one that was refused. */
export function clearField(problems: FieldProblems, changed: string): FieldProblems {
	const { [changed]: _cleared, ...others } = problems
	return others
}
