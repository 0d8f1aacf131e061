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
	find(workspaceId: string, keyId: string): Promise<WrappedDataKey | undefined>
	save(key: WrappedDataKey): Promise<void>
}
