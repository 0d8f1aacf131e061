import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import { pinnable, type ProblemCode } from '@postern/vocabulary'
import type { TypedReach } from './typed-reach.ts'

/** REST cannot be used, or nobody can sign in over it; XML-RPC carries the login in its body. */
const restIsShut: readonly ProblemCode[] = [
	'site-credential/header-stripped',
	'site-credential/header-stripped-by-permalinks',
	'site-credential/rejected-or-stripped',
	'edge/basic-auth',
	'api/blocked',
	'api/not-found',
]

/** Whether the site may let us in over XML-RPC where REST fails in this way. */
export function mayUseXmlRpc(
	{ code, diagnosis }: Pick<ProblemDocument, 'code' | 'diagnosis'>,
	{ can }: Pick<ConnectorTypeDocument, 'can'>,
	reach: TypedReach,
): boolean {
	const isOff = diagnosis?.takesXmlRpcLogins === false
	return can.xmlRpc && reach.transport === 'rest' && restIsShut.includes(code) && !isOff
}

export type Certificate = NonNullable<NonNullable<ProblemDocument['diagnosis']>['certificate']>

/**
 * The certificate that a person may choose to trust: of a site that vouches for itself, or has another than was agreed to. What is
 * wrong with others – expired, of another name, with a part missing – is for its host to put right, and Postern takes none of them.
 */
export function certificateOf({ code, diagnosis }: ProblemDocument): Certificate | undefined {
	return pinnable.includes(code) ? diagnosis?.certificate : undefined
}
