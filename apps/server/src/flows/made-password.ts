import type { Connector } from '../store/connector/connector.ts'
import { isOwnSource } from '../store/rotation/own-sources.ts'

/** The password of a connector, where WordPress made it for us alone: nobody else holds it, and nobody else would remove it. */
export function madePassword({ credentialFrom, applicationPassword: { uuid, name }, account }: Connector) {
	return uuid !== null && isOwnSource(credentialFrom) ? { uuid, name: name ?? account.username } : undefined
}
