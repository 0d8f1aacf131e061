import { describe, expect, it } from 'vitest'
import {
	isEveryLoaded,
	isSelected,
	noSelection,
	selectAllMatching,
	toggle,
	toggleLoaded,
	toggleRange,
	type Selection,
} from './selection.ts'

const loaded = ['a', 'b', 'c', 'd', 'e']
const of = (selection: Selection) => [...selection.ids].toSorted().join('')

describe('a selection', () => {
	it('takes one in, and out again', () => {
		const one = toggle(noSelection, 'b', loaded)
		expect(of(one)).toBe('b')
		expect(of(toggle(one, 'b', loaded))).toBe('')
	})

	it('takes in all between two, whichever came first', () => {
		expect(of(toggleRange(toggle(noSelection, 'b', loaded), 'd', loaded))).toBe('bcd')
		expect(of(toggleRange(toggle(noSelection, 'd', loaded), 'b', loaded))).toBe('bcd')
	})

	it('takes out all between two as well', () => {
		const all = toggleLoaded(noSelection, loaded)
		expect(of(toggleRange(toggle(all, 'b', loaded), 'd', loaded))).toBe('ae')
	})

	it('begins a range at the one itself where there is none before', () => {
		expect(of(toggleRange(noSelection, 'c', loaded))).toBe('c')
		expect(of(toggleRange({ ...noSelection, anchor: 'gone' }, 'c', loaded))).toBe('c')
	})

	it('of all that match is of those in sight once one is taken out', () => {
		const all = selectAllMatching()
		expect(isSelected(all, 'never loaded')).toBe(true)
		expect(isEveryLoaded(all, loaded)).toBe(true)
		const fewer = toggle(all, 'c', loaded)
		expect(of(fewer)).toBe('abde')
		expect(fewer.isAllMatching).toBe(false)
	})

	it('of all that are loaded ends with the same tick', () => {
		expect(of(toggleLoaded(toggleLoaded(noSelection, loaded), loaded))).toBe('')
		expect(isEveryLoaded(noSelection, [])).toBe(false)
	})
})
