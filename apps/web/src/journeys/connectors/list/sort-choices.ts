/** What the list can be sorted by, as its address says it, and how the API is asked for it. */
export const sortings = {
	name: { sort: 'name', order: 'asc' },
	newest: { sort: 'created', order: 'desc' },
	unchecked: { sort: 'checked', order: 'asc' },
	checked: { sort: 'checked', order: 'desc' },
	state: { sort: 'state', order: 'asc' },
} as const

export type SortChoice = keyof typeof sortings

export const sortChoices = Object.keys(sortings).filter((name): name is SortChoice => name in sortings)
