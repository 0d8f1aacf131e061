import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import type { Account, Accounts, Visit } from '../accounts/accounts.ts'
import { hashToken, newOneTimeToken } from '../accounts/one-time-token.ts'
import type { AuditActor } from '../store/audit.ts'
import type { RecoveryLink } from '../store/recovery-links.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { type AboutAccount, recordAccountEvent, visitor } from './record-account-event.ts'

const lifeMs = 30 * 60_000

export type IssuedLink = { readonly link: string; readonly expiresAt: Date }

type Issue = {
	readonly account: AboutAccount
	readonly actor: AuditActor
	readonly requestId: string | null
}

/** Makes a one-time link with which a person who is locked out sets a new password. */
export async function issueRecoveryLink(
	{ account, actor, requestId }: Issue,
	{ transaction, origin, now }: { transaction: StoreFunctions; origin: string; now: () => Date },
): Promise<IssuedLink> {
	const { token, tokenHash } = newOneTimeToken()
	const expiresAt = new Date(now().getTime() + lifeMs)
	await transaction.recoveryLinks.create({ accountId: account.id, tokenHash, createdBy: actor.id, expiresAt })
	await recordAccountEvent({ event: 'account.recovery-link-created', actor, account, requestId }, transaction)
	return { link: `${origin}/recover#${token.reveal()}`, expiresAt }
}

export type RecoverPorts = { readonly accounts: Accounts; readonly store: Store }

/** Finds whose link this is. Fails with `recovery-link/invalid` or `account/throttled`. */
export async function findRecoveryLink(
	visit: Visit,
	token: Secret,
	{ accounts, store }: RecoverPorts,
): Promise<Result<{ readonly link: RecoveryLink; readonly account: Account }>> {
	const check = accounts.admitTokenCheck(visit)
	if (!check.ok) return check
	const link = await store.recoveryLinks.findUnused(hashToken(token))
	const account = link && (await accounts.find(link.accountId))
	if (!link || !account || !(await isStillGiven(link, store))) return fail('recovery-link/invalid')
	check.value.succeeded()
	return ok({ link, account })
}

/**
 * Whether somebody may open the whole account of somebody else: an owner of every workspace that it belongs to. Nobody
 * may do so for themselves, or a session that was left open would be enough to take the account over.
 */
export async function mayRecover(byId: string, accountId: string, { members }: StoreFunctions): Promise<boolean> {
	const owned = (await members.listMemberships(byId)).filter(({ role }) => role === 'owner')
	const memberships = await members.listMemberships(accountId)
	const areAllOwned = memberships.every((membership) =>
		owned.some(({ workspace }) => workspace.id === membership.workspace.id),
	)
	return byId !== accountId && memberships.length > 0 && areAllOwned
}

/** A link ends with the power of whoever made it; the operator's stays. */
async function isStillGiven({ createdBy, accountId }: RecoveryLink, functions: StoreFunctions): Promise<boolean> {
	return createdBy === null || mayRecover(createdBy, accountId, functions)
}

type Recovery = {
	readonly token: Secret
	readonly newPassword: Secret
	readonly removeSecondFactor: boolean
	readonly requestId: string
}

/**
 * Sets a new password with a link; all sessions end, and nobody is signed in. A refused password leaves the link as it is.
 * Fails with `recovery-link/invalid`, `account/password-…`, `account/throttled`.
 */
export async function recoverAccount(visit: Visit, recovery: Recovery, ports: RecoverPorts): Promise<Result<void>> {
	const found = await findRecoveryLink(visit, recovery.token, ports)
	if (!found.ok) return found
	const { account } = found.value
	const prepared = await ports.accounts.preparePassword(account, recovery.newPassword)
	if (!prepared.ok) return prepared
	const removeSecondFactor = recovery.removeSecondFactor && account.hasSecondFactor
	const recovered = await ports.store.transaction<void>(async (transaction) => {
		const used = await transaction.recoveryLinks.use(hashToken(recovery.token))
		if (!used || !(await isStillGiven(used, transaction))) return fail('recovery-link/invalid')
		await ports.accounts.recover(account.id, { ...prepared.value, removeSecondFactor }, transaction)
		const about = { actor: visitor, account, requestId: recovery.requestId }
		await recordAccountEvent({ ...about, event: 'account.recovered' }, transaction)
		if (removeSecondFactor) await recordAccountEvent({ ...about, event: 'account.two-factor-disabled' }, transaction)
		return ok()
	})
	if (recovered.ok) ports.accounts.rememberDevice(visit, account.id)
	return recovered
}
