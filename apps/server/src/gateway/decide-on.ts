import { accessesOfRest, decide, type Permit, type RestRequest } from '@postern/policy'
import type { Result } from '@postern/vocabulary'
import { type Admitted, mayBeReached, mustSpeakRest } from './admit.ts'

/** What may be reached now, what the request does there, and whether this password reaches that far. */
export function decideOn(
	read: Result<RestRequest>,
	{ principal, connector, site }: Admitted,
): Result<Permit<RestRequest>> {
	const reachable = mayBeReached(connector)
	if (!reachable.ok) return reachable
	const spoken = mustSpeakRest(connector)
	if (!spoken.ok) return spoken
	if (!read.ok) return read
	const accesses = accessesOfRest(read.value, site)
	if (!accesses.ok) return accesses
	return decide(principal, connector.id, { request: read.value, accesses: accesses.value })
}
