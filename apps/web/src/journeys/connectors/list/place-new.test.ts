import { describe, expect, it } from 'vitest'
import { placeNew } from './place-new.ts'

const loaded = [{ id: 'a' }, { id: 'b' }]

describe('the connector that was just saved', () => {
	it('keeps its place among the loaded ones', () => {
		expect(placeNew(loaded, { id: 'b' })).toEqual(loaded)
	})

	it('comes to the top while its own page is not loaded, and appears once afterwards', () => {
		expect(placeNew(loaded, { id: 'z' })).toEqual([{ id: 'z' }, { id: 'a' }, { id: 'b' }])
		expect(placeNew([...loaded, { id: 'z' }], { id: 'z' }).filter(({ id }) => id === 'z')).toHaveLength(1)
	})

	it('changes nothing when there is none, or when it is gone again', () => {
		expect(placeNew(loaded, undefined)).toBe(loaded)
	})
})
