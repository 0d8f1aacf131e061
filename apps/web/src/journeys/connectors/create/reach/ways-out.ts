import type { ConnectorTypeDocument, ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'
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

/** Whether the site may answer over XML-RPC where REST fails in this way. */
export function mayUseXmlRpc(
	{ code }: Pick<ProblemDocument, 'code'>,
	{ can }: Pick<ConnectorTypeDocument, 'can'>,
	reach: TypedReach,
): boolean {
	return can.xmlRpc && reach.transport === 'rest' && restIsShut.includes(code)
}

export type Certificate = NonNullable<NonNullable<ProblemDocument['diagnosis']>['certificate']>

/** The certificate that a person may choose to trust, where the site showed one that nobody vouches for. */
export function certificateOf({ code, diagnosis }: ProblemDocument): Certificate | undefined {
	return code.startsWith('tls/') ? diagnosis?.certificate : undefined
}
