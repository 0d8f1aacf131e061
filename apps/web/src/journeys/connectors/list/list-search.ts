import { connectorStates, type ConnectorState } from '@postern/vocabulary'
import type { ListFilter } from '../connector-queries.ts'
import { sortChoices, type SortChoice } from './sort-choices.ts'

/** What the address of the list says: so that a filtered list can be bookmarked and passed on. */
export type ListSearch = {
	readonly search?: string | undefined
	readonly state?: ConnectorState | undefined
	readonly type?: string | undefined
	readonly tag?: string | undefined
	readonly owner?: string | undefined
	readonly sort?: SortChoice | undefined
	readonly new?: string | undefined
}

/** Names them all: the router lays this over what the address says. */
export function readListSearch(typed: Record<string, unknown>): ListSearch {
	return {
		search: readText(typed['search']),
		state: connectorStates.find((name) => name === typed['state']),
		type: readText(typed['type']),
		tag: readText(typed['tag']),
		owner: readText(typed['owner']),
		sort: sortChoices.find((name) => name === typed['sort']),
		new: readText(typed['new']),
	}
}

/** The other way round; what is as always is not said. */
export function writeListSearch({ search, sort, ...others }: ListFilter): ListSearch {
	const said = { ...others, search: search === '' ? undefined : search, sort: sort === 'name' ? undefined : sort }
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

export function isFiltered({ search, state, type, tag, owner }: ListFilter): boolean {
	return search !== '' || [state, type, tag, owner].some((value) => value !== undefined)
}

/** The router reads `?search=2024` as a number, and `?tag=true` as a truth. */
function readText(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value)
	return typeof value === 'string' && value !== '' ? value : undefined
}
