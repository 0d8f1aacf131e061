import { connectorStates, type ConnectorState } from '@postern/vocabulary'

/** What the address of the list says: so that a filtered list can be bookmarked and passed on. */
export type ListSearch = {
	readonly search?: string | undefined
	readonly state?: ConnectorState | undefined
	readonly new?: string | undefined
}

/** Names all three: the router lays this over what the address says. */
export function readListSearch({ search, state, new: newId }: Record<string, unknown>): ListSearch {
	return {
		search: readText(search),
		state: connectorStates.find((name) => name === state),
		new: readText(newId),
	}
}

/** The router reads `?search=2024` as a number. */
function readText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value)
	return typeof value === 'string' && value !== '' ? value : undefined
}
