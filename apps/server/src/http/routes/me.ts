import { revokeOfAccount } from '../../flows/revoke-of-account.ts'
import { actorOf } from '../../store/audit.ts'
import { recordAccountEvent } from '../../flows/record-account-event.ts'
import type { SignedInAccount } from '../../accounts/accounts.ts'
import type { AuditEvent, ProblemParams } from '@postern/vocabulary'
import { ok, Secret } from '@postern/vocabulary'
import type { Me } from '@postern/api/contract'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { meDocument } from './me-document.ts'

type MeHandlers = Pick<
	Handlers,
	| 'getMe'
	| 'updateMe'
	| 'getDigest'
	| 'setDigest'
	| 'listSessions'
	| 'revokeSession'
	| 'revokeOtherSessions'
	| 'changePassword'
>

export function meHandlers({
	accounts,
	store,
	appPasswords,
	configuration,
}: Pick<AccountRoutePorts, 'accounts' | 'store' | 'appPasswords' | 'configuration'>): MeHandlers {
	return {
		async getMe({ session, caller }) {
			const document = await meDocument(session.accountId, await accounts(), store)
			if (!document.ok || caller === undefined) return document
			// An application password knows one workspace, and not that there are others.
			const isItsOwn = ({ workspace }: Me['memberships'][number]) => workspace.id === caller.workspaceId
			return ok({ ...document.value, memberships: document.value.memberships.filter(isItsOwn) })
		},

		async updateMe({ session, body }) {
			await (await accounts()).setLanguage(session.accountId, body.language)
			return meDocument(session.accountId, await accounts(), store)
		},

		async getDigest({ session }) {
			const isOn = await store.digests.isWanted(session.accountId)
			return ok({ isAvailable: configuration.mailing !== undefined, isOn })
		},

		async setDigest({ session, body }) {
			await store.digests.setWanted(session.accountId, body.isOn)
			return ok()
		},

		async listSessions({ session }) {
			const sessions = await (await accounts()).listSessions(session.accountId)
			return ok({
				sessions: sessions.map(({ createdAt, lastUsedAt, ...rest }) => ({
					...rest,
					isCurrent: rest.id === session.sessionId,
					createdAt: createdAt.toISOString(),
					lastUsedAt: lastUsedAt.toISOString(),
				})),
			})
		},

		async revokeSession(request) {
			const { session, path } = request
			const revoked = await (await accounts()).revokeSession(session.accountId, path['sessionId'] ?? '')
			if (!revoked.ok) return revoked
			await recordOwn(request, 'account.session-revoked', store, { count: 1 })
			return ok()
		},

		async revokeOtherSessions(request) {
			const { session } = request
			const count = await (await accounts()).revokeOtherSessions(session.accountId, session.sessionId)
			if (count > 0) await recordOwn(request, 'account.session-revoked', store, { count })
			return ok()
		},

		async changePassword(request) {
			const { currentPassword, newPassword, revokeApplicationPasswords } = request.body
			const typed = { current: new Secret(currentPassword), next: new Secret(newPassword) }
			const changed = await (await accounts()).changePassword(request, request.session, typed)
			if (!changed.ok) return changed
			await recordOwn(request, 'account.password-changed', store)
			if (revokeApplicationPasswords === true)
				await revokeOfAccount(request.session.accountId, request, { store, appPasswords })
			return ok()
		},
	}
}

/** Records what somebody did with the own account. */
export async function recordOwn(
	{ session, requestId }: { readonly session: SignedInAccount; readonly requestId: string },
	event: AuditEvent,
	store: AccountRoutePorts['store'],
	params: ProblemParams = {},
): Promise<void> {
	const account = { id: session.accountId, username: session.username }
	await recordAccountEvent({ event, actor: actorOf(session), account, params, requestId }, store)
}
