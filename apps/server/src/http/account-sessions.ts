import type { Accounts } from '../accounts/accounts.ts'
import type { Store } from '../store/store.ts'
import type { SessionReader } from './session-reader.ts'

/** Lets people in by their session cookie, applications by their password, and both into workspaces by membership. */
export function accountSessions(
	accounts: () => Promise<Accounts>,
	store: Store,
	readPassword: SessionReader['readPassword'],
): SessionReader {
	return {
		readPassword,

		async readSession(headers) {
			// Most visitors without a session need not wait for the account library.
			return headers.has('cookie') ? (await accounts()).readSession(headers) : undefined
		},
		async findMembership(workspaceId, accountId) {
			const member = await store.members.findByAccount(workspaceId, accountId)
			return member && { memberId: member.id, workspaceId: member.workspaceId, role: member.role }
		},
	}
}
