import { fail, ok, type Result } from '@postern/vocabulary'
import type { AuditFilter, RecordedAuditEntry } from '../../store/audit.ts'
import { isIdLike } from '../../store/ids.ts'
import type { Store } from '../../store/store.ts'
import { activityAsCsv, activityAsJsonLines } from '../activity-export.ts'
import { reaches, type Handlers } from '../api.ts'
import { activityDocument } from '../documents.ts'
import type { ApiCaller, Membership } from '../session-reader.ts'
import { pageSize } from './page-size.ts'

type Ports = { readonly store: Store; readonly now: () => Date }

/** Every endpoint of the contract's `activity.ts`. */
export function activityHandlers({ store, now }: Ports): Pick<Handlers, 'listActivity' | 'exportActivity'> {
	return {
		async listActivity({ member, query, caller }) {
			const limit = pageSize(query.limit)
			if (!limit.ok) return limit
			const filter = readFilter(query, { member, caller })
			if (!filter.ok) return filter
			const page = await store.audit.page({ ...filter.value, limit: limit.value, cursor: query.cursor })
			if (!page.ok) return page
			const { entries, nextCursor } = page.value
			return ok({ entries: entries.filter((entry) => mayTell(caller, entry)).map(activityDocument), nextCursor })
		},

		async exportActivity({ member, query, caller }) {
			const filter = readFilter(query, { member, caller })
			if (!filter.ok) return filter
			const batches = documents(store.audit.export(filter.value), caller)
			const filename = `postern-activity-${now().toISOString().slice(0, 10)}.${query.format}`
			if (query.format === 'jsonl')
				return ok({ contentType: 'application/jsonl', filename, chunks: activityAsJsonLines(batches) })
			const contentType = 'text/csv; charset=utf-8; header=present'
			return ok({ contentType, filename, chunks: activityAsCsv(batches) })
		},
	}
}

type TypedFilter = Omit<AuditFilter, 'workspaceId'>

/** What could be nobody's id, and a connector that the caller does not reach, is not there. Fails with `request/not-found`. */
function readFilter(
	{ password, connector, decision, kind }: TypedFilter,
	{ member, caller }: { readonly member: Membership; readonly caller: ApiCaller | undefined },
): Result<AuditFilter> {
	const isThere = [password, connector].every((id) => id === undefined || isIdLike(id))
	if (!isThere || !reaches(caller, connector)) return fail('request/not-found')
	return ok({ workspaceId: member.workspaceId, password, connector, decision, kind })
}

async function* documents(batches: AsyncIterable<readonly RecordedAuditEntry[]>, caller: ApiCaller | undefined) {
	for await (const entries of batches) yield entries.filter((entry) => mayTell(caller, entry)).map(activityDocument)
}

/** A password that is for some connectors is told nothing about others. */
function mayTell(caller: ApiCaller | undefined, { access, target }: RecordedAuditEntry): boolean {
	return reaches(caller, access?.connector?.id) && reaches(caller, target?.kind === 'connector' ? target.id : undefined)
}
