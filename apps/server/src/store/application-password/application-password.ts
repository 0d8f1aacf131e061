import type { ApplicationPassword, AppPasswords, Grants, Held, User } from '@postern/app-passwords'
import type { Preset, Role, Scope } from '@postern/vocabulary'
import type { AccountKind, ApiLoginRule } from '../schema.ts'

/** An account as a member of one workspace: who owns application passwords there. */
export type PosternUser = User & {
	readonly accountId: string
	readonly workspaceId: string
	readonly memberId: string
	readonly memberRole: Role
	readonly kind: AccountKind
	/** What this member decided of two-factor and the API; null: nothing. */
	readonly apiLogin: boolean | null
	readonly apiLoginRule: ApiLoginRule
}

export type PosternGrants = Grants & {
	/** Which preset was chosen, for display; the scopes count. */
	readonly preset: Preset | null
	readonly scopes: readonly Scope[]
	/** `all`: every connector of the workspace, also later ones. */
	readonly connectors: 'all' | readonly string[]
	readonly writesPerDay: number | null
}

export type PosternPassword = ApplicationPassword<PosternGrants>
export type PosternHeld = Held<PosternUser, PosternGrants>

/** The package with our kind of owners and grants. */
export type PosternAppPasswords = AppPasswords<PosternUser, PosternGrants>

/** A password with what only Postern keeps of it. */
export type ListedPassword = {
	readonly password: PosternPassword
	readonly memberId: string
	/** In the order in which they were made. */
	readonly position: number
	/** The name of the account that made it; null where that was its owner. */
	readonly createdBy: string | null
	/** Whether whoever made it had a second factor, and had proven it. */
	readonly isSecondFactorProven: boolean
}

/** No workspace has more. */
export const passwordQuota = 200
/** How one too many is refused; WordPress knows no quota, so the code is ours. */
export const passwordQuotaCode = 'postern_application_password_quota'

/** Thrown out of a transaction that would exceed `passwordQuota`: the package between cannot carry a refusal of ours. */
export class PasswordQuotaReached extends Error {}
