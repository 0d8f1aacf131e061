import { fail, hasRole, ok, type Language, type Result, type Role, type Secret } from '@postern/vocabulary'
import type { Accounts, NewAccount, PreparedAccount, SignedInAccount, Visit } from '../accounts/accounts.ts'
import { hashToken, newOneTimeToken } from '../accounts/one-time-token.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { actorOf } from '../store/audit.ts'
import type { PowerPorts } from './power-ports.ts'

const lifeMs = 7 * 86_400_000

export type InvitePorts = { readonly accounts: Accounts; readonly store: Store }

type NewInvitation = {
	readonly workspaceId: string
	readonly role: Role
	readonly label: string
	readonly inviter: SignedInAccount & { readonly role: Role }
	readonly requestId: string
}

/**
 * Makes a link that lets one person join. Fails with `role/insufficient` for a role above the inviter's own, and with
 * `account/step-up-required`: who comes in by it is nobody that the inviter's session could vouch for.
 */
export async function invite(
	{ workspaceId, role, label, inviter, requestId }: NewInvitation,
	{ accounts, store, origin, now }: PowerPorts,
): Promise<Result<{ readonly invitation: Invitation; readonly link: string }>> {
	if (!hasRole(inviter.role, role)) return fail('role/insufficient', { params: { needed: role } })
	const fresh = await (await accounts()).requireFreshProof(inviter)
	if (!fresh.ok) return fresh
	const { token, tokenHash } = newOneTimeToken()
	const expiresAt = new Date(now().getTime() + lifeMs)
	return store.transaction(async (transaction) => {
		const createdBy = inviter.accountId
		const invitation = await transaction.invitations.create({
			workspaceId,
			tokenHash,
			role,
			label,
			createdBy,
			expiresAt,
		})
		await transaction.audit.record({
			workspaceId,
			event: 'member.invited',
			actor: actorOf(inviter),
			target: { kind: 'invitation', id: invitation.id, name: label },
			params: { role },
			requestId,
		})
		return ok({ invitation, link: `${origin}/join#${token.reveal()}` })
	})
}

/** Finds an open invitation by its token. Fails with `invitation/invalid` or `account/throttled`. */
export async function findInvitation(
	visit: Visit,
	token: Secret,
	{ accounts, store }: InvitePorts,
): Promise<Result<Invitation>> {
	const check = accounts.admitTokenCheck(visit)
	if (!check.ok) return check
	const invitation = await store.invitations.findOpen(hashToken(token))
	if (!invitation || !(await isStillGiven(invitation, store))) return fail('invitation/invalid')
	check.value.succeeded()
	return ok(invitation)
}

/** The invitations that somebody can still accept. */
export async function listInvitations(workspaceId: string, store: Store): Promise<readonly Invitation[]> {
	const roleOf = new Map((await store.members.list(workspaceId)).map(({ accountId, role }) => [accountId, role]))
	const open = await store.invitations.listOpen(workspaceId)
	return open.filter(({ createdBy, role }) => mayInvite(roleOf.get(createdBy), role))
}

/** An invitation ends with the power of whoever made it: who was removed does not come back by a link of their own. */
async function isStillGiven({ workspaceId, createdBy, role }: Invitation, functions: StoreFunctions): Promise<boolean> {
	const inviter = await functions.members.findByAccount(workspaceId, createdBy)
	return mayInvite(inviter?.role, role)
}

function mayInvite(own: Role | undefined, role: Role): boolean {
	return own !== undefined && hasRole(own, 'admin') && hasRole(own, role)
}

type Acceptance = {
	readonly token: Secret
	/** Joins with a new account… */
	readonly account: NewAccount | undefined
	/** … or as this one. */
	readonly session: SignedInAccount | undefined
	readonly language: Language | null
	readonly requestId: string
}

/** Gives the account that was made for it, if one was. Fails with `invitation/invalid`, `account/…`. */
export async function acceptInvitation(
	visit: Visit,
	acceptance: Acceptance,
	ports: InvitePorts,
): Promise<Result<PreparedAccount | undefined>> {
	const invitation = await findInvitation(visit, acceptance.token, ports)
	if (!invitation.ok) return invitation
	if (acceptance.account !== undefined)
		return joinAsNew(acceptance.account, { acceptance, invitation: invitation.value }, ports)
	if (acceptance.session === undefined) return fail('account/session-required')
	return joinAsSignedIn(acceptance.session, { acceptance, invitation: invitation.value }, ports)
}

type Accepted = { readonly acceptance: Acceptance; readonly invitation: Invitation }

async function joinAsNew(
	typed: NewAccount,
	accepted: Accepted,
	{ accounts, store }: InvitePorts,
): Promise<Result<PreparedAccount>> {
	const workspace = await store.workspaces.find(accepted.invitation.workspaceId)
	const related = [workspace?.name ?? '', 'Postern']
	const prepared = await accounts.prepareAccount(typed, { language: accepted.acceptance.language, related })
	if (!prepared.ok) return prepared
	const account = prepared.value
	return store.transaction(async (transaction) => {
		const created = await accounts.createAccount(account, transaction)
		if (!created.ok) return created
		const joined = await join(accepted, { accountId: created.value, username: account.username }, transaction)
		return joined.ok ? ok(account) : joined
	})
}

async function joinAsSignedIn(
	session: SignedInAccount,
	accepted: Accepted,
	{ store }: InvitePorts,
): Promise<Result<undefined>> {
	const { workspaceId } = accepted.invitation
	// Whoever belongs to it already keeps the role; the invitation stays for somebody else.
	if (await store.members.findByAccount(workspaceId, session.accountId)) return ok(undefined)
	const joined = await store.transaction((transaction) => join(accepted, session, transaction))
	return joined.ok ? ok(undefined) : joined
}

async function join(
	{ acceptance, invitation }: Accepted,
	who: { readonly accountId: string; readonly username: string },
	transaction: StoreFunctions,
): Promise<Result<void>> {
	const { accountId, username } = who
	const used = await transaction.invitations.accept(hashToken(acceptance.token), accountId)
	if (!used || !(await isStillGiven(used, transaction))) return fail('invitation/invalid')
	const { workspaceId, role } = used
	const member = await transaction.members.add({ workspaceId, accountId, role })
	if (!member) return fail('invitation/invalid')
	await transaction.audit.record({
		workspaceId,
		event: 'member.joined',
		actor: actorOf(who),
		target: { kind: 'member', id: member.id, name: username },
		params: { role, invitation: invitation.id },
		requestId: acceptance.requestId,
	})
	return ok()
}
