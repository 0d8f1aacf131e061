import { parseSiteAddress } from '@postern/wordpress'
import { plainReach, type Reach } from '../store/connector/reach.ts'
import type { ProbePorts } from './discover-site.ts'

type Proved = {
	readonly reach: Reach
	/** As it was typed. */
	readonly address: string
	/** Where a site answered in the end. */
	readonly siteOrigin: string
}

/**
 * What of a way to a site may be kept with a connector: a staging login and a certificate are for the host that was typed. Where
 * that sent us to another one neither of them went along, so neither may from then on.
 */
export function bindReach(
	{ reach, address, siteOrigin }: Proved,
	ports: Pick<ProbePorts, 'ownOrigins' | 'extraPorts'>,
): Reach {
	if (reach.edge === undefined && reach.pin === undefined) return reach
	const typed = parseSiteAddress(address, ports)
	const isSameHost = typed.ok && typed.value.url.host === new URL(siteOrigin).host
	return isSameHost ? reach : { ...plainReach, transport: reach.transport }
}
