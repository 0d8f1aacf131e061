import { createRequestBudget } from '@postern/wp-client'
import { fail, type Result } from '@postern/vocabulary'
import type { Visitor } from '../access/visit-site.ts'
import type { LatestPosts } from '../connectors/connector-type.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { VerifyPorts } from './verify-site.ts'

type Request = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly visitor: Extract<Visitor, { kind: 'member' }>
	readonly requestId: string
	readonly signal: AbortSignal
}

/**
 * Reads the newest posts and drafts live through the connection: the proof that it works. A credential that the last check
 * saw refused is not sent again with every look, or the site would lock its account out. Fails with `request/throttled`,
 * `request/not-found`, `connector/paused`, `vault/cannot-open`, and with what the site says.
 */
export async function readLatestPosts(request: Request, ports: VerifyPorts): Promise<Result<LatestPosts>> {
	const { workspaceId, connectorId, visitor } = request
	const allowed = ports.limit.take({ accountId: visitor.accountId, workspaceId }, 'connector')
	if (!allowed.ok) return allowed
	const connector = await ports.store.connectors.find(workspaceId, connectorId)
	if (!connector) return fail('request/not-found')
	if (connector.isPaused) return fail('connector/paused')
	const known = connector.diagnosis
	if (known?.code.startsWith('site-credential/')) return fail(known.code, { params: known.params })
	const type = findConnectorType(connector.type)
	if (!type.ok) return type
	const { visitSite } = await import('../access/visit-site.ts') // policy is large, and few ask for this at once
	const opened = await visitSite({ connector, purpose: 'site.read', ...request }, ports)
	if (!opened.ok) return opened
	const { ask, clock } = ports
	const probe = { ask, clock, signal: request.signal, budget: createRequestBudget(4) }
	return type.value.readLatestPosts(opened.value, probe)
}
