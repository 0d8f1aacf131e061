import type { WordPressRole } from '@postern/app-passwords'
import type { Role } from '@postern/vocabulary'
import { readBoolean } from '../dialect/dialect.ts'
import type { AccountKind, ApiLoginRule } from '../schema.ts'
import type { PosternUser } from './application-password.ts'

/** All there is to know of a member as the owner of passwords; `member` may be restricted after it. */
export const userColumns = `
	member.id as member_id, member.workspace_id, member.account_id, member.role, member.api_login,
	workspace.api_login_rule, account_profile.number, account_profile.kind,
	auth_user.username, auth_user."displayUsername", auth_user.email, auth_user."createdAt" as registered_at,
	auth_user.language, auth_user."twoFactorEnabled"`
export const userTables = `
	member
	join workspace on workspace.id = member.workspace_id
	join account_profile on account_profile.account_id = member.account_id
	join auth_user on auth_user.id = member.account_id`

export type UserRow = {
	readonly member_id: string
	readonly workspace_id: string
	readonly account_id: string
	readonly role: Role
	readonly api_login: number | null
	readonly api_login_rule: ApiLoginRule
	readonly number: number
	readonly kind: AccountKind
	readonly username: string | null
	readonly displayUsername: string | null
	readonly email: string
	readonly registered_at: Date | string
	readonly language: string | null
	readonly twoFactorEnabled: boolean | number | null
}

/** What WordPress clients are told of our roles. */
const wordPressRoles = {
	owner: 'administrator',
	admin: 'administrator',
	editor: 'editor',
	viewer: 'subscriber',
} as const satisfies Record<Role, WordPressRole>

export function readUser(row: UserRow): PosternUser {
	const login = row.displayUsername ?? row.username ?? row.email
	return {
		id: row.number,
		login,
		email: row.kind === 'machine' ? '' : row.email,
		displayName: login,
		role: wordPressRoles[row.role],
		registered: new Date(row.registered_at),
		locale: row.language === 'ja' ? 'ja' : 'en_US',
		hasSecondFactor: readBoolean(row.twoFactorEnabled),
		accountId: row.account_id,
		workspaceId: row.workspace_id,
		memberId: row.member_id,
		memberRole: row.role,
		kind: row.kind,
		apiLogin: row.api_login === null ? null : row.api_login === 1,
		apiLoginRule: row.api_login_rule,
	}
}
