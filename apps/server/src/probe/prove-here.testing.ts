import { lookAgain, proveConnection } from '../connectors/prove-connection.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { FindPorts } from '../connectors/connector-type.ts'
import type { Prove } from './prove.ts'

/** Proves in this process, as the one that probes does: for tests of what is made of a proof. */
export function proveHere(ports: Omit<FindPorts, 'reach'>): Prove {
	return async ({ type: id, known, ...wanted }, { signal }) => {
		const type = findConnectorType(id)
		if (!type.ok) throw new Error(type.problem.code)
		const claim = { ...wanted, type: type.value }
		if (known === undefined) return proveConnection(claim, { ...ports, signal })
		return lookAgain(claim, known, { ...ports, signal })
	}
}
