import type { Diagnosis, Problem } from '@postern/vocabulary'
import type { DiscoveredSite } from '@postern/wp-client'

/** Why a site could not be connected: a problem, with its diagnosis and whatever was found out before. */
export type SiteFailure = Problem & { readonly diagnosis?: Diagnosis; readonly site?: Partial<DiscoveredSite> }

export type SiteResult<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: SiteFailure }

export function failWith(
	diagnosis: Diagnosis,
	site?: Partial<DiscoveredSite>,
): { readonly ok: false; readonly problem: SiteFailure } {
	const problem = { code: diagnosis.code, params: diagnosis.params, diagnosis }
	return { ok: false, problem: site === undefined ? problem : { ...problem, site } }
}
