import { expect, it } from 'vitest'
import { minutesFor, takeNext } from './import-pace.ts'
import { type ImportRow, rowOf } from './import-row.ts'

const row = (line: number, address: string) => rowOf(line, (column) => (column === 'address' ? address : 'x'))
const many = (count: number, addressOf: (index: number) => string) =>
	Array.from({ length: count }, (_, index) => row(index, addressOf(index)))

it('says minutes for a thousand sites, and more than an hour for a thousand rows of one', () => {
	expect(minutesFor(many(1_000, (index) => `site-${index}.example`))).toBeLessThan(10)
	expect(minutesFor(many(1_000, () => 'https://one.example/'))).toBeGreaterThan(80)
	expect(minutesFor([row(1, 'https://one.example')])).toBeLessThan(1)
})

it('tries six at once and two of a host, and passes over those that have to wait', () => {
	const rows = [...many(4, () => 'https://Busy.example/blog'), ...many(9, (index) => `site-${index}.example`)]
	const underWay: ImportRow[] = []
	for (let next = takeNext(rows, underWay); next !== undefined; next = takeNext(rows, underWay)) underWay.push(next)
	expect(underWay.map(({ address }) => address)).toEqual([
		'https://Busy.example/blog',
		'https://Busy.example/blog',
		'site-0.example',
		'site-1.example',
		'site-2.example',
		'site-3.example',
	])
	expect(rows).toHaveLength(7)
})
