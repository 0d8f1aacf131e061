import type { Vault } from '@postern/vault'
import type { AskSite, Diagnosis, Result } from '@postern/vocabulary'
import type { Visitor } from '../access/visit-site.ts'
import type { ProofResult } from '../connectors/connector-type.ts'
import type { Prove } from '../probe/prober.ts'
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

type Probing = { readonly connector: Connector; readonly visitor: Visitor; readonly requestId: string | null }

export type Probed = { readonly health: ConnectorHealth; readonly facts?: ConnectorFacts }

/**
 * Opens the credential of a connector, on the record, and has it proved at its site. What is wrong is what was found, not a
 * failure; fails with `request/not-found` alone, and throws on `signal`.
 */
export async function probeConnector(
	{ connector, ...visit }: Probing,
	signal: AbortSignal,
	ports: ProbeConnectorPorts,
): Promise<Result<Probed>> {
	const { visitSite } = await import('../access/visit-site.ts') // policy is large, and few ask for this at once
	const reached = await visitSite({ connector, purpose: 'connector.checked', ...visit }, ports)
	if (!reached.ok && reached.problem.code === 'request/not-found') return reached
	const startedAt = performance.now()
	const proof = reached.ok ? await prove(connector, reached.value, signal, ports) : cannotOpen(reached.problem)
	const checkedAt = ports.now()
	const latencyMs = performance.now() - startedAt
	if (proof.ok) return { ok: true, value: { health: healthOf(proof.value, checkedAt, latencyMs), facts: proof.value } }
	signal.throwIfAborted() // that is what ended it: nothing was learnt about the site
	const diagnosis = withRemoval(proof.diagnosis, connector)
	return { ok: true, value: { health: failingHealth(diagnosis, checkedAt, latencyMs) } }
}

function prove(
	{ type }: Connector,
	{ site, credential, reach }: Pick<Parameters<Prove>[0], 'credential' | 'reach'> & Pick<Connector, 'site'>,
	signal: AbortSignal,
	ports: ProbeConnectorPorts,
): Promise<ProofResult> {
	return ports.prove({ type, address: site.url, origin: site.origin, credential, reach }, { signal })
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
