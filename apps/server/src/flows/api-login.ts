import { fail, ok, type Result } from '@postern/vocabulary'
import type { PosternUser } from '../store/application-password/application-password.ts'
import type { ApiLoginRule } from '../store/schema.ts'
import { findManaged, requireFreshProof, type Managing, type PasswordPorts } from './manage-passwords.ts'
import { actorOf } from '../store/audit.ts'

/**
 * `two_factor_user_api_login_enable`: whether application passwords work for somebody with a second factor. One rule decides
 * for all members, or each decides; whoever decided nothing is allowed.
 */
export function isApiLoginAllowed({
	hasSecondFactor,
	apiLogin,
	apiLoginRule,
}: Pick<PosternUser, 'hasSecondFactor' | 'apiLogin' | 'apiLoginRule'>): boolean {
	if (!hasSecondFactor) return true
	return apiLoginRule === 'each-decides' ? (apiLogin ?? true) : apiLoginRule === 'allowed'
}

/** For oneself, or as an owner. Fails with `account/step-up-required`, `role/insufficient`, `request/not-found`. */
export async function setApiLogin(
	managing: Managing,
	allowed: boolean | null,
	ports: PasswordPorts,
): Promise<Result<void>> {
	const managed = await findManaged(managing, ports)
	if (!managed.ok) return managed
	const fresh = await requireFreshProof(managing, ports)
	if (!fresh.ok) return fresh
	const { owner } = managed.value
	const to = allowed === null ? 'each-decides' : allowed ? 'allowed' : 'refused'
	return ports.store.transaction(async (transaction) => {
		await transaction.workspaces.lock(managing.workspaceId)
		const isSet = await transaction.members.setApiLogin(managing.workspaceId, owner.memberId, allowed)
		if (!isSet) return fail('request/not-found') // removed since
		await transaction.audit.record({
			workspaceId: managing.workspaceId,
			event: 'account.api-login-changed',
			actor: actorOf(managing.by),
			target: { kind: 'account', id: owner.accountId, name: owner.login },
			params: { to },
			requestId: managing.requestId,
		})
		return ok()
	})
}

/** For all members; whoever calls it is an owner. Fails with `account/step-up-required`. */
export async function setApiLoginRule(
	managing: Omit<Managing, 'memberId'>,
	rule: ApiLoginRule,
	ports: PasswordPorts,
): Promise<Result<void>> {
	const fresh = await requireFreshProof(managing, ports)
	if (!fresh.ok) return fresh
	const { workspaceId, by, requestId } = managing
	return ports.store.transaction(async (transaction) => {
		await transaction.workspaces.setApiLoginRule(workspaceId, rule)
		const params = { to: rule }
		const event = 'workspace.api-login-changed'
		await transaction.audit.record({ workspaceId, event, actor: actorOf(by), target: null, params, requestId })
		return ok()
	})
}
