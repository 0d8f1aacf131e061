import type { ActivityEntry } from '@postern/api/contract'
import { expect, it } from 'vitest'
import { groupByDay } from './group-by-day.ts'

const entry = (id: string, at: Date): ActivityEntry => ({
	id,
	at: at.toISOString(),
	event: 'account.signed-in',
	actor: { kind: 'member', name: 'hanako' },
	target: null,
	params: {},
	access: null,
})

it('draws the line between days at the reader’s midnight, and keeps the order', () => {
	const midnight = new Date(2026, 10, 21)
	const entries = [
		entry('a', new Date(midnight.getTime() + 60_000)),
		entry('b', midnight),
		entry('c', new Date(midnight.getTime() - 1)),
	]
	expect(groupByDay(entries).map((day) => day.entries.map(({ id }) => id))).toEqual([['a', 'b'], ['c']])
})

it('keeps a day together that comes in two pages', () => {
	const at = new Date(2026, 10, 21, 12)
	const pages = [[entry('a', at)], [entry('b', at)]]
	expect(groupByDay(pages.flat())).toHaveLength(1)
})
