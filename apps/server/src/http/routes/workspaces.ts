import { changeRole, createRecoveryLink, removeMember } from '../../flows/change-member.ts'
import { invite, listInvitations } from '../../flows/invite.ts'
import { actorOf } from '../../store/audit.ts'
import type { PowerPorts } from '../../flows/power-ports.ts'
import { readWorkspaceName } from '../../flows/workspace-name.ts'
import type { InvitationDocument } from '@postern/api/contract'
import type { Invitation } from '../../store/invitations.ts'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { Handlers } from '../api.ts'
import type { Membership, SignedIn } from '../session-reader.ts'
import { dashboardHandler } from './dashboard.ts'

type MemberHandlers = Pick<Handlers, 'listMembers' | 'changeRole' | 'removeMember' | 'createRecoveryLink'>
type InvitationHandlers = Pick<Handlers, 'listInvitations' | 'createInvitation' | 'revokeInvitation'>
type WorkspaceHandlers = MemberHandlers & InvitationHandlers & Pick<Handlers, 'renameWorkspace' | 'getDashboard'>

/** Every endpoint of the contract's `workspaces.ts`. */
export function workspaceHandlers(ports: PowerPorts): WorkspaceHandlers {
	const { store } = ports
	return {
		...memberHandlers(ports),
		...invitationHandlers(ports),
		...dashboardHandler(store),

		async renameWorkspace({ member, session, body, requestId }) {
			const name = readWorkspaceName(body.name)
			if (!name.ok) return name
			const { workspaceId } = member
			return store.transaction(async (transaction) => {
				const before = await transaction.workspaces.find(workspaceId)
				if (!before) return fail('request/not-found')
				if (before.name === name.value) return ok()
				await transaction.workspaces.rename(workspaceId, name.value)
				await transaction.audit.record({
					workspaceId,
					event: 'workspace.renamed',
					actor: actorOf(session),
					target: { kind: 'workspace', id: workspaceId, name: name.value },
					params: { from: before.name, to: name.value },
					requestId,
				})
				return ok()
			})
		},
	}
}

function memberHandlers(ports: PowerPorts): MemberHandlers {
	const { store } = ports
	return {
		async listMembers({ member }) {
			const members = await store.members.list(member.workspaceId)
			const counts = await store.applicationPasswords.countByMember(member.workspaceId)
			return ok({
				members: members.map(({ id, accountId, kind, username, email, role, hasSecondFactor, createdAt }) => ({
					id,
					accountId,
					kind,
					username,
					email,
					role,
					hasSecondFactor,
					applicationPasswordCount: counts.get(id) ?? 0,
					joinedAt: createdAt.toISOString(),
				})),
			})
		},

		changeRole: (request) => changeRole(changeOf(request), request.body.role, ports),

		removeMember: (request) => removeMember(changeOf(request), store),

		async createRecoveryLink(request) {
			const issued = await createRecoveryLink(changeOf(request), ports)
			if (!issued.ok) return issued
			const { link, expiresAt } = issued.value
			return ok({ link, expiresAt: expiresAt.toISOString() })
		},
	}
}

function changeOf(request: {
	readonly session: SignedIn
	readonly member: Membership
	readonly path: Readonly<Record<string, string>>
	readonly requestId: string
}) {
	const { session, member, path, requestId } = request
	return { workspaceId: member.workspaceId, memberId: path['memberId'] ?? '', by: session, requestId }
}

function invitationHandlers(ports: PowerPorts): InvitationHandlers {
	const { store } = ports
	return {
		async listInvitations({ member }) {
			const invitations = await listInvitations(member.workspaceId, store)
			return ok({ invitations: invitations.map(invitationDocument) })
		},

		async createInvitation({ member, session, body, requestId }) {
			const label = readLabel(body.label)
			if (!label.ok) return label
			const inviter = { ...session, role: member.role }
			const { workspaceId } = member
			const invited = await invite({ workspaceId, role: body.role, label: label.value, inviter, requestId }, ports)
			if (!invited.ok) return invited
			const { invitation, link } = invited.value
			return ok({ invitation: invitationDocument(invitation), link })
		},

		async revokeInvitation({ member, session, path, requestId }) {
			return store.transaction(async (transaction) => {
				const revoked = await transaction.invitations.revoke(member.workspaceId, path['invitationId'] ?? '')
				if (!revoked) return fail('request/not-found')
				await transaction.audit.record({
					workspaceId: member.workspaceId,
					event: 'member.invitation-revoked',
					actor: actorOf(session),
					target: { kind: 'invitation', id: revoked.id, name: revoked.label },
					params: { role: revoked.role },
					requestId,
				})
				return ok()
			})
		},
	}
}

/** At most 100 characters in one line, and it may be empty. */
function readLabel(typed: string): Result<string> {
	const label = typed.trim()
	const isOneLine = !/[\p{Cc}\u2028\u2029]/u.test(label)
	return isOneLine && Array.from(label).length <= 100
		? ok(label)
		: fail('request/type-error', { params: { field: '/label' } })
}

function invitationDocument({ id, role, label, createdAt, expiresAt }: Invitation): InvitationDocument {
	return { id, role, label, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
}
