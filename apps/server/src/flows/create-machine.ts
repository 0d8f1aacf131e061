import { fail, ok, type Result, type Role } from '@postern/vocabulary'
import { requireFreshProof, type Managing, type PasswordPorts } from './manage-passwords.ts'
import { actorOf } from '../store/audit.ts'

/**
 * Adds an account that nobody signs in to, so that the passwords of servers and agents outlive whoever made them. Whoever
 * calls it is an owner. Gives its member id. Fails with `account/step-up-required`, `account/username-…`.
 */
export async function createMachine(
	managing: Omit<Managing, 'memberId'>,
	{ username, role }: { readonly username: string; readonly role: Role },
	ports: PasswordPorts,
): Promise<Result<string>> {
	const fresh = await requireFreshProof(managing, ports)
	if (!fresh.ok) return fresh
	const accounts = await ports.accounts()
	const { workspaceId, by, requestId } = managing
	return ports.store.transaction(async (transaction) => {
		const accountId = await accounts.createMachine(username, transaction)
		if (!accountId.ok) return accountId
		const member = await transaction.members.add({ workspaceId, accountId: accountId.value, role })
		if (!member) return fail('request/not-found')
		const account = await transaction.accountRows.find(accountId.value)
		await transaction.audit.record({
			workspaceId,
			event: 'machine.created',
			actor: actorOf(by),
			target: { kind: 'member', id: member.id, name: account?.username ?? '' },
			params: { role },
			requestId,
		})
		return ok(member.id)
	})
}
