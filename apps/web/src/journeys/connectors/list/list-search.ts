import { connectorStates, type ConnectorState } from '@postern/vocabulary'

/** What the address of the list says: so that a filtered list can be bookmarked and passed on. */
export type ListSearch = { readonly search?: string; readonly state?: ConnectorState; readonly new?: string }

export function readListSearch(given: Record<string, unknown>): ListSearch {
	const { search, state, new: newId } = given
	const known = connectorStates.find((name) => name === state)
	return {
		...(isText(search) ? { search: String(search) } : {}),
		...(known ? { state: known } : {}),
		...(isText(newId) ? { new: String(newId) } : {}),
	}
}

/** The router reads `?search=2024` as a number. */
function isText(value: unknown): value is string | number {
	return typeof value === 'number' || (typeof value === 'string' && value !== '')
}
