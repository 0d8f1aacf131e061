import { randomBytes } from 'node:crypto'
import type { DataKeyRecords, WrappedDataKey } from './data-keys.ts'
import type { KeyEncryptionKey } from './key-source.ts'
import { nameKey } from './sealed-box.ts'
import type { SealPlace } from './vault.ts'

export function randomKek(): KeyEncryptionKey {
	return nameKey(randomBytes(32))
}

/** Wrapped data keys in memory; `records` is there to be tampered with. */
export function dataKeysInMemory(): DataKeyRecords & { readonly records: WrappedDataKey[] } {
	const records: WrappedDataKey[] = []
	return {
		records,
		findCurrent: async (workspaceId) => records.findLast((record) => record.workspaceId === workspaceId),
		find: async (workspaceId, keyId) =>
			records.find((record) => record.workspaceId === workspaceId && record.keyId === keyId),
		save: async (record) => {
			records.push(record)
		},
	}
}

export const place: SealPlace = {
	workspaceId: 'ws_a',
	table: 'connector',
	column: 'sealed',
	rowId: 'con_a',
	siteOrigin: 'https://blog.example',
	version: 1,
}
