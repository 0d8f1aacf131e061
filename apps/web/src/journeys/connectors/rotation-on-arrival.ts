import type { ConnectorDocument } from '@postern/api/contract'

type Arrived = Pick<ConnectorDocument, 'credentialFrom' | 'isRotated' | 'rotationProblem'>

/** The password that came back in an address is being replaced right now. */
export function isReplacing({ credentialFrom, isRotated, rotationProblem }: Arrived): boolean {
	return credentialFrom === 'approved' && !isRotated && rotationProblem === null
}
