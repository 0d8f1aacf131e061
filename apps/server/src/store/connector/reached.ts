import type { SiteCredential } from '@postern/vocabulary'
import type { Connector } from './connector.ts'
import type { Reach } from './reach.ts'

/** What it takes to use the site credential of a connector, opened. */
export type Reached = Pick<Connector, 'site' | 'notes' | 'account' | 'applicationPassword'> & {
	readonly reach: Reach
	readonly credential: SiteCredential
}
