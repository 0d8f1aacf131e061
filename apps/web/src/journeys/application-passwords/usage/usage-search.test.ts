import { expect, it } from 'vitest'
import { readUsageSearch } from './usage-search.ts'

it('keeps the period in the address', () => {
	expect(readUsageSearch({ days: 7 })).toEqual({ days: 7 })
	expect(readUsageSearch({ days: 90 })).toEqual({ days: 90 })
})

it('drops what is no period', () => {
	// The router lays what is read over it.
	for (const odd of [{ days: 8 }, { days: '7' }, { days: 'all' }, { days: null }, {}])
		expect({ ...odd, ...readUsageSearch(odd) }).toEqual({})
})
