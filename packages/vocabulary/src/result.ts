import type { SiteCertificate } from './diagnosis.ts'
import type { ProblemCode, ProblemParams } from './problems.ts'

/** What is wrong, as a value. `params` are safe to show to anybody; `cause` never leaves the server. */
export type Problem<C extends ProblemCode = ProblemCode> = {
	readonly code: C
	readonly params: ProblemParams
	readonly cause?: unknown
	/** With `tls/…`, when the site showed one. */
	readonly certificate?: SiteCertificate
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

export function fail(
	code: ProblemCode,
	details: { params?: ProblemParams; cause?: unknown; certificate?: SiteCertificate | undefined } = {},
): Failure {
	const { params = {}, cause, certificate } = details
	const known = { ...(cause === undefined ? {} : { cause }), ...(certificate === undefined ? {} : { certificate }) }
	return { ok: false, problem: { code, params, ...known } }
}
