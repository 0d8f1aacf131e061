import type { AccessEntry } from '../access-journal/access-entry.ts'
import type { AccessOutcome } from '../audit.ts'
import type { Store } from '../store.ts'

export const password = { uuid: '7c2a4c36-8d2f-4d6a-b0e6-4a7e0a3f3b51', name: 'n8n' }

/** A read that was permitted. */
export function accessOf(workspaceId: string, changes: Partial<AccessEntry> = {}): AccessEntry {
	return {
		workspaceId,
		requestId: 'req_a',
		password,
		actor: { kind: 'caller', id: 'mem_a', name: 'Mia (n8n)' },
		connector: { id: 'con_a', name: 'Blog' },
		method: 'GET',
		route: '/wp/v2/posts/7',
		scope: 'posts:read',
		decision: 'permitted',
		problem: null,
		isWrite: false,
		ip: '192.0.2.1',
		...changes,
	}
}

export function outcomeOf(changes: Partial<AccessOutcome> = {}): AccessOutcome {
	return {
		status: 200,
		problem: null,
		sentBytes: 2_048,
		receivedBytes: 0,
		durationMs: 41.6,
		end: 'complete',
		...changes,
	}
}

/** All requests that it tells of, the oldest first. */
export async function requestsOf({ audit }: Store, workspaceId: string) {
	const found = []
	for await (const batch of audit.export({ workspaceId, kind: 'requests' })) found.push(...batch)
	return found.toReversed().map((entry) => ({ ...entry, route: entry.access?.route }))
}

/** As they lie in the store: reads of one password at one site share rows. */
export function rowsOf(store: Store, workspaceId: string) {
	return store.kysely
		.selectFrom('audit_event')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.orderBy('seq')
		.execute()
}
