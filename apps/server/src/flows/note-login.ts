import { ok, type ProblemCode, type Result } from '@postern/vocabulary'
import type { Store, StoreFunctions } from '../store/store.ts'
import { announceChange } from './connector-events.ts'
import { firstCheck } from './next-check.ts'

/** The connector whose site credential was used, and the version of that. */
type Used = { readonly id: string; readonly workspaceId: string; readonly sealVersion: number }

/** The site refused the credential in passing: it is counted, seen on the connector at once, and told. */
export function noteRejectedLogin(used: Used, store: Pick<Store, 'transaction'>): Promise<Result<void>> {
	return note(used, store, ({ connectors }) =>
		connectors.recordRejectedLogin(used.workspaceId, used.id, used.sealVersion),
	)
}

/** The site took it again: if it rested, the clock goes on; otherwise that keeps its earlier time. */
export function noteAcceptedLogin(used: Used, store: Pick<Store, 'transaction'>): Promise<Result<void>> {
	return note(used, store, async ({ connectors, jobs }) => {
		const noticed = await connectors.recordAcceptedLogin(used.workspaceId, used.id, used.sealVersion)
		if (noticed !== undefined && !noticed.connector.isPaused) await jobs.enqueue(firstCheck(noticed.connector))
		return noticed
	})
}

/** What a site says of a credential that it does not take. */
const refusals: ReadonlySet<ProblemCode> = new Set([
	'site-credential/rejected',
	'site-credential/rejected-or-stripped',
	'site-credential/wrong-password',
	'site-credential/unknown-user',
	'site-credential/expired',
])

/** Hands on what a visit came to. Was the credential refused, it is counted: it must not be sent again with every click. */
export async function noteRefusal<T>(
	visited: Result<T>,
	used: Used,
	store: Pick<Store, 'transaction'>,
): Promise<Result<T>> {
	if (visited.ok || !refusals.has(visited.problem.code)) return visited
	const noted = await noteRejectedLogin(used, store)
	return noted.ok ? visited : noted
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
