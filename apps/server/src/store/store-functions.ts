import type { AuthorizeRequests } from '@postern/app-passwords'
import type { DataKeyRecords } from '@postern/vault'
import type { Kysely } from 'kysely'
import { accountProfilesOn, type AccountProfiles } from './account-profiles.ts'
import { accountRowsOn, type AccountRows } from './account-rows.ts'
import { type ApplicationPasswords, applicationPasswordsOn } from './application-password/application-passwords.ts'
import { type PasswordUses, passwordUsesOn } from './application-password/password-uses.ts'
import { auditOn, type Audit } from './audit.ts'
import { authorizeRequestsOn } from './authorize-requests.ts'
import { connectLinksOn, type ConnectLinks } from './connect-links.ts'
import { connectorsOn, type Connectors } from './connector/connectors.ts'
import { dataKeysOn } from './data-keys.ts'
import { digestsOn, type Digests } from './digests.ts'
import type { StoreHandle } from './handle.ts'
import { installationOn, type Installation } from './installation.ts'
import { invitationsOn, type Invitations } from './invitations.ts'
import { type Jobs, jobsOn } from './job/jobs.ts'
import { membersOn, type Members } from './members.ts'
import { type Notices, noticesOn } from './notices.ts'
import { passkeyChallengesOn, type PasskeyChallenges } from './passkey-challenges.ts'
import { passkeysOn, type Passkeys } from './passkeys.ts'
import { recoveryCodesOn, type RecoveryCodes } from './recovery-codes.ts'
import { recoveryLinksOn, type RecoveryLinks } from './recovery-links.ts'
import { type Rotations, rotationsOn } from './rotation/rotations.ts'
import type { StoreSchema } from './schema.ts'
import { type SiteApprovals, siteApprovalsOn } from './site-approvals.ts'
import { type Webhooks, webhooksOn } from './webhooks.ts'
import { workspacesOn, type Workspaces } from './workspaces.ts'

/**
 * The store's functions, by what they are about. Every one names its workspace, except: accounts, memberships by account,
 * open links by token hash, approvals by
 * the hash of their state, rotations by connector, the sweeper of drafts, and the installation. Any may throw `StoreTrouble`.
 */
export type StoreFunctions = {
	readonly type: 'sqlite' | 'postgres'
	/** For the account library, and only for it. */
	readonly kysely: Kysely<StoreSchema>
	readonly accountRows: AccountRows
	readonly accountProfiles: AccountProfiles
	readonly applicationPasswords: ApplicationPasswords
	readonly passwordUses: PasswordUses
	readonly notices: Notices
	readonly workspaces: Workspaces
	readonly members: Members
	readonly invitations: Invitations
	readonly authorizeRequests: AuthorizeRequests
	readonly passkeys: Passkeys
	readonly passkeyChallenges: PasskeyChallenges
	readonly recoveryCodes: RecoveryCodes
	readonly recoveryLinks: RecoveryLinks
	readonly dataKeys: DataKeyRecords
	readonly connectors: Connectors
	readonly siteApprovals: SiteApprovals
	readonly rotations: Rotations
	readonly audit: Audit
	readonly installation: Installation
	readonly jobs: Jobs
	readonly webhooks: Webhooks
	readonly digests: Digests
	readonly connectLinks: ConnectLinks
}

export function functionsOn(handle: StoreHandle): StoreFunctions {
	return {
		type: handle.dialect.type,
		kysely: handle.db,
		accountRows: accountRowsOn(handle),
		accountProfiles: accountProfilesOn(handle),
		applicationPasswords: applicationPasswordsOn(handle),
		passwordUses: passwordUsesOn(handle),
		notices: noticesOn(handle),
		workspaces: workspacesOn(handle),
		members: membersOn(handle),
		invitations: invitationsOn(handle),
		authorizeRequests: authorizeRequestsOn(handle),
		passkeys: passkeysOn(handle),
		passkeyChallenges: passkeyChallengesOn(handle),
		recoveryCodes: recoveryCodesOn(handle),
		recoveryLinks: recoveryLinksOn(handle),
		dataKeys: dataKeysOn(handle),
		connectors: connectorsOn(handle),
		siteApprovals: siteApprovalsOn(handle),
		rotations: rotationsOn(handle),
		audit: auditOn(handle),
		installation: installationOn(handle),
		jobs: jobsOn(handle),
		webhooks: webhooksOn(handle),
		digests: digestsOn(handle),
		connectLinks: connectLinksOn(handle),
	}
}
