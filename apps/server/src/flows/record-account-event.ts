import type { AuditEvent, ProblemParams } from '@postern/vocabulary'
import type { AuditActor } from '../store/audit.ts'
import type { StoreFunctions } from '../store/store.ts'

/** Who an event is about. */
export type AboutAccount = { readonly id: string; readonly username: string }

export type AccountEvent = {
	readonly event: AuditEvent
	readonly actor: AuditActor
	/** Undefined: of nobody we know; then a name that was typed is not kept either, it may be a password. */
	readonly account: AboutAccount | undefined
	readonly params?: ProblemParams
	readonly requestId: string | null
}

export const visitor: AuditActor = { kind: 'visitor', id: null, name: null }

/** Records what happened to an account in each of its workspaces, or for the installation if it belongs to none. */
export async function recordAccountEvent(
	{ event, actor, account, params = {}, requestId }: AccountEvent,
	transaction: StoreFunctions,
): Promise<void> {
	const memberships = account ? await transaction.members.listMemberships(account.id) : []
	const target = account ? { kind: 'account', id: account.id, name: account.username } : null
	// In one order, so that two who record do not wait for each other.
	const ids = memberships.map(({ workspace }) => workspace.id).toSorted()
	const workspaceIds = ids.length > 0 ? ids : [null]
	for (const workspaceId of workspaceIds)
		await transaction.audit.record({ workspaceId, event, actor, target, params, requestId })
}
