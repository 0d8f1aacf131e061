import type { Diagnosis } from '@postern/vocabulary'
import type { ProofResult } from '../../connectors/connector-type.ts'
import { proveConnection } from '../../connectors/prove-connection.ts'
import type { ConnectorFacts } from '../../store/connector/connector.ts'
import { plainReach, type Reach } from '../../store/connector/reach.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { RotationPorts } from '../rotate-connector/rotation-ports.ts'
import type { Arrived } from './read-arrival.ts'

/** Signs in with it, once, at the origin that was confirmed, and finds out which password it is. */
export function proveArrived(
	{ type, credential }: Arrived,
	approval: SiteApproval,
	ports: RotationPorts,
): Promise<ProofResult> {
	const { siteUrl } = approval.site
	const claim = { type, credential, address: siteUrl, reach: reachOf(approval), origin: new URL(siteUrl).origin }
	return proveConnection(claim, ports)
}

export function reachOf({ certificatePin }: SiteApproval): Reach {
	return { ...plainReach, pin: certificatePin ?? undefined }
}

/** What became of a password that nobody keeps. */
export type Dropped =
	| { readonly kind: 'removed' | 'left'; readonly name: string }
	| { readonly kind: 'useless' | 'in-use' }

/**
 * What nobody may keep should not open the site either: removes it, if the site took it a moment ago, and no connector lives on it.
 * `asked`: what the site said of it. A login that did not work is not tried again.
 */
export async function removeArrived(
	arrived: Arrived,
	{ approval, asked }: { readonly approval: SiteApproval; readonly asked: ProofResult },
	ports: RotationPorts,
): Promise<Dropped> {
	const { workspaceId, appName } = approval
	const facts = asked.ok ? asked.value : asked.facts
	if (facts === undefined)
		return !asked.ok && opensNothing(asked.diagnosis) ? { kind: 'useless' } : { kind: 'left', name: appName }
	const { uuid, name } = facts.applicationPassword
	const password = { workspaceId, siteOrigin: facts.site.origin, passwordUuid: uuid ?? '' }
	if (uuid !== null && (await ports.store.rotations.isInUse(password))) return { kind: 'in-use' }
	const isGone = await deleteThere(arrived, { approval, facts }, ports)
	return { kind: isGone ? 'removed' : 'left', name: name ?? appName }
}

/** Somebody removed it already, or another request with the same address was quicker. */
function opensNothing({ code, certainty }: Diagnosis): boolean {
	return code === 'site-credential/rejected' && certainty === 'sure'
}

async function deleteThere(
	{ type, credential }: Arrived,
	{ approval, facts }: { readonly approval: SiteApproval; readonly facts: ConnectorFacts },
	ports: RotationPorts,
): Promise<boolean> {
	const { site, notes, account, applicationPassword } = facts
	if (applicationPassword.uuid === null || type.passwords === undefined) return false
	const reached = { site, notes, account, applicationPassword, reach: reachOf(approval), credential }
	return (await type.passwords.delete(reached, applicationPassword.uuid, ports)).ok
}
