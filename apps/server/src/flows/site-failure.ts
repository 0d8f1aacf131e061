import type { SiteDocument } from '@postern/api/contract'
import type { Diagnosis, Problem } from '@postern/vocabulary'

/** Why a site could not be connected: a problem, with its diagnosis and whatever was found out before. */
export type SiteFailure = Problem & { readonly diagnosis?: Diagnosis; readonly site?: Partial<SiteDocument> }

export type SiteResult<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: SiteFailure }

export function failWith({
	diagnosis,
	site,
}: {
	readonly diagnosis: Diagnosis
	readonly site?: Partial<SiteDocument>
}): { readonly ok: false; readonly problem: SiteFailure } {
	const { code, params } = diagnosis
	return { ok: false, problem: { code, params, diagnosis, ...(site === undefined ? {} : { site }) } }
}
