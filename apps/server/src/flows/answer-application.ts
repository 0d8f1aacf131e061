import type { Result } from '@postern/vocabulary'
import type { Accounts, SignedInAccount, TypedProof, Visit } from '../accounts/accounts.ts'
import { createPassword, type IssuedPassword } from './application-passwords.ts'
import type { PasswordPorts } from './manage-passwords.ts'
import { actorOf } from '../store/audit.ts'
import { stepUp } from './step-up.ts'
import type { TypedPassword } from './wanted-password.ts'

export type AnswerPorts = Omit<PasswordPorts, 'accounts'> & { readonly accounts: () => Promise<Accounts> }

/** Somebody answers an application that asks for a password of his own. */
export type Answering = {
	readonly visit: Visit & { readonly requestId: string }
	readonly who: SignedInAccount
	readonly workspaceId: string
	/** Of the account in that workspace. */
	readonly memberId: string
	/** Where the password goes; `–` if it is shown to the person instead. */
	readonly host: string
}

/** What came of an approval, and who it was: a proof goes on in another session, even if nothing else succeeds. */
export type ApprovalOutcome = { readonly issued: Result<IssuedPassword>; readonly who: SignedInAccount }

/**
 * Makes the password that an application asked for, within the role that its owner has now; with a proof, if one was typed.
 * Fails as `createPassword` and `stepUp` do.
 */
export async function approveApplication(
	answering: Answering,
	{ typed, proof }: { readonly typed: TypedPassword; readonly proof: TypedProof | undefined },
	ports: AnswerPorts,
): Promise<ApprovalOutcome> {
	const { visit, workspaceId, memberId, host } = answering
	const accounts = await ports.accounts()
	const proven = proof && (await stepUp(visit, answering.who, proof, { accounts, store: ports.store }))
	if (proven?.ok === false) return { issued: proven, who: answering.who }
	const who = proven?.value ?? answering.who
	const by = { accountId: who.accountId, username: who.username, memberId, session: who }
	const managing = { workspaceId, memberId, by, ip: visit.ip, requestId: visit.requestId }
	const issued = await createPassword(managing, typed, { ...ports, callerScopes: undefined })
	if (!issued.ok) return { issued, who }
	const { owner, listed } = issued.value
	await ports.store.audit.record({
		workspaceId,
		event: 'application-password.approved',
		actor: actorOf(who),
		target: { kind: 'application-password', id: listed.password.uuid, name: listed.password.name },
		params: { owner: owner.login, host },
		requestId: visit.requestId,
	})
	return { issued, who }
}

export async function rejectApplication(
	{ visit, who, workspaceId, host }: Answering,
	{ store }: Pick<AnswerPorts, 'store'>,
): Promise<void> {
	await store.audit.record({
		workspaceId,
		event: 'application-password.rejected',
		actor: actorOf(who),
		target: null,
		params: { host },
		requestId: visit.requestId,
	})
}
