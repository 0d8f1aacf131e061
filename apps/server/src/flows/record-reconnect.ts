import type { AuditEntry } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'

/** Says that a connector was reconnected, and as whom where that is somebody else: the passwords issued for it can do what that account can. */
export async function recordReconnect(
	entry: Omit<AuditEntry, 'event' | 'params'>,
	{ before, now }: { readonly before: Connector; readonly now: Connector },
	{ audit }: Pick<StoreFunctions, 'audit'>,
): Promise<void> {
	await audit.record({ ...entry, event: 'connector.reconnected', params: {} })
	if (before.account.userId === now.account.userId) return
	const params = { from: before.account.username, to: now.account.username }
	await audit.record({ ...entry, event: 'connector.account-changed', params })
}
