import type { DiscoveredSite, DiscoverPorts } from '@postern/wp-client'
import { findConnectorType } from '../connectors/registry.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import { failWith, type SiteResult } from './site-failure.ts'

export type ProbePorts = Pick<DiscoverPorts, 'ask' | 'clock' | 'ownOrigins' | 'extraPorts'> & {
	readonly limit: AttemptLimit
}

type Request = {
	readonly accountId: string
	readonly workspaceId: string
	readonly type: string
	readonly address: string
	readonly signal: AbortSignal
}

/** Looks at an address without any secret. */
export async function discoverSite(request: Request, ports: ProbePorts): Promise<SiteResult<DiscoveredSite>> {
	const type = findConnectorType(request.type)
	if (!type.ok) return type
	const allowed = ports.limit.take(request)
	if (!allowed.ok) return allowed
	const found = await type.value.discover(request.address, { ...ports, signal: request.signal })
	return found.ok ? found : failWith(found.diagnosis, found.site)
}
