import { fail, ok, type AuditEvent, type ProblemParams, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import type { Store, StoreFunctions } from '../store/store.ts'
import { readConnectorName } from './connector-name.ts'
import { actorOf, type Acting } from '../store/audit.ts'

export type Change = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly actor: Acting
	readonly requestId: string
}

/** *Save Connector*: names a draft and lists it. Fails with `connector/draft-expired` when there is none any more. */
export function saveConnector(change: Change & { name: string }, store: Store): Promise<Result<Connector>> {
	const { workspaceId, connectorId, name } = change
	return store.transaction(async (transaction) => {
		const saved = await transaction.connectors.save(workspaceId, connectorId, name)
		if (!saved) return fail('connector/draft-expired')
		await recordChange(change, 'connector.created', saved, transaction)
		return ok(saved)
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
		const renamed = await transaction.connectors.rename(workspaceId, connectorId, name.value)
		if (!renamed) return fail('request/not-found')
		await recordChange(change, 'connector.renamed', renamed, transaction, { from: connector.name, to: renamed.name })
		return ok(renamed)
	})
}

/** Deletes a connector, or discards a draft, together with its sealed password. */
export function deleteConnector(change: Change, store: Store): Promise<Result<void>> {
	const { workspaceId, connectorId } = change
	return store.transaction(async (transaction) => {
		const deleted =
			(await transaction.connectors.delete(workspaceId, connectorId)) ??
			(await transaction.connectors.deleteDraft(workspaceId, connectorId))
		if (!deleted) return fail('request/not-found')
		await recordChange(change, 'connector.deleted', deleted, transaction)
		return ok()
	})
}

/** Says in the log what was done to a connector. */
export async function recordChange(
	{ actor, requestId }: Change,
	event: AuditEvent,
	connector: Connector,
	store: StoreFunctions,
	params: ProblemParams = {},
): Promise<void> {
	await store.audit.record({
		workspaceId: connector.workspaceId,
		event,
		actor: actorOf(actor),
		target: { kind: 'connector', id: connector.id, name: connector.name || connector.site.host },
		params,
		requestId,
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
