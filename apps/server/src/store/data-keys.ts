import type { DataKeyRecords, WrappedDataKey } from '@postern/vault'
import type { Selectable } from 'kysely'
import type { StoreHandle } from './handle.ts'
import type { StoreSchema } from './schema.ts'

export type DataKeys = ReturnType<typeof dataKeysOn>

/** Where the vault keeps its wrapped data keys. */
export function dataKeysOn({ db, now }: StoreHandle) {
	return {
		/** The newest of the workspace's keys. */
		async findCurrent(workspaceId: string): Promise<WrappedDataKey | undefined> {
			const row = await db
				.selectFrom('data_key')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.orderBy('created_at', 'desc')
				.orderBy('id', 'desc')
				.limit(1)
				.executeTakeFirst()
			return row && readDataKey(row)
		},

		async find(workspaceId: string, keyId: string): Promise<WrappedDataKey | undefined> {
			const row = await db
				.selectFrom('data_key')
				.selectAll()
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', keyId)
				.executeTakeFirst()
			return row && readDataKey(row)
		},

		async save(key: WrappedDataKey): Promise<void> {
			await db
				.insertInto('data_key')
				.values({
					id: key.keyId,
					workspace_id: key.workspaceId,
					kek_id: key.kekId,
					wrapped: key.wrapped,
					created_at: now().getTime(),
				})
				.execute()
		},
	} satisfies DataKeyRecords
}

function readDataKey(row: Selectable<StoreSchema['data_key']>): WrappedDataKey {
	return { keyId: row.id, workspaceId: row.workspace_id, kekId: row.kek_id, wrapped: row.wrapped }
}
