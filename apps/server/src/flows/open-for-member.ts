import { fail, ok, type Result } from '@postern/vocabulary'
import { createRequestBudget } from '@postern/wp-client'
import type { Purpose, Visitor } from '../access/visit-site.ts'
import type { ConnectorType, VisitPorts } from '../connectors/connector-type.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Reached } from '../store/connector/reached.ts'
import type { VerifyPorts } from './verify-site.ts'

/** A member clicks on something that needs the site of a connector. */
export type MemberVisit = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly visitor: Extract<Visitor, { kind: 'member' }>
	readonly requestId: string
	readonly signal: AbortSignal
}

export type Opened = {
	readonly connector: Connector
	readonly type: ConnectorType
	readonly reached: Reached
	/** For what is asked of the site now. */
	readonly visit: VisitPorts
}

/**
 * Opens a connector, on the record, for what a member has asked for. A credential that the last check saw refused is not sent
 * again with every click, or the site would lock its account out. Fails with `request/throttled`, `request/not-found`,
 * `connector/paused`, `vault/cannot-open`, and with what the last check found.
 */
export async function openForMember(
	request: MemberVisit,
	{ purpose, requests }: { readonly purpose: Purpose; readonly requests: number },
	ports: VerifyPorts,
): Promise<Result<Opened>> {
	const { workspaceId, connectorId, visitor, signal } = request
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
	const reached = await visitSite({ connector, purpose, ...request }, ports)
	if (!reached.ok) return reached
	const { ask, clock } = ports
	const visit = { ask, clock, signal, budget: createRequestBudget(requests) }
	return ok({ connector, type: type.value, reached: reached.value, visit })
}
