import { describe, expect, it } from 'vitest'
import { createEventQueue } from './event-queue.ts'
import type { EventRow } from './event-row.ts'

function row(ip: string): EventRow {
	const nothing = {
		user_id: null,
		password_uuid: null,
		by_id: null,
		with_password: null,
		request_id: null,
		details: null,
	}
	return { ...nothing, at: 0, event: 'failed', code: 'invalid_username', ip }
}

/** A queue whose table takes no row of the address `bad`. */
function start(onTrouble: (error: unknown) => void = () => undefined) {
	const kept: string[] = []
	const troubles: unknown[] = []
	const asked: number[] = []
	const queue = createEventQueue(
		async (rows) => {
			asked.push(rows.length)
			if (rows.some(({ ip }) => ip.startsWith('bad'))) throw new Error('No such row.')
			kept.push(...rows.map(({ ip }) => ip))
		},
		(error) => {
			troubles.push(error)
			onTrouble(error)
		},
	)
	return { kept, troubles, asked, queue }
}

describe('the queue of events', () => {
	it('loses one bad row and none of those that came with it', async () => {
		const { queue, kept, troubles } = start()
		const all = Array.from({ length: 1_000 }, (_, index) => (index === 500 ? 'bad' : `${index}`))
		for (const ip of all) queue.add(row(ip))
		await queue.flush()
		expect(kept).toEqual(all.filter((ip) => ip !== 'bad'))
		expect(troubles.map(String)).toEqual(['Error: No such row.'])
	})

	it('gives a thousand events up soon when none of them can be written, and goes on with the next', async () => {
		const { queue, kept, troubles, asked } = start()
		for (let index = 0; index < 1_000; index += 1) queue.add(row('bad'))
		queue.add(row('good')) // the first of the next thousand
		await queue.flush()
		expect(kept).toEqual(['good'])
		expect(asked.length).toBeLessThan(20)
		expect(String(troubles.at(-1))).toContain('990 events were lost')
	})

	it('goes on, and hurts nobody, when whoever is told of trouble fails, too', async () => {
		const { queue, kept, troubles } = start(() => {
			throw new Error('The log is full.')
		})
		queue.add(row('bad'))
		await queue.flush()
		queue.add(row('good'))
		await queue.flush()
		expect(kept).toEqual(['good'])
		expect(troubles).toHaveLength(1)
		for (let index = 0; index < 100_001; index += 1) queue.add(row('good'))
		expect(String(troubles.at(-1))).toContain('too many wait')
		await queue.flush()
	})
})
