import { acceptInvitation, findInvitation } from '../../flows/invite.ts'
import { fail, ok, Secret } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { AccountRoutePorts } from './account-route-ports.ts'
import { meDocument } from './me-document.ts'

type InvitationHandlers = Pick<Handlers, 'readInvitation' | 'acceptInvitation'>

export function invitationHandlers({
	accounts,
	store,
}: Pick<AccountRoutePorts, 'accounts' | 'store'>): InvitationHandlers {
	return {
		async readInvitation(request) {
			const ports = { accounts: await accounts(), store }
			const found = await findInvitation(request, new Secret(request.body.token), ports)
			if (!found.ok) return found
			const { workspaceId, role, createdBy, expiresAt } = found.value
			const workspace = await store.workspaces.find(workspaceId)
			const inviter = await store.accountRows.find(createdBy)
			if (!workspace) return fail('invitation/invalid')
			const invitedBy = inviter?.username ?? ''
			return ok({ workspaceName: workspace.name, role, invitedBy, expiresAt: expiresAt.toISOString() })
		},

		async acceptInvitation(request) {
			const { token, account } = request.body
			const ports = { accounts: await accounts(), store }
			const accepted = await acceptInvitation(
				request,
				{
					token: new Secret(token),
					account: account && { ...account, password: new Secret(account.password) },
					session: request.session,
					language: request.language,
					requestId: request.requestId,
				},
				ports,
			)
			if (!accepted.ok) return accepted
			if (accepted.value === undefined) return meDocument(request.session?.accountId ?? '', ports.accounts, store)
			const signedIn = await ports.accounts.signInNew(request, accepted.value)
			if (!signedIn.ok) return signedIn
			const row = await store.accountRows.findByName(accepted.value.email)
			return meDocument(row?.id ?? '', ports.accounts, store)
		},
	}
}
