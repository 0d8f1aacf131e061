import type { ConnectorTypeDocument } from '@postern/api/contract'
import { fail, ok, type Result } from '@postern/vocabulary'
import { type EdgeLogin, readEdgeLogin, type Transport } from '@postern/wp-client'
import type { Reach } from '../store/connector/reach.ts'

/** How a site is to be reached, as it was typed beside its address. */
export type TypedReach = {
	readonly transport?: Transport | undefined
	readonly edgeUsername?: string | undefined
	readonly edgePassword?: string | undefined
	readonly certificatePin?: string | undefined
}

/** Fails with `edge/login-malformed`, and with `request/type-error`, which names the field. */
export function readTypedReach(typed: TypedReach, { can }: Pick<ConnectorTypeDocument, 'can'>): Result<Reach> {
	const { transport = 'rest' } = typed
	if (transport === 'xml-rpc' && !can.xmlRpc) return wrong('transport')
	const edge = readEdge(typed)
	if (!edge.ok) return edge
	const pin = readPin(typed.certificatePin ?? '')
	if (!pin.ok) return pin
	return ok({ transport, edge: edge.value, pin: pin.value })
}

/** Nothing typed: no login. */
function readEdge({ edgeUsername = '', edgePassword = '' }: TypedReach): Result<EdgeLogin | undefined> {
	if (edgeUsername === '' && edgePassword === '') return ok(undefined)
	return readEdgeLogin(edgeUsername, edgePassword)
}

/** As browsers and `openssl x509 -fingerprint` show it, with colons, or plain. */
function readPin(typed: string): Result<string | undefined> {
	if (typed.trim() === '') return ok(undefined)
	const pin = typed.slice(0, 200).replaceAll(/[\s:]/g, '').toLowerCase()
	return /^[0-9a-f]{64}$/.test(pin) ? ok(pin) : wrong('certificatePin')
}

function wrong(field: string): Result<never> {
	return fail('request/type-error', { params: { field } })
}
