import { fail, hasRole, ok, roles, type Result, type Role } from '@postern/vocabulary'
import type { SignedInAccount } from '../accounts/accounts.ts'
import type { Member } from '../store/members.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { actorOf } from '../store/audit.ts'
import type { PowerPorts } from './power-ports.ts'
import { issueRecoveryLink, mayRecover, type IssuedLink } from './recover.ts'

export type MemberChange = {
	readonly workspaceId: string
	readonly memberId: string
	readonly by: SignedInAccount
	readonly requestId: string
}

/**
 * Fails with `role/insufficient` where either role is above the actor's, `member/last-owner`, `request/not-found`, and with
 * `account/step-up-required` for a higher role.
 */
export async function changeRole(
	change: MemberChange,
	role: Role,
	{ accounts, store }: Pick<PowerPorts, 'accounts' | 'store'>,
): Promise<Result<void>> {
	const fresh = await (await accounts()).requireFreshProof(change.by)
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(change.workspaceId)
		const target = await findBelow(change, role, transaction)
		if (!target.ok) return target
		if (!hasRole(target.value.role, role) && !fresh.ok) return fresh
		const changed = await transaction.members.changeRole(change.workspaceId, change.memberId, role)
		if (!changed.ok) return changed
		if (target.value.role === role) return ok()
		await record(
			change,
			'member.role-changed',
			{ member: target.value, params: { from: target.value.role, to: role } },
			transaction,
		)
		return ok()
	})
}

/**
 * Removes a member and, with the membership, its application passwords; a machine account is deleted. Fails with
 * `role/insufficient` for a member above the actor, `member/last-owner`, `request/not-found`.
 */
export function removeMember(change: MemberChange, store: Store): Promise<Result<void>> {
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(change.workspaceId)
		const target = await findBelow(change, undefined, transaction)
		if (!target.ok) return target
		const ended = await transaction.applicationPasswords.list(change)
		const account = await transaction.accountRows.find(target.value.accountId)
		await record(change, 'member.removed', { member: target.value, params: { role: target.value.role } }, transaction)
		for (const { password } of ended)
			await transaction.audit.record({
				workspaceId: change.workspaceId,
				event: 'application-password.revoked',
				actor: actorOf(change.by),
				target: { kind: 'application-password', id: password.uuid, name: password.name },
				params: { owner: account?.username ?? '' },
				requestId: change.requestId,
			})
		const removed = await transaction.members.remove(change.workspaceId, change.memberId)
		if (removed.ok && account?.kind === 'machine') await transaction.accountProfiles.deleteMachine(account.id)
		return removed.ok ? ok() : removed
	})
}

/**
 * Makes a recovery link for a member. It opens the whole account, so it takes an owner of every workspace that the account
 * belongs to, and not its own; who is not fails with `role/insufficient`, for a member elsewhere with `request/not-found`,
 * without a fresh proof with `account/step-up-required`.
 */
export async function createRecoveryLink(
	{ workspaceId, memberId, by, requestId }: MemberChange,
	{ accounts, store, origin, now }: PowerPorts,
): Promise<Result<IssuedLink>> {
	const fresh = await (await accounts()).requireFreshProof(by)
	if (!fresh.ok) return fresh
	return store.transaction(async (transaction) => {
		const member = await transaction.members.find(workspaceId, memberId)
		const account = member && (await transaction.accountRows.find(member.accountId))
		// A machine has nothing to sign in with.
		if (account?.kind !== 'person') return fail('request/not-found')
		if (!(await mayRecover(by.accountId, account.id, transaction)))
			return fail('role/insufficient', { params: { needed: 'owner' } })
		const issue = { account, actor: actorOf(by), requestId }
		return ok(await issueRecoveryLink(issue, { transaction, origin, now }))
	})
}

/** Finds a member whose role, now and `next`, is not above that of whoever changes it, as it is at this moment. */
async function findBelow(
	{ workspaceId, memberId, by }: MemberChange,
	next: Role | undefined,
	transaction: StoreFunctions,
): Promise<Result<Member>> {
	const actor = await transaction.members.findByAccount(workspaceId, by.accountId)
	const target = await transaction.members.find(workspaceId, memberId)
	if (!actor || !target) return fail('request/not-found')
	// The highest of the three.
	const needed = roles.find((role) => role === target.role || role === next || role === 'admin') ?? 'owner'
	return hasRole(actor.role, needed) ? ok(target) : fail('role/insufficient', { params: { needed } })
}

async function record(
	{ workspaceId, by, requestId }: MemberChange,
	event: 'member.role-changed' | 'member.removed',
	{ member, params }: { member: Member; params: Readonly<Record<string, string>> },
	transaction: StoreFunctions,
): Promise<void> {
	const account = await transaction.accountRows.find(member.accountId)
	const target = { kind: 'member', id: member.id, name: account?.username ?? '' }
	await transaction.audit.record({ workspaceId, event, actor: actorOf(by), target, params, requestId })
}
