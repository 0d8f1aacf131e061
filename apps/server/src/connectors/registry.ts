import { fail, ok, type Result } from '@postern/vocabulary'
import type { ConnectorType } from './connector-type.ts'
import { ghost } from './ghost/ghost.ts'
import { wordpressApp } from './wordpress/wordpress-app.ts'

/** Every connector type, in the order of the dropdown. */
export const connectorTypes: readonly ConnectorType[] = [wordpressApp, ghost]

/** Whether an application password of Postern reaches sites of this type. */
export function hasGateway(id: string): boolean {
	const type = findConnectorType(id)
	return type.ok && type.value.document.can.gateway
}

/** The software of its sites. */
export function platformOf(id: string): string | undefined {
	const type = findConnectorType(id)
	return type.ok ? type.value.document.platform : undefined
}

/** Fails with `connector-type/unknown`. */
export function findConnectorType(id: string): Result<ConnectorType> {
	const type = connectorTypes.find((candidate) => candidate.document.id === id)
	return type ? ok(type) : fail('connector-type/unknown', { params: { type: id.slice(0, 60) } })
}
