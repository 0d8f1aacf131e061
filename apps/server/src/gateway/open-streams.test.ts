import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOpenStreams, OpenStream } from './open-streams.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function start(complete: boolean, mayGoOn: () => Promise<boolean> = () => Promise.resolve(true)) {
	const ends: string[] = []
	const request = { complete, destroy: () => ends.push('destroyed') } as unknown as IncomingMessage // as far as it is looked at
	const streams = createOpenStreams()
	const stream = new OpenStream(request, performance.now(), mayGoOn)
	stream.sides = { giveUp: (end) => void ends.push(end) }
	streams.add(stream)
	const drip = async (seconds: number, each: () => void) => {
		for (let second = 0; second < seconds && ends.length === 0; second += 1) {
			each()
			await vi.advanceTimersByTimeAsync(1_000)
		}
	}
	return { ends, stream, streams, drip }
}

describe('T47 what is under way', () => {
	it('UPR-015 is cut when a site drips', async () => {
		const { ends, stream, drip } = start(true)
		stream.answers()
		await drip(59, () => stream.tookFromSite(100))
		expect(ends).toEqual([])
		await drip(3, () => stream.tookFromSite(100))
		expect(ends).toEqual(['truncated'])
	})

	it('is cut after 30 seconds without a byte of the answer', async () => {
		const { ends, stream, drip } = start(true)
		stream.answers()
		stream.tookFromSite(10_000_000)
		await drip(30, () => undefined)
		expect(ends).toEqual([])
		await drip(2, () => undefined)
		expect(ends).toEqual(['truncated'])
	})

	it('is cut when a caller drips its body', async () => {
		const { ends, stream, drip } = start(false)
		stream.tookFromCaller(1_000_000_000)
		await drip(59, () => stream.tookFromCaller(100))
		expect(ends).toEqual([])
		await drip(3, () => stream.tookFromCaller(100))
		expect(ends).toEqual(['truncated'])
	})

	it('goes on for hours while it moves', async () => {
		const { ends, stream, drip } = start(false)
		await drip(7_200, () => stream.tookFromCaller(2_000))
		stream.answers()
		await drip(600, () => stream.tookFromSite(2_000))
		expect(ends).toEqual([])
	})

	it('waits two minutes for a reader that has stopped', async () => {
		const { ends, stream, drip } = start(true)
		stream.answers()
		stream.tookFromSite(1_000_000)
		stream.isStalled = true
		await drip(119, () => undefined)
		expect(ends).toEqual([])
		await drip(3, () => undefined)
		expect(ends).toEqual(['truncated'])
	})

	it.each([
		['may not go on', () => Promise.resolve(false)],
		['cannot be asked about', () => Promise.reject(new Error('the database is gone'))],
	])('is cut within five seconds when it %s', async (_why, mayGoOn) => {
		const { ends, drip } = start(true, mayGoOn)
		await drip(5, () => undefined)
		expect(ends).toEqual(['revoked'])
	})

	it('GWR-038 is cut within five seconds after it may go on no longer', async () => {
		let mayGoOn = true
		const { ends, stream, drip } = start(false, () => Promise.resolve(mayGoOn))
		await drip(7, () => stream.tookFromCaller(10_000))
		expect(ends).toEqual([])
		mayGoOn = false
		await drip(5, () => stream.tookFromCaller(10_000))
		expect(ends[0]).toBe('revoked')
	})

	it('is left alone when it is over', async () => {
		const { ends, stream, streams, drip } = start(true, () => Promise.resolve(false))
		streams.remove(stream)
		await drip(10, () => undefined)
		expect(ends).toEqual([])
	})
})
