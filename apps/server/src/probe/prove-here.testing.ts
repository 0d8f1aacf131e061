import { proveConnection } from '../connectors/prove-connection.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { FindPorts } from '../connectors/connector-type.ts'
import type { Prove } from './prober.ts'

/** Proves in this process, as the one that probes does: for tests of what is made of a proof. */
export function proveHere(ports: Omit<FindPorts, 'reach'>): Prove {
	return async ({ type: id, ...claim }, { signal }) => {
		const type = findConnectorType(id)
		if (!type.ok) throw new Error(type.problem.code)
		return proveConnection({ ...claim, type: type.value }, { ...ports, signal })
	}
}
