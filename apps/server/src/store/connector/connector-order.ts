import { type Expression, type ExpressionBuilder, sql } from 'kysely'
import type { StoreSchema } from '../schema.ts'
import type { ConnectorOrder, ConnectorSort } from './connector.ts'

/** By name; by age; by the last check, where "never" is the longest ago; by what needs somebody most. */
export const naturalOrder: Readonly<Record<ConnectorSort, ConnectorOrder>> = {
	name: 'asc',
	created: 'desc',
	checked: 'desc',
	state: 'asc',
}

type Build = ExpressionBuilder<StoreSchema, 'connector'>

/** What decides first, and among equals; last of all the id does. */
export function sortKeys({ ref }: Build, sort: ConnectorSort): readonly Expression<string | number>[] {
	if (sort === 'name') return [ref('name_search'), ref('id')]
	if (sort === 'created') return [ref('created_at'), ref('id')]
	if (sort === 'checked') return [sql<number>`coalesce(${ref('checked_at')}, 0)`, ref('id')]
	return [urgency({ ref }), ref('name_search'), ref('id')]
}

function urgency({ ref }: Pick<Build, 'ref'>): Expression<number> {
	return sql<number>`case
		when ${ref('is_paused')} = 1 then 7
		else case ${ref('state')}
			when 'needs-attention' then 1
			when 'unreachable' then 2
			when 'maintenance' then 3
			when 'limited' then 4
			when 'checking' then 5
			else 6
		end
	end`
}
