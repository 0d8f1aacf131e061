import { fail, ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import type { Store } from '../store/store.ts'
import { readConnectorName } from './connector-name.ts'
import { firstCheck } from './next-check.ts'
import { changeTags } from './connector-tags.ts'
import { type Change, recordChange } from './record-change.ts'

/** *Save Connector*: names a draft and lists it. Fails with `connector/draft-expired` when there is none any more. */
export function saveConnector(
	change: Change & { name: string; tags?: readonly string[] },
	store: Store,
): Promise<Result<Connector>> {
	const { workspaceId, connectorId, name, tags = [] } = change
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const saved = await transaction.connectors.save(workspaceId, connectorId, name)
		if (!saved) return fail('connector/draft-expired')
		await transaction.jobs.enqueue(firstCheck(saved))
		await recordChange(change, 'connector.created', saved, transaction)
		return tags.length === 0 ? ok(saved) : changeTags(change, () => ok(tags), transaction)
	})
}

type Rename = Change & { readonly typedName: string | undefined; readonly address: string | undefined }

/**
 * Renames. Fails with `connector-name/…`, `request/not-found`, and with `site-credential/entered-for-other-origin` for another
 * address: the password was entered for this one, so it has to be entered again.
 */
export async function renameConnector(change: Rename, store: Store): Promise<Result<Connector>> {
	const { workspaceId, connectorId, typedName, address } = change
	const connector = await store.connectors.find(workspaceId, connectorId)
	if (!connector) return fail('request/not-found')
	if (address !== undefined && URL.parse(address)?.href !== new URL(connector.site.url).href)
		return fail('site-credential/entered-for-other-origin', { params: { host: connector.site.host } })
	if (typedName === undefined) return ok(connector)
	const name = readConnectorName(typedName)
	if (!name.ok) return name
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const renamed = await transaction.connectors.rename(workspaceId, connectorId, name.value)
		if (!renamed) return fail('request/not-found')
		await recordChange(change, 'connector.renamed', renamed, transaction, { from: connector.name, to: renamed.name })
		return ok(renamed)
	})
}

/** Deletes drafts that nobody saved in time, and says so in the log: all of it or nothing. */
export function sweepDrafts(store: Store, at: Date): Promise<Result<void>> {
	return store.transaction(async (transaction) => {
		const drafts = await transaction.connectors.deleteExpiredDrafts(at)
		// In one order, so that two nodes do not wait for each other's workspaces.
		for (const draft of drafts.toSorted((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1))) {
			await transaction.audit.record({
				workspaceId: draft.workspaceId,
				event: 'connector.expired',
				actor: { kind: 'postern', id: null, name: null },
				target: { kind: 'connector', id: draft.id, name: draft.site.host },
				params: { host: draft.site.host },
				requestId: null,
			})
		}
		return ok()
	})
}
