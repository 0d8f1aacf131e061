import { ok, type Result } from '@postern/vocabulary'
import type { Store, StoreFunctions } from '../store/store.ts'
import { announceChange } from './connector-events.ts'

/** The connector whose site credential was used, and the version of that. */
type Used = { readonly id: string; readonly workspaceId: string; readonly sealVersion: number }

/** The site refused the credential in passing: it is counted, seen on the connector at once, and told. */
export function noteRejectedLogin(used: Used, store: Pick<Store, 'transaction'>): Promise<Result<void>> {
	return note(used, store, ({ connectors }) =>
		connectors.recordRejectedLogin(used.workspaceId, used.id, used.sealVersion),
	)
}

/** The site took it again. */
export function noteAcceptedLogin(used: Used, store: Pick<Store, 'transaction'>): Promise<Result<void>> {
	return note(used, store, ({ connectors }) =>
		connectors.recordAcceptedLogin(used.workspaceId, used.id, used.sealVersion),
	)
}

type Noticed = Awaited<ReturnType<StoreFunctions['connectors']['recordAcceptedLogin']>>

function note(
	{ workspaceId }: Used,
	store: Pick<Store, 'transaction'>,
	notice: (store: StoreFunctions) => Promise<Noticed>,
): Promise<Result<void>> {
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const noticed = await notice(transaction)
		if (noticed?.change !== undefined)
			await announceChange({ change: noticed.change, connector: noticed.connector }, transaction)
		return ok()
	})
}
