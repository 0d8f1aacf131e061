import type { Connector } from '../store/connector/connector.ts'
import { type Cell, lineOf } from './write-csv.ts'

/** RFC 4180, with a first line that names the columns. Nothing of a credential is among them. */
export async function* connectorsAsCsv(batches: AsyncIterable<readonly Connector[]>): AsyncGenerator<string, void> {
	// With the first batch, so that nothing has begun where there is none to be had.
	let head = lineOf(Object.keys(columns))
	for await (const connectors of batches) {
		yield head + connectors.map((connector) => lineOf(cellsOf(connector))).join('')
		head = ''
	}
	if (head !== '') yield head
}

const columns: Readonly<Record<string, (connector: Connector) => Cell>> = {
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

function cellsOf(connector: Connector): readonly Cell[] {
	return Object.values(columns).map((read) => read(connector))
}
