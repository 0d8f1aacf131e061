import type { ProblemCode, ProblemParams } from './problems.ts'

/** What is wrong, as a value. `params` are safe to show to anybody; `cause` never leaves the server. */
export type Problem<C extends ProblemCode = ProblemCode> = {
	readonly code: C
	readonly params: ProblemParams
	readonly cause?: unknown
}

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Failure = { readonly ok: false; readonly problem: Problem }

/** Expected trouble is returned; `throw` is for our own bugs. */
export type Result<T> = Ok<T> | Failure

export function ok(): Ok<void>
export function ok<T>(value: T): Ok<T>
export function ok<T>(value?: T): Ok<T | undefined> {
	return { ok: true, value }
}

export function fail(code: ProblemCode, details: { params?: ProblemParams; cause?: unknown } = {}): Failure {
	const problem = { code, params: details.params ?? {} }
	return { ok: false, problem: details.cause === undefined ? problem : { ...problem, cause: details.cause } }
}
