import type { DataKeyRecords, WrappedDataKey } from '@postern/vault'
import type { Selectable } from 'kysely'
import type { QuickReader, Row } from './dialect/quick-reader.ts'
import { after, whileNothingChanges } from './dialect/while-nothing-changes.ts'
import type { StoreHandle } from './handle.ts'
import type { StoreSchema } from './schema.ts'

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

/** Finds past Kysely what every request through the gateway needs: the same object until something is committed. */
export function findDataKeyBy(reader: QuickReader): DataKeyRecords['find'] {
	const byId = reader.prepare('select * from data_key where workspace_id = $1 and id = $2')
	const find = whileNothingChanges(reader, (both) => {
		const [workspaceId = '', keyId = ''] = both.split(' ')
		return after(byId(workspaceId, keyId), readFound)
	})
	// Neither of the two ids holds a space.
	return (workspaceId, keyId) => find(`${workspaceId} ${keyId}`)
}

function readFound([row]: readonly Row[]): WrappedDataKey | undefined {
	return row && readDataKey(row as Selectable<StoreSchema['data_key']>) // the columns of the statement above
}

function readDataKey(row: Selectable<StoreSchema['data_key']>): WrappedDataKey {
	return { keyId: row.id, workspaceId: row.workspace_id, kekId: row.kek_id, wrapped: row.wrapped }
}
