import { randomBytes } from 'node:crypto'
import type { KeyEncryptionKey } from './key-source.ts'
import { closeBox, KEY_BYTES, type NamedKey, nameKey, openBox } from './sealed-box.ts'

/** A workspace's data key, wrapped by the key encryption key; fit to be stored anywhere. */
export type WrappedDataKey = {
	/** 16 hex digits. Unique in its workspace. */
	readonly keyId: string
	readonly workspaceId: string
	readonly kekId: string
	readonly wrapped: Uint8Array
}

/** The port to where wrapped data keys are kept. */
export type DataKeyRecords = {
	/** The key new secrets are sealed with. */
	findCurrent(workspaceId: string): Promise<WrappedDataKey | undefined>
	/** Best gives the same object for as long as the record is the same: then it is opened once. */
	find(workspaceId: string, keyId: string): WrappedDataKey | undefined | Promise<WrappedDataKey | undefined>
	save(key: WrappedDataKey): Promise<void>
}

export function createDataKey(kek: KeyEncryptionKey, workspaceId: string): { key: NamedKey; record: WrappedDataKey } {
	const bytes = randomBytes(KEY_BYTES)
	const plaintext = Buffer.from(bytes)
	const key = nameKey(bytes)
	const wrapped = closeBox(plaintext, kek, wrapContext(workspaceId, key.id))
	plaintext.fill(0)
	return { key, record: { keyId: key.id, workspaceId, kekId: kek.id, wrapped } }
}

/** Gives undefined when it was wrapped by another key, for another workspace, or changed. */
export function unwrapDataKey(kek: KeyEncryptionKey, record: WrappedDataKey): NamedKey | undefined {
	const bytes = openBox(record.wrapped, kek, wrapContext(record.workspaceId, record.keyId))
	if (bytes?.length !== KEY_BYTES) return undefined
	return nameKey(bytes)
}

function wrapContext(workspaceId: string, keyId: string): readonly string[] {
	return ['data-key', workspaceId, keyId]
}
