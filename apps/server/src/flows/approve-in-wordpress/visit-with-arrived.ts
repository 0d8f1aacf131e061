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

/** What nobody may keep should not open the site either. False: it still does. */
export async function removeArrived(
	{ type, credential }: Arrived,
	{ approval, facts }: { readonly approval: SiteApproval; readonly facts: ConnectorFacts },
	ports: RotationPorts,
): Promise<boolean> {
	const { site, notes, account, applicationPassword } = facts
	if (applicationPassword.uuid === null || type.passwords === undefined) return false
	const reached = { site, notes, account, applicationPassword, reach: reachOf(approval), credential }
	return (await type.passwords.delete(reached, applicationPassword.uuid, ports)).ok
}
