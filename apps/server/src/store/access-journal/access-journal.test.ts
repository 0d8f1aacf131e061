import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { accessOf, outcomeOf } from '../cases/access.testing.ts'
import type { Kept, Waiting } from './access-entry.ts'
import { createAccessJournal } from './access-journal.ts'

const write = { method: 'POST', isWrite: true } as const

/** A journal over a store that counts its transactions and takes some time for each. */
function open(capacity?: number) {
	const transactions: (readonly Waiting[])[] = []
	const trouble = { isThere: false }
	let seq = 0
	const journal = createAccessJournal({
		now: () => new Date(),
		...(capacity === undefined ? {} : { capacity }),
		async write(items) {
			transactions.push(items)
			await delay(5)
			if (trouble.isThere) throw new Error('the store is away')
			const keep = (item: Waiting): [Waiting, Kept] => [item, { seq: (seq += 1), isUsedUp: false }]
			return new Map(items.map(keep))
		},
	})
	return { journal, transactions, trouble }
}

it('writes that come in one moment share a transaction, and those that come meanwhile the next', async () => {
	const { journal, transactions } = open()
	const commit = () => journal.commit(accessOf('ws_a', write), null)
	const first = Array.from({ length: 20 }, commit)
	await Promise.race(first)
	const second = Array.from({ length: 30 }, commit)
	await delay(1)
	const third = Array.from({ length: 10 }, commit)
	await Promise.all([...first, ...second, ...third])
	expect(transactions.map(({ length }) => length)).toEqual([20, 30, 10])
})

it('a write alone waits only for its own transaction', async () => {
	const { journal } = open()
	const committed = journal.commit(accessOf('ws_a', write), null).then(() => 'committed')
	// Both are timers of this process: whatever else runs on the machine, the shorter one ends first.
	expect(await Promise.race([committed, delay(100, 'gathered')])).toBe('committed')
})

it('reads are gathered, and no transaction holds more than 400 entries', async () => {
	const { journal, transactions } = open()
	for (let count = 0; count < 1_000; count += 1) journal.note(accessOf('ws_a'))
	expect(transactions).toEqual([])
	await journal.flush()
	expect(transactions.map(({ length }) => length)).toEqual([400, 400, 200])
})

it('a queue that is full takes nothing more, but what ends', async () => {
	const { journal, transactions, trouble } = open(3)
	trouble.isThere = true
	const [first] = [journal.note(accessOf('ws_a')), journal.note(accessOf('ws_a')), journal.note(accessOf('ws_a'))]
	expect(journal.note(accessOf('ws_a'))).toBeUndefined()
	expect(await journal.commit(accessOf('ws_a', write), null)).toMatchObject({
		problem: { code: 'gateway/record-unavailable' },
	})
	await journal.flush()
	trouble.isThere = false
	await journal.flush()
	first?.finish(outcomeOf())
	await journal.flush()
	expect(transactions.map(({ length }) => length)).toEqual([3, 3])
	expect(first).toMatchObject({ outcome: outcomeOf() })
})
