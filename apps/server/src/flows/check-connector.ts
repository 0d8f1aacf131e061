import { createRequestBudget, type DiscoveredSite, type VerifiedAccount } from '@postern/wp-client'
import { fail, ok, type Diagnosis } from '@postern/vocabulary'
import type { SiteCredential } from '../access/open-credential.ts'
import type { Visitor } from '../access/visit-site.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { Connector } from '../store/connector/connector.ts'
import { factsOf, failingHealth, healthOf } from './connector-facts.ts'
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
		? await prove({ connector, credential: opened.value.credential }, request.signal, ports)
		: { ok: false as const, diagnosis: cannotOpen(opened.problem) }
	// Whoever asked has left, and that ended it: nothing was learnt about the site.
	if (!outcome.ok && request.signal.aborted) return ok(connector)
	const checkedAt = ports.now()
	const latencyMs = performance.now() - startedAt
	const check = outcome.ok
		? { health: healthOf(outcome.account, checkedAt, latencyMs), facts: factsOf(outcome.site, outcome.account) }
		: { health: failingHealth(outcome.diagnosis, checkedAt, latencyMs) }
	const { sealVersion } = connector
	const kept = await ports.store.connectors.recordCheck(workspaceId, connectorId, { sealVersion, ...check })
	// Reconnected while we looked: what is stored now is newer than what we found.
	const newest = kept ?? (await ports.store.connectors.find(workspaceId, connectorId))
	return newest ? ok(newest) : fail('request/not-found')
}

type Outcome =
	| { readonly ok: true; readonly site: DiscoveredSite; readonly account: VerifiedAccount }
	| { readonly ok: false; readonly diagnosis: Diagnosis }

async function prove(
	{ connector, credential }: { readonly connector: Connector; readonly credential: SiteCredential },
	signal: AbortSignal,
	ports: VerifyPorts,
): Promise<Outcome> {
	const type = findConnectorType(connector.type)
	if (!type.ok) throw new Error(`A stored connector has the unknown type ${connector.type}`)
	const probe = { ...ports, signal, budget: createRequestBudget() }
	const found = await type.value.discover(connector.site.url, probe)
	if (!found.ok) return found
	const origin = new URL(found.value.siteUrl).origin
	if (origin !== connector.site.origin) return { ok: false, diagnosis: moved(connector, origin, found.value) }
	const verified = await type.value.verify(found.value, credential, probe)
	return verified.ok ? { ok: true, site: found.value, account: verified.value } : verified
}

/** The site answers on another origin now. The password was entered for the old one, and goes nowhere else. */
function moved(connector: Connector, target: string, site: DiscoveredSite): Diagnosis {
	return {
		code: 'site-credential/entered-for-other-origin',
		params: { host: connector.site.host, target },
		certainty: 'sure',
		rung: 'address',
		alternatives: [],
		evidence: site.evidence,
	}
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
