import { ok } from '@postern/vocabulary'
import type { FindPorts, FoundSite } from '../connectors/connector-type.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import { readTypedReach, type TypedReach } from './read-typed-reach.ts'
import { failWith, type SiteResult } from './site-failure.ts'

export type ProbePorts = Pick<FindPorts, 'ask' | 'clock' | 'ownOrigins' | 'extraPorts'> & {
	readonly limit: AttemptLimit
}

type Request = TypedReach & {
	readonly accountId: string
	readonly workspaceId: string
	readonly type: string
	readonly address: string
	readonly signal: AbortSignal
}

/** Looks at an address without any secret of an account. */
export async function discoverSite(request: Request, ports: ProbePorts): Promise<SiteResult<FoundSite>> {
	const type = findConnectorType(request.type)
	if (!type.ok) return type
	const reach = readTypedReach(request, type.value.document)
	if (!reach.ok) return reach
	const allowed = ports.limit.take(request)
	if (!allowed.ok) return allowed
	const found = await type.value.find(request.address, { ...ports, reach: reach.value, signal: request.signal })
	return found.ok ? ok(found.value) : failWith(found)
}
