import { fail, ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../../store/connector/connector.ts'
import type { Store } from '../../store/store.ts'
import { recordChange, type Change } from '../record-change.ts'
import { passwordsOf } from './visit-passwords.ts'

/**
 * Has the password replaced every so many days; `null`: only by hand. Fails with `request/not-found`, and with
 * `rotation/not-possible` where it never could be.
 */
export async function scheduleRotation(
	change: Change & { readonly rotateEveryDays: number | null },
	store: Store,
): Promise<Result<Connector>> {
	const { workspaceId, connectorId, rotateEveryDays } = change
	const connector = await store.connectors.find(workspaceId, connectorId)
	if (connector === undefined) return fail('request/not-found')
	if (rotateEveryDays !== null && passwordsOf(connector) === undefined)
		return fail('rotation/not-possible', { params: { host: connector.site.host } })
	if (connector.rotateEveryDays === rotateEveryDays) return ok(connector)
	return store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const scheduled = await transaction.rotations.schedule(workspaceId, connectorId, rotateEveryDays)
		if (scheduled === undefined) return fail('request/not-found')
		await recordChange(change, 'connector.rotation-scheduled', scheduled, transaction, { days: rotateEveryDays ?? 0 })
		return ok(scheduled)
	})
}
