import { checkCredential, discover, readLatestPosts, verifySiteCredential } from '@postern/wp-client'
import type { ConnectorType } from '../connector-type.ts'
import { document } from './document.ts'

/** A WordPress site, through an application password that a person made there. */
export const wordpressApp: ConnectorType = {
	document,
	discover,
	readCredential: checkCredential,
	verify: verifySiteCredential,
	readLatestPosts,
}
