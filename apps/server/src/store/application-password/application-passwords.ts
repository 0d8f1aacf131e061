import type { PasswordChanges } from '@postern/app-passwords'
import { canBeLookedUp } from '@postern/app-passwords'
import { expressionBuilder, sql } from 'kysely'
import type { StoreHandle } from '../handle.ts'
import type { StoreSchema } from '../schema.ts'
import { storable } from '../storable.ts'
import {
	type ListedPassword,
	type PosternGrants,
	type PosternPassword,
	passwordQuota,
	PasswordQuotaReached,
} from './application-password.ts'
import { listedColumns, passwordColumns, readListed, readPassword, writeGrants } from './application-password-row.ts'

/** A password belongs to a member: it goes with the membership. */
export type Owner = { readonly memberId: string; readonly workspaceId: string }

export type NewRecord = {
	readonly password: PosternPassword
	readonly hash: string
	/** Null: its owner. */
	readonly createdBy: { readonly accountId: string; readonly name: string } | null
	readonly isSecondFactorProven: boolean
}

export type ApplicationPasswords = ReturnType<typeof applicationPasswordsOn>

export function applicationPasswordsOn({ db }: StoreHandle) {
	const ofOwner = ({ memberId, workspaceId }: Owner) =>
		db.selectFrom('application_password').where('member_id', '=', memberId).where('workspace_id', '=', workspaceId)
	return {
		/** Throws `PasswordQuotaReached`. Belongs into a transaction that has locked the workspace, or two may find the same room. */
		async insert({ memberId, workspaceId }: Owner, record: NewRecord): Promise<void> {
			const { count } = await db
				.selectFrom('application_password')
				.select(({ fn }) => fn.countAll<number>().as('count'))
				.where('workspace_id', '=', workspaceId)
				.executeTakeFirstOrThrow()
			if (count >= passwordQuota) throw new PasswordQuotaReached()
			const { password, hash, createdBy } = record
			await db
				.insertInto('application_password')
				.values({
					uuid: password.uuid,
					member_id: memberId,
					workspace_id: workspaceId,
					app_id: password.appId,
					name: storable(password.name),
					hash,
					is_imported: canBeLookedUp(hash) ? 0 : 1,
					grants: writeGrants(password.grants),
					addresses: JSON.stringify(password.addresses),
					requests_per_minute: password.requestsPerMinute,
					created_at: password.created.getTime(),
					created_by: createdBy?.accountId ?? null,
					created_by_name: createdBy?.name ?? null,
					is_second_factor_proven: record.isSecondFactorProven ? 1 : 0,
					expires_at: password.expires?.getTime() ?? null,
					is_expiry_noticed: 0,
					last_used_at: password.lastUsed?.getTime() ?? null,
					last_ip: password.lastIp,
					seen_at: password.seen?.at.getTime() ?? null,
					seen_ip: password.seen?.ip ?? null,
				})
				.execute()
		},

		async list(owner: Owner): Promise<readonly ListedPassword[]> {
			const rows = await ofOwner(owner).select(listedColumns).orderBy('position').execute()
			return rows.map(readListed)
		},

		async find(owner: Owner, uuid: string): Promise<ListedPassword | undefined> {
			const row = await ofOwner(owner).select(listedColumns).where('uuid', '=', uuid).executeTakeFirst()
			return row && readListed(row)
		},

		/** All of a workspace, the newest first; there are no more than `passwordQuota`. */
		async listOfWorkspace(workspaceId: string): Promise<readonly ListedPassword[]> {
			const rows = await db
				.selectFrom('application_password')
				.select(listedColumns)
				.where('workspace_id', '=', workspaceId)
				.orderBy('position', 'desc')
				.execute()
			return rows.map(readListed)
		},

		/** How many each member has, expired ones too. */
		async countByMember(workspaceId: string): Promise<ReadonlyMap<string, number>> {
			const rows = await db
				.selectFrom('application_password')
				.select(({ fn }) => ['member_id', fn.countAll<number>().as('count')])
				.where('workspace_id', '=', workspaceId)
				.groupBy('member_id')
				.execute()
			return new Map(rows.map(({ member_id, count }) => [member_id, count]))
		},

		/** Gives what it is afterwards. */
		async update(
			{ memberId, workspaceId }: Owner,
			uuid: string,
			{ name, expires, grants }: PasswordChanges<PosternGrants>,
		): Promise<PosternPassword | undefined> {
			const row = await db
				.updateTable('application_password')
				.set({
					uuid, // so that there is something to set
					...(name === undefined ? {} : { name: storable(name) }),
					...(expires === undefined ? {} : { expires_at: expires?.getTime() ?? null, is_expiry_noticed: 0 }),
					...(grants === undefined ? {} : { grants: writeGrants(grants) }),
				})
				.where('member_id', '=', memberId)
				.where('workspace_id', '=', workspaceId)
				.where('uuid', '=', uuid)
				.returning(passwordColumns)
				.executeTakeFirst()
			return row && readPassword(row)
		},

		/** Deletes one, or `all` of the owner's. Gives them as they were, the oldest first. */
		async delete({ memberId, workspaceId }: Owner, uuid: string): Promise<readonly PosternPassword[]> {
			const owned = db
				.deleteFrom('application_password')
				.where('member_id', '=', memberId)
				.where('workspace_id', '=', workspaceId)
			const deleted = uuid === 'all' ? owned : owned.where('uuid', '=', uuid)
			const rows = await deleted.returning([...passwordColumns, 'position']).execute()
			return rows.toSorted((one, other) => one.position - other.position).map(readPassword)
		},

		/** Only if the hash is still `from`. */
		async rehash(
			{ memberId }: Owner,
			uuid: string,
			{ from, to }: { readonly from: string; readonly to: string },
		): Promise<PosternPassword | undefined> {
			const row = await db
				.updateTable('application_password')
				.set({ hash: to, is_imported: canBeLookedUp(to) ? 0 : 1 })
				.where('member_id', '=', memberId)
				.where('uuid', '=', uuid)
				.where('hash', '=', from)
				.returning(passwordColumns)
				.executeTakeFirst()
			return row && readPassword(row)
		},

		async listImported({ memberId }: Owner): Promise<readonly { password: PosternPassword; hash: string }[]> {
			const rows = await db
				.selectFrom('application_password')
				.select([...passwordColumns, 'hash'])
				.where('member_id', '=', memberId)
				.where('is_imported', '=', 1)
				.orderBy('position')
				.execute()
			return rows.map((row) => ({ password: readPassword(row), hash: row.hash }))
		},

		/** The workspaces in which there is something to take for `takeExpiring`. */
		async findExpiring(now: Date, until: Date): Promise<readonly string[]> {
			const rows = await db
				.selectFrom('application_password')
				.select('workspace_id')
				.distinct()
				.where(isExpiring(now, until))
				.execute()
			return rows.map(({ workspace_id }) => workspace_id)
		},

		/**
		 * Takes those that end until then and were made to last longer than that; each is given once. Belongs into a
		 * transaction that has locked the workspaces, and tells the owners.
		 */
		async takeExpiring(now: Date, until: Date, workspaceIds: readonly string[]): Promise<readonly ListedPassword[]> {
			const rows = await db
				.updateTable('application_password')
				.set({ is_expiry_noticed: 1 })
				.where('workspace_id', 'in', workspaceIds)
				.where(isExpiring(now, until))
				.returning(listedColumns)
				.execute()
			return rows.map(readListed).toSorted((one, other) => one.position - other.position)
		},

		/** For an event that names one. */
		async findName(uuid: string): Promise<string | undefined> {
			const row = await db.selectFrom('application_password').select('name').where('uuid', '=', uuid).executeTakeFirst()
			return row?.name
		},
	}
}

function isExpiring(now: Date, until: Date) {
	const { eb, and, ref } = expressionBuilder<StoreSchema, 'application_password'>()
	return and([
		eb('is_expiry_noticed', '=', sql.lit(0)), // a literal, so that the partial index serves it
		eb('expires_at', '>', now.getTime()),
		eb('expires_at', '<=', until.getTime()),
		eb(eb('expires_at', '-', ref('created_at')), '>', until.getTime() - now.getTime()),
	])
}
