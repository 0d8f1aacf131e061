import { newId } from './ids.ts'
import type { StoreHandle } from './handle.ts'
import type { ApiLoginRule } from './schema.ts'
import { storable } from './storable.ts'

export type Workspace = { readonly id: string; readonly name: string; readonly createdAt: Date }

export type Workspaces = ReturnType<typeof workspacesOn>

export function workspacesOn({ db, dialect, now }: StoreHandle) {
	return {
		async create(name: string): Promise<Workspace> {
			const workspace = { id: newId('ws'), name: storable(name), createdAt: now() }
			const { id, createdAt } = workspace
			await db.insertInto('workspace').values({ id, name: workspace.name, created_at: createdAt.getTime() }).execute()
			return workspace
		},

		async find(workspaceId: string): Promise<Workspace | undefined> {
			const row = await db.selectFrom('workspace').selectAll().where('id', '=', workspaceId).executeTakeFirst()
			return row && { id: row.id, name: row.name, createdAt: new Date(row.created_at) }
		},

		/**
		 * Lets nobody else change these until the transaction ends. Whoever locks rows of a workspace and then records that asks
		 * for this first, and in this order: otherwise two of them may wait for each other. SQLite has one writer anyway.
		 */
		async lock(...workspaceIds: readonly string[]): Promise<void> {
			if (dialect.type === 'sqlite') return
			for (const id of [...new Set(workspaceIds)].toSorted())
				await db.selectFrom('workspace').select('id').where('id', '=', id).forNoKeyUpdate().execute()
		},

		/** For all members: whether API requests are allowed while two-factor is on. */
		async setApiLoginRule(workspaceId: string, rule: ApiLoginRule): Promise<void> {
			await db.updateTable('workspace').set({ api_login_rule: rule }).where('id', '=', workspaceId).execute()
		},

		async rename(workspaceId: string, name: string): Promise<void> {
			await db
				.updateTable('workspace')
				.set({ name: storable(name) })
				.where('id', '=', workspaceId)
				.execute()
		},
	}
}
