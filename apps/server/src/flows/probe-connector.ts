import type { Vault } from '@postern/vault'
import type { AskSite, Diagnosis, Result } from '@postern/vocabulary'
import type { Visitor } from '../access/visit-site.ts'
import type { KnownConnection, LookResult, ProofResult } from '../connectors/connector-type.ts'
import type { Prove } from '../probe/prove.ts'
import type { Audit } from '../store/audit.ts'
import type { Connector, ConnectorFacts, ConnectorHealth } from '../store/connector/connector.ts'
import type { Store } from '../store/store.ts'
import { failingHealth, healthOf } from './connector-facts.ts'

export type ProbeConnectorPorts = {
	readonly store: Pick<Store, 'connectors'> & { readonly audit: Pick<Audit, 'record'> }
	readonly vault: Vault
	readonly ask: AskSite
	readonly now: () => Date
	readonly prove: Prove
}

type Probing = {
	readonly connector: Connector
	readonly visitor: Visitor
	readonly requestId: string | null
	/** When it worked the last time, it is enough that all is as it was then. */
	readonly mayBeShort?: boolean
}

export type Probed = {
	readonly health: ConnectorHealth
	readonly facts?: ConnectorFacts
	/** It is as it was; nothing more was looked at. */
	readonly wasShort?: true
}

/**
 * Opens the credential of a connector, on the record, and has it proved at its site. What is wrong is what was found, not a
 * failure; fails with `request/not-found` alone, and throws on `signal`.
 */
export async function probeConnector(
	{ connector, mayBeShort = false, ...visit }: Probing,
	signal: AbortSignal,
	ports: ProbeConnectorPorts,
): Promise<Result<Probed>> {
	const { visitSite } = await import('../access/visit-site.ts') // policy is large, and few ask for this at once
	const reached = await visitSite({ connector, purpose: 'connector.checked', ...visit }, ports)
	if (!reached.ok && reached.problem.code === 'request/not-found') return reached
	const startedAt = performance.now()
	const known = mayBeShort ? knownOf(connector) : undefined
	const proof = reached.ok
		? await prove({ connector, known, ...reached.value }, signal, ports)
		: cannotOpen(reached.problem)
	const checkedAt = ports.now()
	const latencyMs = performance.now() - startedAt
	if (proof.ok && 'asBefore' in proof)
		return { ok: true, value: { ...asBefore(connector, proof.asBefore, { checkedAt, latencyMs }), wasShort: true } }
	if (proof.ok) return { ok: true, value: { health: healthOf(proof.value, checkedAt, latencyMs), facts: proof.value } }
	signal.throwIfAborted() // that is what ended it: nothing was learnt about the site
	const diagnosis = withRemoval(proof.diagnosis, connector)
	return { ok: true, value: { health: failingHealth(diagnosis, checkedAt, latencyMs) } }
}

type Proving = Pick<Parameters<Prove>[0], 'credential' | 'reach' | 'known'> & { readonly connector: Connector }

function prove(
	{ connector: { type, site }, credential, reach, known }: Proving,
	signal: AbortSignal,
	ports: ProbeConnectorPorts,
): Promise<LookResult> {
	return ports.prove({ type, address: site.url, origin: site.origin, credential, reach, known }, { signal })
}

/** Undefined: it did not work the last time, so that there is nothing it could be like. */
function knownOf({ site, account, capabilities, diagnosis, state }: Connector): KnownConnection | undefined {
	if (diagnosis !== null || (state !== 'healthy' && state !== 'limited')) return undefined
	const { url, adminUrl, apiRootUrl, apiRootStyle } = site
	return { site: { url, adminUrl, apiRootUrl, apiRootStyle }, account, capabilities }
}

type Seen = { readonly checkedAt: Date; readonly latencyMs: number }

function asBefore(
	{ site, account, permissions, capabilities, applicationPassword, notes }: Connector,
	{ displayName }: Pick<Connector['account'], 'displayName'>,
	{ checkedAt, latencyMs }: Seen,
): Probed {
	const health = healthOf({ permissions }, checkedAt, latencyMs)
	if (displayName === account.displayName) return { health }
	const renamed = { ...account, displayName }
	return { health, facts: { site, account: renamed, permissions, capabilities, applicationPassword, notes } }
}

/** Who had permissions yesterday is not a stranger to the site: they were taken away. */
function withRemoval(diagnosis: Diagnosis, { capabilities }: Connector): Diagnosis {
	if (diagnosis.code !== 'site-credential/not-a-member' || capabilities.length === 0) return diagnosis
	return { ...diagnosis, code: 'site-credential/permissions-removed', alternatives: [diagnosis.code] }
}

function cannotOpen({ code, params }: Pick<Diagnosis, 'code' | 'params'>): ProofResult {
	const diagnosis = { code, params, certainty: 'sure', rung: 'login', alternatives: [], evidence: [] } as const
	return { ok: false, diagnosis }
}
