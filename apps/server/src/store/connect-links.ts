import type { Selectable } from 'kysely'
import type { StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import type { StoreSchema } from './schema.ts'
import { storable } from './storable.ts'

/** Asks the owner of one site to connect it. */
export type ConnectLink = {
	readonly id: string
	readonly workspaceId: string
	/** Of connector. */
	readonly type: string
	readonly address: string
	/** As it is shown. */
	readonly host: string
	/** Reconnects this one in place. */
	readonly connectorId: string | null
	/** The account that made it. */
	readonly createdBy: string
	readonly createdAt: Date
	readonly expiresAt: Date
}

export type NewConnectLink = Omit<ConnectLink, 'id' | 'createdAt'> & { readonly tokenHash: string }

export type ConnectLinks = ReturnType<typeof connectLinksOn>

/** A link is open until it is used, revoked or expired. Whoever holds its token needs no workspace. */
export function connectLinksOn({ db, now }: StoreHandle) {
	const open = () =>
		db
			.selectFrom('connect_link')
			.selectAll()
			.where('used_at', 'is', null)
			.where('revoked_at', 'is', null)
			.where('expires_at', '>', now().getTime())
	const end = (how: 'used_at' | 'revoked_at') => {
		const at = now().getTime()
		return db
			.updateTable('connect_link')
			.set({ [how]: at })
			.where('used_at', 'is', null)
			.where('revoked_at', 'is', null)
			.where('expires_at', '>', at)
			.returningAll()
	}
	return {
		async create(link: NewConnectLink): Promise<ConnectLink> {
			const row = await db
				.insertInto('connect_link')
				.values({
					id: newId('lnk'),
					workspace_id: link.workspaceId,
					token_hash: link.tokenHash,
					type: link.type,
					address: storable(link.address),
					host: storable(link.host),
					connector_id: link.connectorId,
					created_by: link.createdBy,
					created_at: now().getTime(),
					expires_at: link.expiresAt.getTime(),
				})
				.returningAll()
				.executeTakeFirstOrThrow()
			return readLink(row)
		},

		/** The newest first. */
		async listOpen(workspaceId: string): Promise<readonly ConnectLink[]> {
			const rows = await open()
				.where('workspace_id', '=', workspaceId)
				.orderBy('created_at', 'desc')
				.orderBy('id')
				.execute()
			return rows.map(readLink)
		},

		async findOpen(tokenHash: string): Promise<ConnectLink | undefined> {
			const row = await open().where('token_hash', '=', tokenHash).executeTakeFirst()
			return row && readLink(row)
		},

		/** Uses it up: of any number of attempts with one token exactly one gets it. */
		async use(tokenHash: string): Promise<ConnectLink | undefined> {
			const row = await end('used_at').where('token_hash', '=', tokenHash).executeTakeFirst()
			return row && readLink(row)
		},

		/** Gives what was revoked; one that is over stays as it is. */
		async revoke(workspaceId: string, id: string): Promise<ConnectLink | undefined> {
			const row = await end('revoked_at')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.executeTakeFirst()
			return row && readLink(row)
		},
	}
}

function readLink(row: Selectable<StoreSchema['connect_link']>): ConnectLink {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		type: row.type,
		address: row.address,
		host: row.host,
		connectorId: row.connector_id,
		createdBy: row.created_by,
		createdAt: new Date(row.created_at),
		expiresAt: new Date(row.expires_at),
	}
}
