import type { SiteCredential } from '@postern/vocabulary'
import type { Acting } from '../../store/audit.ts'
import type { Connector, ConnectorFacts } from '../../store/connector/connector.ts'
import type { Reach } from '../../store/connector/reach.ts'
import type { HeldRotation } from '../../store/rotation/rotation.ts'
import type { RotationPorts } from '../rotate-connector/rotation-ports.ts'

/** Somebody comes back from a site. */
export type Return = {
	readonly state: string
	/** As it came: nothing else has read it, and nothing may keep it. */
	readonly query: string
	readonly session: Acting & { readonly sessionId: string }
	readonly requestId: string
	readonly signal: AbortSignal
}

export type FinishPorts = Omit<RotationPorts, 'signal'> & {
	/** Goes on with a rotation in the background. */
	readonly goOn: (held: HeldRotation) => void
}

/** What a way back has turned out to be. */
export type Proven = {
	readonly facts: ConnectorFacts
	readonly credential: SiteCredential
	readonly reach: Reach
	readonly replaced: Connector | undefined
}
