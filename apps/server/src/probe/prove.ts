import type { SiteCredential } from '@postern/vocabulary'
import type { KnownConnection, LookResult } from '../connectors/connector-type.ts'
import type { Claim } from '../connectors/prove-connection.ts'

/** Proves, away from here, that a connection works. Throws when the process that does it ended twice over it, or on `signal`. */
export type Prove = (wanted: Wanted, options: { readonly signal: AbortSignal }) => Promise<LookResult>

export type Wanted = Omit<Claim, 'type' | 'credential'> & {
	readonly type: string
	readonly credential: SiteCredential
	/** Whether it is as it was is enough. Without it the connection is proved. */
	readonly known?: KnownConnection | undefined
}
