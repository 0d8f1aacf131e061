import { fail, ok, type Result, type Role } from '@postern/vocabulary'
import type { Kysely } from 'kysely'
import { readBoolean } from './dialect/dialect.ts'
import { atomically, type StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import type { AccountKind, StoreSchema } from './schema.ts'

export type Member = {
	readonly id: string
	readonly workspaceId: string
	readonly accountId: string
	readonly role: Role
	readonly createdAt: Date
}

export type ListedMember = Member & {
	readonly username: string
	/** Null for machines. */
	readonly email: string | null
	readonly hasSecondFactor: boolean
	readonly kind: AccountKind
}

export type Membership = {
	readonly memberId: string
	readonly role: Role
	readonly workspace: { readonly id: string; readonly name: string }
}

export type Members = ReturnType<typeof membersOn>

export function membersOn(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/** Gives undefined when the account is a member already. */
		async add(member: { workspaceId: string; accountId: string; role: Role }): Promise<Member | undefined> {
			const { workspaceId, accountId, role } = member
			const row = await db
				.insertInto('member')
				.values({
					id: newId('mem'),
					workspace_id: workspaceId,
					account_id: accountId,
					role,
					created_at: now().getTime(),
				})
				.onConflict((conflict) => conflict.columns(['workspace_id', 'account_id']).doNothing())
				.returningAll()
				.executeTakeFirst()
			return row && readMember(row)
		},

		/** The workspaces an account belongs to: the one question that starts from an account. */
		async listMemberships(accountId: string): Promise<readonly Membership[]> {
			const rows = await db
				.selectFrom('member')
				.innerJoin('workspace', 'workspace.id', 'member.workspace_id')
				.select(['member.id', 'member.role', 'workspace.id as workspace_id', 'workspace.name'])
				.where('member.account_id', '=', accountId)
				.orderBy('member.created_at')
				.orderBy('member.id')
				.execute()
			return rows.map(({ id, role, workspace_id, name }) => ({
				memberId: id,
				role,
				workspace: { id: workspace_id, name },
			}))
		},

		async find(workspaceId: string, memberId: string): Promise<Member | undefined> {
			const row = await membersOf(db, workspaceId).where('id', '=', memberId).executeTakeFirst()
			return row && readMember(row)
		},

		async findByAccount(workspaceId: string, accountId: string): Promise<Member | undefined> {
			const row = await membersOf(db, workspaceId).where('account_id', '=', accountId).executeTakeFirst()
			return row && readMember(row)
		},

		async list(workspaceId: string): Promise<readonly ListedMember[]> {
			const rows = await membersOf(db, workspaceId)
				.innerJoin('auth_user', 'auth_user.id', 'member.account_id')
				.innerJoin('account_profile', 'account_profile.account_id', 'member.account_id')
				.select(['auth_user.username', 'auth_user.displayUsername', 'auth_user.email', 'auth_user.twoFactorEnabled'])
				.select('account_profile.kind')
				.orderBy('member.created_at')
				.orderBy('member.id')
				.execute()
			return rows.map((row) => ({
				...readMember(row),
				username: row.displayUsername ?? row.username ?? row.email,
				email: row.kind === 'machine' ? null : row.email,
				kind: row.kind,
				hasSecondFactor: readBoolean(row.twoFactorEnabled),
			}))
		},

		/** Fails with `member/last-owner`, or `request/not-found`. */
		changeRole(workspaceId: string, memberId: string, role: Role): Promise<Result<Member>> {
			return atomically(handle, async (transaction) => {
				const found = await findReplaceable(transaction, workspaceId, memberId, role)
				if (!found.ok) return found
				await transaction.updateTable('member').set({ role }).where('id', '=', memberId).execute()
				return ok({ ...found.value, role })
			})
		},

		/** Null: as the workspace says. False if there is no such member. */
		async setApiLogin(workspaceId: string, memberId: string, allowed: boolean | null): Promise<boolean> {
			const row = await db
				.updateTable('member')
				.set({ api_login: allowed === null ? null : Number(allowed) })
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', memberId)
				.returning('id')
				.executeTakeFirst()
			return row !== undefined
		},

		/** Gives who was removed. Fails with `member/last-owner`, or `request/not-found`. */
		remove(workspaceId: string, memberId: string): Promise<Result<Member>> {
			return atomically(handle, async (transaction) => {
				const found = await findReplaceable(transaction, workspaceId, memberId, undefined)
				if (found.ok) await transaction.deleteFrom('member').where('id', '=', memberId).execute()
				return found
			})
		},
	}
}

function membersOf(db: Kysely<StoreSchema>, workspaceId: string) {
	return db
		.selectFrom('member')
		.select(['member.id', 'member.workspace_id', 'member.account_id', 'member.role', 'member.created_at'])
		.where('member.workspace_id', '=', workspaceId)
}

/** Finds a member whose role may become `next`: a workspace always keeps an owner who can sign in. */
async function findReplaceable(
	db: Kysely<StoreSchema>,
	workspaceId: string,
	memberId: string,
	next: Role | undefined,
): Promise<Result<Member>> {
	// Locks the workspace on PostgreSQL, so that two owners cannot leave at the same moment.
	await db
		.updateTable('workspace')
		.set((column) => ({ name: column.ref('name') }))
		.where('id', '=', workspaceId)
		.execute()
	const members = await membersOf(db, workspaceId)
		.innerJoin('account_profile', 'account_profile.account_id', 'member.account_id')
		.select('account_profile.kind')
		.execute()
	const found = members.find(({ id }) => id === memberId)
	if (found === undefined) return fail('request/not-found')
	const owners = members.filter(({ role, kind }) => role === 'owner' && kind === 'person')
	const isLastOwner = owners.length === 1 && owners[0] === found
	return isLastOwner && next !== 'owner' ? fail('member/last-owner') : ok(readMember(found))
}

function readMember(row: {
	id: string
	workspace_id: string
	account_id: string
	role: Role
	created_at: number
}): Member {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		accountId: row.account_id,
		role: row.role,
		createdAt: new Date(row.created_at),
	}
}
