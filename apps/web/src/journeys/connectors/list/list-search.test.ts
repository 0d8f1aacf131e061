import { describe, expect, it } from 'vitest'
import { readListSearch } from './list-search.ts'

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

	it('drops what it does not know, so that no odd address breaks the page', () => {
		const odd = { search: '', state: 'wonderful', new: { id: 1 } }
		// The router lays what is read over it.
		expect({ ...odd, ...readListSearch(odd) }).toEqual({})
	})
})
