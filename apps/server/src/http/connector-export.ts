import type { Connector } from '../store/connector/connector.ts'
import { type Columns, writeCsv } from './write-csv.ts'

/** Nothing of a credential is among its columns. */
export function connectorsAsCsv(batches: AsyncIterable<readonly Connector[]>): AsyncGenerator<string, void> {
	return writeCsv(columns, batches)
}

const columns: Columns<Connector> = {
	name: ({ name }) => name,
	url: ({ site }) => site.url,
	type: ({ type }) => type,
	username: ({ account }) => account.username,
	roles: ({ account }) => account.roles.join(', '),
	state: ({ state }) => state,
	tags: ({ tags }) => tags.join(', '),
	owner: ({ ownerName }) => ownerName,
	created: ({ createdAt }) => createdAt.toISOString(),
	last_checked: ({ checkedAt }) => checkedAt?.toISOString(),
	diagnosis: ({ diagnosis }) => diagnosis?.code,
}
