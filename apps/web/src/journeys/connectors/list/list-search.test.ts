import { describe, expect, it } from 'vitest'
import { isFiltered, readListSearch, writeListSearch } from './list-search.ts'

describe('the address of the list', () => {
	it('keeps search, state and the new connector', () => {
		expect(readListSearch({ search: 'blog', state: 'healthy', new: 'con_1' })).toEqual({
			search: 'blog',
			state: 'healthy',
			new: 'con_1',
		})
	})

	it('takes a search for a number as text', () => {
		expect(readListSearch({ search: 2024 })).toEqual({ search: '2024' })
	})

	it('keeps every filter and the order, both ways', () => {
		const filter = {
			search: 'blog',
			state: 'paused',
			type: 'ghost',
			tag: 'Client A',
			owner: 'acc_1',
			sort: 'state',
		} as const
		expect(readListSearch({ ...writeListSearch(filter) })).toMatchObject(filter)
		expect(writeListSearch({ search: '', state: undefined, sort: 'name' })).toEqual({})
		expect(readListSearch({ tag: true, owner: 7, sort: 'size' })).toEqual({ tag: 'true', owner: '7' })
	})

	it('knows whether anything is left out', () => {
		expect(isFiltered({ search: '', state: undefined, sort: 'state' })).toBe(false)
		expect(isFiltered({ search: '', state: undefined, tag: 'x' })).toBe(true)
	})

	it('drops what it does not know, so that no odd address breaks the page', () => {
		const odd = { search: '', state: 'wonderful', new: { id: 1 } }
		// The router lays what is read over it.
		expect({ ...odd, ...readListSearch(odd) }).toEqual({})
	})
})
