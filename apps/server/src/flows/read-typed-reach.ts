import type { ConnectorTypeDocument } from '@postern/api/contract'
import { fail, ok, type Result, Secret } from '@postern/vocabulary'
import type { EdgeLogin, Transport } from '@postern/wp-client'
import type { Reach } from '../store/connector/reach.ts'

/** How a site is to be reached, as it was typed beside its address. */
export type TypedReach = {
	readonly transport?: Transport | undefined
	readonly edgeUsername?: string | undefined
	readonly edgePassword?: string | undefined
	readonly certificatePin?: string | undefined
}

/** Of each part of a login for the web server. */
const longestEdge = 256

/** Fails with `request/type-error`, naming the field. */
export function readTypedReach(typed: TypedReach, { can }: Pick<ConnectorTypeDocument, 'can'>): Result<Reach> {
	const { transport = 'rest' } = typed
	if (transport === 'xml-rpc' && !can.xmlRpc) return wrong('transport')
	const edge = readEdge(typed)
	if (!edge.ok) return edge
	const pin = readPin(typed.certificatePin ?? '')
	if (!pin.ok) return pin
	return ok({ transport, edge: edge.value, pin: pin.value })
}

/** Nothing typed: no login. Basic authentication cannot carry a colon in the name, nor control characters (RFC 7617 §2). */
function readEdge({ edgeUsername = '', edgePassword = '' }: TypedReach): Result<EdgeLogin | undefined> {
	if (edgeUsername === '' && edgePassword === '') return ok(undefined)
	if (edgeUsername === '' || edgeUsername.includes(':') || !isPlain(edgeUsername)) return wrong('edgeUsername')
	if (edgePassword === '' || !isPlain(edgePassword)) return wrong('edgePassword')
	return ok({ username: edgeUsername, password: new Secret(edgePassword) })
}

function isPlain(text: string): boolean {
	return text.length <= longestEdge && !/\p{Cc}/u.test(text)
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
