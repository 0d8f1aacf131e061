import { expect, it } from 'vitest'
import { barsOf, totalOf } from './bars.ts'

const days = [
	{ day: '2026-11-21', permitted: 5, refused: 2, writes: 1 },
	{ day: '2026-11-22', permitted: 0, refused: 3, writes: 0 },
]

it('stacks what was refused on what was permitted, and writes within that', () => {
	expect(barsOf(days)).toEqual([
		[7, 3],
		[5, 0],
		[1, 0],
	])
})

it('counts nothing twice', () => {
	expect(totalOf(days)).toEqual({ permitted: 5, refused: 5, writes: 1 })
	expect(totalOf([])).toEqual({ permitted: 0, refused: 0, writes: 0 })
})
