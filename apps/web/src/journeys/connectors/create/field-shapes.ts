import type { ConnectorTypeDocument } from '@postern/api/contract'
import type { ProblemCode, ProblemParams } from '@postern/vocabulary'
import { passwordShape, readUsername } from '@postern/wordpress'

export type Field = ConnectorTypeDocument['fields'][number]
type Found = { readonly code: ProblemCode; readonly params?: ProblemParams }

/** What can be told of a value without sending it anywhere. */
const shapes: Readonly<Record<NonNullable<Field['shape']>, (typed: string) => Found | undefined>> = {
	'wordpress-username': (typed) => {
		const read = readUsername(typed)
		return read.ok ? undefined : read.problem
	},
	/** A login password stops here: it never leaves the browser. */
	'wordpress-application-password': (typed) => {
		const shape = passwordShape(typed)
		switch (shape.kind) {
			case 'application-password':
				return undefined
			case 'empty':
				return { code: 'site-credential/password-required' }
			case 'mask':
				return { code: 'site-credential/mask' }
			case 'wrong-length':
				return { code: 'site-credential/password-length', params: { length: shape.length } }
			case 'login-password':
				return { code: 'site-credential/looks-like-login-password' }
		}
	},
}

/** What is wrong with a field; the server judges the same again. */
export function judgeField(field: Field, typed: string): Found | undefined {
	if (typed.trim() === '') return { code: field.whenEmpty }
	return field.shape === null ? undefined : shapes[field.shape](typed)
}
