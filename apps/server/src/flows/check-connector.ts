import { fail, ok, type Diagnosis } from '@postern/vocabulary'
import type { Visitor } from '../access/visit-site.ts'
import type { ProofResult } from '../connectors/connector-type.ts'
import { proveConnection } from '../connectors/prove-connection.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Reached } from '../store/connector/reached.ts'
import { failingHealth, healthOf } from './connector-facts.ts'
import type { VerifyPorts } from './verify-site.ts'
import type { SiteResult } from './site-failure.ts'

type Request = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly visitor: Visitor
	readonly requestId: string | null
	readonly signal: AbortSignal
}

/**
 * Proves a connector again, from its address on. What is wrong stands in the connector's state, not in a failure of this flow.
 * Fails with `request/not-found`, and with `connector/paused`: then nothing is sent to its site.
 */
export async function checkConnector(request: Request, ports: VerifyPorts): Promise<SiteResult<Connector>> {
	const { workspaceId, connectorId } = request
	const connector = await ports.store.connectors.find(workspaceId, connectorId)
	if (!connector) return fail('request/not-found')
	if (connector.isPaused) return fail('connector/paused')
	const { visitSite } = await import('../access/visit-site.ts') // policy is large, and few ask for this at once
	const opened = await visitSite({ connector, purpose: 'connector.checked', ...request }, ports)
	if (!opened.ok && opened.problem.code === 'request/not-found') return opened
	const startedAt = performance.now()
	const outcome = opened.ok
		? await prove(connector.type, opened.value, request.signal, ports)
		: { ok: false as const, diagnosis: cannotOpen(opened.problem) }
	// Whoever asked has left, and that ended it: nothing was learnt about the site.
	if (!outcome.ok && request.signal.aborted) return ok(connector)
	const checkedAt = ports.now()
	const latencyMs = performance.now() - startedAt
	const check = outcome.ok
		? { health: healthOf(outcome.value, checkedAt, latencyMs), facts: outcome.value }
		: { health: failingHealth(outcome.diagnosis, checkedAt, latencyMs) }
	const { sealVersion } = connector
	const kept = await ports.store.connectors.recordCheck(workspaceId, connectorId, { sealVersion, ...check })
	// Reconnected while we looked: what is stored now is newer than what we found.
	const newest = kept ?? (await ports.store.connectors.find(workspaceId, connectorId))
	return newest ? ok(newest) : fail('request/not-found')
}

function prove(
	typeId: string,
	{ site, credential, reach }: Reached,
	signal: AbortSignal,
	ports: VerifyPorts,
): Promise<ProofResult> {
	const type = findConnectorType(typeId)
	if (!type.ok) throw new Error(`A stored connector has the unknown type ${typeId}`)
	const claim = { type: type.value, address: site.url, origin: site.origin, credential, reach }
	return proveConnection(claim, { ...ports, signal })
}

function cannotOpen(problem: { code: Diagnosis['code']; params: Diagnosis['params'] }): Diagnosis {
	return {
		code: problem.code,
		params: problem.params,
		certainty: 'sure',
		rung: 'login',
		alternatives: [],
		evidence: [],
	}
}
