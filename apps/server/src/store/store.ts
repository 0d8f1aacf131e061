import type { Result } from '@postern/vocabulary'
import type { Kysely } from 'kysely'
import { accountRowsOn, type AccountRows } from './account-rows.ts'
import { auditOn, type Audit } from './audit.ts'
import { connectorsOn, type Connectors } from './connector/connectors.ts'
import { dataKeysOn, type DataKeys } from './data-keys.ts'
import { atomically, type StoreHandle } from './handle.ts'
import { installationOn, type Installation } from './installation.ts'
import { invitationsOn, type Invitations } from './invitations.ts'
import { membersOn, type Members } from './members.ts'
import { recoveryCodesOn, type RecoveryCodes } from './recovery-codes.ts'
import { recoveryLinksOn, type RecoveryLinks } from './recovery-links.ts'
import type { StoreSchema } from './schema.ts'
import { StoreTrouble } from './store-trouble.ts'
import { workspacesOn, type Workspaces } from './workspaces.ts'

/**
 * The store's functions, by what they are about. Every one names its workspace, except: accounts, memberships by account,
 * open links by token hash, the sweeper of drafts, and the installation. Any may throw `StoreTrouble`.
 */
export type StoreFunctions = {
	readonly type: 'sqlite' | 'postgres'
	/** For the account library, and only for it. */
	readonly kysely: Kysely<StoreSchema>
	readonly accountRows: AccountRows
	readonly workspaces: Workspaces
	readonly members: Members
	readonly invitations: Invitations
	readonly recoveryCodes: RecoveryCodes
	readonly recoveryLinks: RecoveryLinks
	readonly dataKeys: DataKeys
	readonly connectors: Connectors
	readonly audit: Audit
	readonly installation: Installation
}

export type Store = StoreFunctions & {
	/**
	 * All of `work` or nothing: it is undone when the result is not ok, or when it throws. Inside, only `transaction` may
	 * be used, not the store. Keep it short: on SQLite everybody else waits. Fails with `store/…` besides what `work` says.
	 */
	transaction<T>(work: (transaction: StoreFunctions) => Promise<Result<T>>): Promise<Result<T>>
	/** Waits for what is under way. */
	close(): Promise<void>
}

export function createStore(handle: StoreHandle, close: () => Promise<void>): Store {
	return { ...functionsOn(handle), transaction: (work) => transact(handle, work), close }
}

function functionsOn(handle: StoreHandle): StoreFunctions {
	return {
		type: handle.dialect.type,
		kysely: handle.db,
		accountRows: accountRowsOn(handle),
		workspaces: workspacesOn(handle),
		members: membersOn(handle),
		invitations: invitationsOn(handle),
		recoveryCodes: recoveryCodesOn(handle),
		recoveryLinks: recoveryLinksOn(handle),
		dataKeys: dataKeysOn(handle),
		connectors: connectorsOn(handle),
		audit: auditOn(handle),
		installation: installationOn(handle),
	}
}

/** Carries a refusal out of Kysely's transaction, which rolls back only for what is thrown. */
class RolledBack extends Error {}

async function transact<T>(
	handle: StoreHandle,
	work: (transaction: StoreFunctions) => Promise<Result<T>>,
): Promise<Result<T>> {
	let outcome: Result<T> | undefined
	try {
		return await atomically(handle, async (db) => {
			outcome = await work(functionsOn({ ...handle, db }))
			if (!outcome.ok) throw new RolledBack()
			return outcome
		})
	} catch (error) {
		if (error instanceof RolledBack && outcome !== undefined) return outcome
		if (error instanceof StoreTrouble) return { ok: false, problem: error.problem }
		throw error
	}
}
