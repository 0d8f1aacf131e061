import { describe, expect, it } from 'vitest'
import { choose, isFiltered, queryOf, readActivityFilter } from './activity-filter.ts'

const uuid = 'c0ffee00-0000-4000-8000-000000000001'

describe('the address of the activity', () => {
	it('keeps all filters, and asks the server for them', () => {
		const filter = { password: uuid, connector: 'con_1', decision: 'refused', kind: 'requests' } as const
		expect(readActivityFilter(filter)).toEqual(filter)
		expect(queryOf(readActivityFilter(filter))).toEqual(filter)
	})

	it('drops what it does not know, so that no odd address breaks the page', () => {
		const odd = { password: '', connector: { id: 1 }, decision: 'maybe', kind: 'wonderful' }
		const read = readActivityFilter(odd)
		// The router lays what is read over it.
		expect({ ...odd, ...read }).toEqual({})
		expect(queryOf(read)).toEqual({})
		expect(isFiltered(read)).toBe(false)
	})
})

describe('choosing a filter', () => {
	it('leaves the others', () => {
		expect(choose({ connector: 'con_1' }, { decision: 'refused' })).toEqual({ connector: 'con_1', decision: 'refused' })
	})

	it('never asks for what cannot be: a change of settings has no decision', () => {
		const refused = { decision: 'refused', connector: 'con_1' } as const
		expect(queryOf(choose(refused, { kind: 'changes' }))).toEqual({ connector: 'con_1', kind: 'changes' })
		expect(queryOf(choose({ kind: 'changes' }, { decision: 'refused' }))).toEqual({ decision: 'refused' })
		expect(queryOf(choose({ kind: 'changes' }, { connector: 'con_1' }))).toEqual({
			connector: 'con_1',
			kind: 'changes',
		})
	})

	it('takes a filter away again', () => {
		expect(isFiltered(choose({ connector: 'con_1' }, { connector: undefined }))).toBe(false)
	})
})
