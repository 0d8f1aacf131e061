import type { ProblemDocument, SiteDocument } from '@postern/api/contract'
import { hasEdge, type TypedReach } from '../reach/typed-reach.ts'

/** Why one click cannot work here. */
export type WhyNot = 'staging-login' | 'xml-rpc' | 'off' | 'not-offered'

/** What is known of the site so far; nothing before it was looked at. */
type Known = {
	readonly site: SiteDocument | undefined
	readonly problem: ProblemDocument | undefined
	readonly reach: TypedReach
}

/** Whether a person can approve of us on the site's own page: `unknown` until the site was looked at. */
export function judgeApproval({ site, problem, reach }: Known): 'offered' | 'unknown' | WhyNot {
	if (hasEdge(reach)) return 'staging-login'
	if (reach.transport === 'xml-rpc') return 'xml-rpc'
	if (site?.applicationPasswords === 'off' || isOff(problem)) return 'off'
	if (site === undefined) return 'unknown'
	return site.authorizationEndpoint === null ? 'not-offered' : 'offered'
}

function isOff(problem: ProblemDocument | undefined): boolean {
	return problem !== undefined && problem.code.startsWith('application-passwords/')
}
