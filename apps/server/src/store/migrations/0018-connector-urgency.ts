import { type Kysely, sql } from 'kysely'

/**
 * The list by what needs somebody most, read from an index instead of sorted. The rank is the expression of
 * `connector-order.ts` to the letter, without which no store finds it; beside it stands all that a filter looks at.
 */
export async function indexConnectorUrgency(db: Kysely<unknown>): Promise<void> {
	await sql`
		create index connector_by_urgency on connector (
			workspace_id, phase,
			(case when is_paused = 1 then 7 else case state
				when 'needs-attention' then 1 when 'unreachable' then 2 when 'maintenance' then 3
				when 'limited' then 4 when 'checking' then 5 else 6 end end),
			name_search, id, host_search, state, is_paused, type, created_by
		)
	`.execute(db)
}
