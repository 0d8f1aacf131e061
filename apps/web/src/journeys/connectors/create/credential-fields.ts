import { localProblem } from '@postern/api/client'
import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'
import { passwordShape, readUsername } from '@postern/wordpress'

/** What `verifySite` takes from the form. The registry names its fields by the same names. */
export const fieldNames = ['address', 'username', 'applicationPassword'] as const
export type FieldName = (typeof fieldNames)[number]

export type CredentialFields = Readonly<Record<FieldName, string>>
export type FieldProblems = Readonly<Partial<Record<FieldName, ProblemDocument>>>

export function isFieldName(name: string): name is FieldName {
	return fieldNames.some((known) => known === name)
}

/** Judges what can be judged without sending anything; the server judges the same again. */
export function checkFields(fields: CredentialFields): FieldProblems {
	const address = fields.address.trim() === '' ? localProblem('address/required') : undefined
	const username = readUsername(fields.username)
	const password = passwordProblem(fields.applicationPassword)
	return {
		...(address ? { address } : {}),
		...(username.ok ? {} : { username: localProblem(username.problem.code, username.problem.params) }),
		...(password ? { applicationPassword: password } : {}),
	}
}

/** A login password stops here: it never leaves the browser. */
function passwordProblem(typed: string): ProblemDocument | undefined {
	const shape = passwordShape(typed)
	switch (shape.kind) {
		case 'application-password':
			return undefined
		case 'empty':
			return localProblem('site-credential/password-required')
		case 'mask':
			return localProblem('site-credential/mask')
		case 'wrong-length':
			return localProblem('site-credential/password-length', { length: shape.length })
		case 'login-password':
			return localProblem('site-credential/looks-like-login-password')
	}
}

const fieldOfCode: { readonly [C in ProblemCode]?: FieldName } = {
	'address/required': 'address',
	'site-credential/username-required': 'username',
	'site-credential/username-malformed': 'username',
	'site-credential/username-too-long': 'username',
	'site-credential/password-required': 'applicationPassword',
	'site-credential/password-length': 'applicationPassword',
	'site-credential/looks-like-login-password': 'applicationPassword',
	'site-credential/mask': 'applicationPassword',
}

/** The field the server's refusal is about; `undefined` for everything that needs a card of its own. */
export function fieldOfProblem(problem: ProblemDocument): FieldName | undefined {
	return fieldOfCode[problem.code]
}

/** The first field, from the top, that has a problem. */
export function firstField(problems: FieldProblems): FieldName | undefined {
	return fieldNames.find((name) => problems[name])
}

/** A field that was changed is no longer the one that was refused. */
export function clearField(problems: FieldProblems, changed: FieldName): FieldProblems {
	const { [changed]: _cleared, ...others } = problems
	return others
}
