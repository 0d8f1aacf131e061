import type { Role } from '@postern/vocabulary'
import type { Selectable } from 'kysely'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import type { StoreSchema } from './schema.ts'
import { storable } from './storable.ts'

export type Invitation = {
	readonly id: string
	readonly workspaceId: string
	readonly role: Role
	/** For whom: a remark of the inviter. */
	readonly label: string
	/** The account that invited. */
	readonly createdBy: string
	readonly createdAt: Date
	readonly expiresAt: Date
}

export type NewInvitation = Omit<Invitation, 'id' | 'createdAt'> & { readonly tokenHash: string }

export type Invitations = ReturnType<typeof invitationsOn>

/** An invitation is open until it is accepted, revoked or expired. Whoever holds its token needs no workspace. */
export function invitationsOn({ db, now }: StoreHandle) {
	const open = () =>
		db.selectFrom('invitation').selectAll().where('accepted_at', 'is', null).where('expires_at', '>', now().getTime())
	return {
		async create(invitation: NewInvitation): Promise<Invitation> {
			const row = await db
				.insertInto('invitation')
				.values({
					id: newId('inv'),
					workspace_id: invitation.workspaceId,
					token_hash: invitation.tokenHash,
					role: invitation.role,
					label: storable(invitation.label),
					created_by: invitation.createdBy,
					created_at: now().getTime(),
					expires_at: invitation.expiresAt.getTime(),
				})
				.returningAll()
				.executeTakeFirstOrThrow()
			return readInvitation(row)
		},

		async listOpen(workspaceId: string): Promise<readonly Invitation[]> {
			const rows = await open()
				.where('workspace_id', '=', workspaceId)
				.orderBy('created_at', 'desc')
				.orderBy('id')
				.execute()
			return rows.map(readInvitation)
		},

		async findOpen(tokenHash: string): Promise<Invitation | undefined> {
			const row = await open().where('token_hash', '=', tokenHash).executeTakeFirst()
			return row && readInvitation(row)
		},

		/** Uses it up: of any number of attempts with one token exactly one gets the invitation. */
		async accept(tokenHash: string, accountId: string): Promise<Invitation | undefined> {
			const at = now().getTime()
			const row = await db
				.updateTable('invitation')
				.set({ accepted_at: at, accepted_by: accountId })
				.where('token_hash', '=', tokenHash)
				.where('accepted_at', 'is', null)
				.where('expires_at', '>', at)
				.returningAll()
				.executeTakeFirst()
			return row && readInvitation(row)
		},

		/** Gives what was revoked; an accepted invitation stays. */
		async revoke(workspaceId: string, invitationId: string): Promise<Invitation | undefined> {
			const row = await db
				.deleteFrom('invitation')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', invitationId)
				.where('accepted_at', 'is', null)
				.returningAll()
				.executeTakeFirst()
			return row && readInvitation(row)
		},
	}
}

function readInvitation(row: Selectable<StoreSchema['invitation']>): Invitation {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		role: row.role,
		label: row.label,
		createdBy: row.created_by,
		createdAt: new Date(row.created_at),
		expiresAt: new Date(row.expires_at),
	}
}
