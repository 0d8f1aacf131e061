import type { Occasion } from '@postern/app-passwords'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { Accounts, SignedInAccount } from '../accounts/accounts.ts'
import type { PosternAppPasswords, PosternUser } from '../store/application-password/application-password.ts'
import type { Acting } from '../store/audit.ts'
import type { Store } from '../store/store.ts'

export type PasswordPorts = {
	/** The account library comes after listening; who needs it waits. */
	readonly accounts: () => Promise<Pick<Accounts, 'requireFreshProof' | 'createMachine'>>
	readonly store: Store
	readonly appPasswords: PosternAppPasswords
	readonly now: () => Date
}

/** Somebody wants something of a member’s application passwords. */
export type Managing = {
	readonly workspaceId: string
	/** Whose passwords. */
	readonly memberId: string
	readonly by: Acting & {
		/** As a member of that workspace. */
		readonly memberId: string
		/** Undefined: an application with its password, which can prove nothing. */
		readonly session: SignedInAccount | undefined
	}
	readonly ip: string
	readonly requestId: string | null
}

/** Who may manage whose passwords, as both are at this moment. */
export type Managed = {
	readonly owner: PosternUser
	readonly actor: PosternUser
	readonly isOwn: boolean
	readonly occasion: Occasion<PosternUser>
}

/** One’s own, or as an owner of the workspace anybody’s there. Fails with `request/not-found`, `role/insufficient`. */
export async function findManaged(
	{ workspaceId, memberId, by, ip, requestId }: Managing,
	{ store }: Pick<PasswordPorts, 'store'>,
): Promise<Result<Managed>> {
	const actor = await store.passwordOwners.findMember(workspaceId, by.memberId)
	const owner = await store.passwordOwners.findMember(workspaceId, memberId)
	if (!actor || !owner) return fail('request/not-found')
	const isOwn = owner.memberId === actor.memberId
	if (!isOwn && actor.memberRole !== 'owner') return fail('role/insufficient', { params: { needed: 'owner' } })
	const occasion = { by: actor, withPassword: by.withPassword?.uuid ?? null, ip, requestId }
	return ok({ owner, actor, isOwn, occasion })
}

/** Fails with `account/step-up-required`. */
export async function requireFreshProof({ by }: Pick<Managing, 'by'>, ports: PasswordPorts): Promise<Result<void>> {
	if (by.session === undefined) return fail('account/step-up-required')
	return (await ports.accounts()).requireFreshProof(by.session)
}
