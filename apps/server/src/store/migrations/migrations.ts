import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { StoreDialect } from '../dialect/dialect.ts'
import { createAccountTables } from './0001-accounts.ts'
import { createPosternTables } from './0002-postern.ts'
import { createSecondFactorUse } from './0003-second-factor-use.ts'
import { createApplicationPasswords } from './0004-application-passwords.ts'
import { addSessionProof } from './0005-session-proof.ts'
import { createRecoveryCodes } from './0006-recovery-codes.ts'
import { createPasskeys } from './0007-passkeys.ts'
import { createAuthorizeRequests } from './0008-authorize-requests.ts'
import { addGateway } from './0009-gateway.ts'
import { addTaxonomies } from './0010-taxonomies.ts'
import { addJobsAndHealth } from './0011-jobs-and-health.ts'
import { addConnectorReach } from './0012-connector-reach.ts'
import { addApprovalsAndRotations } from './0013-approvals-and-rotations.ts'
import { addConnectorTags } from './0014-connector-tags.ts'
import { createConnectLinks } from './0015-connect-links.ts'
import { createWebhooks } from './0016-webhooks.ts'
import { addDigests } from './0017-digests.ts'
import { indexConnectorUrgency } from './0018-connector-urgency.ts'
import { addApprovalsAgain } from './0019-approvals-again.ts'

type Body = (db: Kysely<unknown>, dialect: StoreDialect) => Promise<void>

/** Each runs once, in the order of their names, which never change; a released body never changes either. */
const bodies: Readonly<Record<string, Body>> = {
	'0001-accounts': createAccountTables,
	'0002-postern': createPosternTables,
	'0003-second-factor-use': createSecondFactorUse,
	'0004-application-passwords': createApplicationPasswords,
	'0005-session-proof': addSessionProof,
	'0006-recovery-codes': createRecoveryCodes,
	'0007-passkeys': createPasskeys,
	'0008-authorize-requests': createAuthorizeRequests,
	'0009-gateway': addGateway,
	'0010-taxonomies': addTaxonomies,
	'0011-jobs-and-health': addJobsAndHealth,
	'0012-connector-reach': addConnectorReach,
	'0013-approvals-and-rotations': addApprovalsAndRotations,
	'0014-connector-tags': addConnectorTags,
	'0015-connect-links': createConnectLinks,
	'0016-webhooks': createWebhooks,
	'0017-digests': addDigests,
	'0018-connector-urgency': indexConnectorUrgency,
	'0019-approvals-again': addApprovalsAgain,
}

/** All migrations, each with one body for both dialects. */
export function migrationsFor(dialect: StoreDialect): Record<string, Migration> {
	return Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, { up: (db) => body(db, dialect) }]))
}

export const knownMigrations: readonly string[] = Object.keys(bodies)
