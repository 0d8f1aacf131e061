import type { Diagnosis, SiteCredential } from '@postern/vocabulary'
import { createRequestBudget } from '@postern/wp-client'
import type { Reach } from '../store/connector/reach.ts'
import type { ConnectorType, FindPorts, FoundSite, KnownConnection, LookResult, ProofResult } from './connector-type.ts'

/** A connection that is claimed to work. */
export type Claim = {
	readonly type: ConnectorType
	readonly address: string
	readonly credential: SiteCredential
	readonly reach: Reach
	/** The one origin that the secrets were entered for; whoever types them now enters them for the address. */
	readonly origin?: string | undefined
}

type Ports = Omit<FindPorts, 'reach'>

/**
 * Looks whether a connection is as it was when it was proved last; proves it anew when it is not, or when its type has no way to
 * tell. Both within one budget of requests, and with one failed login at the most.
 */
export async function lookAgain(claim: Claim, known: KnownConnection, ports: Ports): Promise<LookResult> {
	const { type, credential, reach, origin } = claim
	const budget = ports.budget ?? createRequestBudget()
	const isSameOrigin = origin === new URL(known.site.url).origin
	if (type.recheck === undefined || !isSameOrigin) return proveConnection(claim, { ...ports, budget })
	const looked = await type.recheck(known, credential, { ...ports, reach, budget })
	if (looked.ok) return { ok: true, asBefore: looked.value }
	return proveConnection({ ...claim, type: { ...type, find: looked.find } }, { ...ports, budget })
}

/**
 * Finds the site behind an address and proves the credential there, within one budget of requests. Never throws for what a
 * site does, and opens neither store nor vault.
 */
export async function proveConnection(claim: Claim, ports: Ports): Promise<ProofResult> {
	const { type, address, credential, reach, origin } = claim
	const found = await type.find(address, { ...ports, reach, budget: ports.budget ?? createRequestBudget() })
	if (!found.ok) return found
	const { value: site } = found
	const answering = new URL(site.document.url).origin
	if (origin !== undefined && answering !== origin) return { ok: false, diagnosis: moved(origin, answering, site) }
	const proven = await site.verify(credential)
	return proven.ok ? proven : { site: site.document, ...proven }
}

/** The site answers on another origin now. The secret was entered for the old one, and goes nowhere else. */
function moved(origin: string, target: string, { evidence }: FoundSite): Diagnosis {
	return {
		code: 'site-credential/entered-for-other-origin',
		params: { host: new URL(origin).host, target },
		certainty: 'sure',
		rung: 'address',
		alternatives: [],
		evidence,
	}
}
