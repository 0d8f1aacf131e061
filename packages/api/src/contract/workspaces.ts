import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { activityEntry, connectorState, instant, role } from './shapes.ts'

const member = z.object({
	id: z.string(),
	accountId: z.string(),
	/** A machine signs in nowhere. */
	kind: z.enum(['person', 'machine']),
	username: z.string(),
	/** Null for machines. */
	email: z.nullable(z.string()),
	role,
	hasSecondFactor: z.boolean(),
	/** Expired ones too. */
	applicationPasswordCount: z.number(),
	joinedAt: instant,
})
export type MemberDocument = z.output<typeof member>

const invitation = z.object({
	id: z.string(),
	role,
	/** For whom: a remark of the inviter. */
	label: z.string(),
	createdAt: instant,
	expiresAt: instant,
})
export type InvitationDocument = z.output<typeof invitation>

/** A link is shown once. Its secret stands behind `#`, so no server and no log ever sees it. */
const oneTimeLink = z.object({ link: z.string(), expiresAt: instant })

export const renameWorkspace = endpoint({
	method: 'PATCH',
	path: '/workspaces/{workspaceId}',
	summary: 'Rename the workspace',
	access: 'owner',
	body: z.strictObject({ name: z.string() }),
	problems: ['workspace/name-malformed'],
})

export const listMembers = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/members',
	summary: 'List the members',
	access: 'viewer',
	output: z.object({ members: z.array(member) }),
	problems: [],
})

export const changeRole = endpoint({
	method: 'PATCH',
	path: '/workspaces/{workspaceId}/members/{memberId}',
	summary: 'Change a role; nobody can give or take a role above their own',
	access: 'admin',
	body: z.strictObject({ role }),
	problems: ['member/last-owner', 'role/insufficient', 'account/step-up-required'],
})

export const removeMember = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/members/{memberId}',
	summary: 'Remove a member',
	access: 'admin',
	problems: ['member/last-owner', 'role/insufficient'],
})

export const createRecoveryLink = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/members/{memberId}/recovery-link',
	summary: 'Make a one-time link (30 minutes) for a member who is locked out',
	access: 'owner',
	output: oneTimeLink,
	problems: ['role/insufficient', 'account/step-up-required'],
})

export const listInvitations = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/invitations',
	summary: 'List open invitations',
	access: 'admin',
	output: z.object({ invitations: z.array(invitation) }),
	problems: [],
})

export const createInvitation = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/invitations',
	summary: 'Invite by a one-time link (7 days)',
	access: 'admin',
	body: z.strictObject({ role, label: z.string() }),
	output: z.object({ invitation, link: z.string() }),
	problems: ['role/insufficient', 'account/step-up-required'],
})

export const revokeInvitation = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/invitations/{invitationId}',
	summary: 'Withdraw an invitation',
	access: 'admin',
	problems: [],
})

export const getDashboard = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/dashboard',
	summary: 'What needs attention, what happened lately, and the one next step',
	access: 'viewer',
	output: z.object({
		connectorCount: z.number(),
		byState: z.array(z.object({ state: connectorState, count: z.number() })),
		needsAttention: z.array(
			z.object({
				id: z.string(),
				name: z.string(),
				host: z.string(),
				state: connectorState,
				checkedAt: z.nullable(instant),
			}),
		),
		recentActivity: z.array(activityEntry),
		nextStep: z.enum(['connect-first-site', 'finish-draft', 'fix-connector', 'enable-two-factor', 'none']),
	}),
	problems: [],
})
