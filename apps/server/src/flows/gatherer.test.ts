import { expect, it } from 'vitest'
import { gatherer } from './gatherer.ts'

it('does together what is asked for at the same moment, in lots between which others have their turn', async () => {
	const seen: (readonly number[] | 'others')[] = []
	const double = gatherer((items: readonly number[]) => {
		seen.push(items)
		setImmediate(() => seen.push('others'))
		return Promise.resolve(items.map((item) => item * 2))
	}, 2)
	expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10])
	expect(seen.filter((one) => one !== 'others')).toEqual([[1, 2], [3, 4], [5]])
	expect(seen.indexOf('others')).toBeLessThan(seen.findIndex((one) => one.length === 1))
	expect(await double(6)).toBe(12)
})

it('fails what was done together, and nothing else', async () => {
	const odd = gatherer(async (items: readonly number[]) => {
		if (items.includes(2)) throw new Error('two')
		return items
	}, 2)
	const results = await Promise.allSettled([1, 2, 3].map(odd))
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
