import type { ConnectorDocument } from '@postern/api/contract'

/** What became of a verified connection. */
export type FoundDraft =
	| { readonly state: 'waiting'; readonly draft: ConnectorDocument }
	| { readonly state: 'saved'; readonly connectorId: string }
	| { readonly state: 'gone' }

type Ports = {
	readonly listDrafts: () => Promise<readonly ConnectorDocument[]>
	/** `undefined` for one that does not exist. */
	readonly findConnector: () => Promise<Pick<ConnectorDocument, 'id' | 'phase'> | undefined>
}

/** A draft that is no longer among my drafts was saved, perhaps in another tab, or has expired. */
export async function findDraft(draftId: string, ports: Ports): Promise<FoundDraft> {
	const draft = (await ports.listDrafts()).find(({ id }) => id === draftId)
	if (draft) return { state: 'waiting', draft }
	const connector = await ports.findConnector()
	return connector?.phase === 'saved' ? { state: 'saved', connectorId: connector.id } : { state: 'gone' }
}
