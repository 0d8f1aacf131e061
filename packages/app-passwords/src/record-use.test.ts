import { describe, expect, it } from 'vitest'
import { createUseRecorder } from './record-use.ts'
import { ada } from './people.testing.ts'
import { home, onlyPasswordOf, start } from './start.testing.ts'
import type { Change } from './types.ts'

const away = '198.51.100.9'
const day = 86_400

/** Ada's password after a first use at noon, and the storage's changes from then on. */
async function used() {
	const here = start()
	const { secret } = await here.issue()
	const first = here.clock.now()
	await here.logIn('ada', secret)
	const changes: Change['kind'][] = []
	const { change } = here.storage
	here.storage.change = (wanted, describeIt) => {
		changes.push(wanted.kind)
		return change(wanted, describeIt)
	}
	const use = async (ip = home) => {
		await here.logIn('ada', secret, { ip })
		return onlyPasswordOf(ada, here)
	}
	return { ...here, secret, first, use, changes }
}

describe('last_used and last_ip, as WordPress tells them', () => {
	it('#25 are those of the first use', async () => {
		const here = await used()
		expect(await onlyPasswordOf(ada, here)).toMatchObject({ lastUsed: here.first, lastIp: home })
	})

	it('#26 stay for 86,399 seconds, and move after 86,400 and 86,401', async () => {
		for (const [seconds, moves] of [
			[day - 1, false],
			[day, true],
			[day + 1, true],
		] as const) {
			const here = await used()
			here.clock.pass(seconds)
			const { lastUsed, lastIp } = await here.use(away)
			expect([lastUsed, lastIp]).toEqual(moves ? [here.clock.now(), away] : [here.first, home])
		}
	})

	it('#26 move on the second, also for one who asks all the time', async () => {
		const here = await used()
		here.clock.pass(day - 1)
		await here.use()
		here.clock.pass(1)
		expect((await here.use()).lastUsed).toEqual(here.clock.now())
	})

	it('#27 keep the first address of a day, while `seen` and the events have both', async () => {
		const here = await used()
		here.clock.pass(60)
		expect(await here.use(away)).toMatchObject({ lastIp: home, seen: { ip: away, at: here.clock.now() } })
		expect(here.eventsOf('authenticated').map((event) => event.occasion.ip)).toEqual([home, away])
	})
})

describe('when it was seen', () => {
	it('is written once a minute, however often it is used', async () => {
		const here = await used()
		for (let index = 0; index < 59; index += 1) {
			here.clock.pass(1)
			await here.use()
		}
		expect(here.changes).toEqual([])
		here.clock.pass(1)
		expect((await here.use()).seen).toEqual({ at: here.clock.now(), ip: home })
		expect(here.changes).toEqual(['use'])
	})

	it('is written at once from another address, and not at each turn of two that take turns', async () => {
		const here = await used()
		here.clock.pass(1)
		expect((await here.use(away)).seen).toEqual({ at: here.clock.now(), ip: away })
		for (let index = 0; index < 20; index += 1) await here.use(index % 2 === 0 ? home : away)
		expect(here.changes).toEqual(['use'])
	})

	it('is written a handful of times in a minute, however many addresses there are', async () => {
		const here = await used()
		for (let index = 0; index < 100; index += 1) await here.use(`10.0.0.${index}`)
		expect(here.changes.length).toBeLessThan(10)
	})

	it('is not written again by a server that starts within the minute', async () => {
		const here = await used()
		const changes: unknown[] = []
		const again = start({
			storage: { ...here.storage, change: (wanted) => (changes.push(wanted), []) },
			now: here.clock.now,
		})
		here.clock.pass(59)
		await again.logIn('ada', here.secret)
		expect(changes).toEqual([])
		here.clock.pass(1)
		await again.logIn('ada', here.secret)
		expect(changes).toMatchObject([{ kind: 'use', movesLastUsed: false }])
	})
})

describe('a storage that takes its time', () => {
	it('is not waited for, and asked once for many uses at the same moment', async () => {
		const changes: Change[] = []
		const here = start()
		const { secret } = await here.issue()
		const never = new Promise<[]>(() => {})
		const slow = start({ storage: { ...here.storage, change: (wanted) => (changes.push(wanted), never) } })
		for (let index = 0; index < 50; index += 1) expect(await slow.verdict('ada', secret)).toBe('ok')
		expect(changes).toHaveLength(1)
	})

	it.each([
		[
			'at once',
			() => {
				throw new Error('The disk is full.')
			},
		],
		[
			'later',
			async () => {
				throw new Error('The disk is full.')
			},
		],
	])('that fails %s is told, and tried again with the next use; the login stands', async (_when, change) => {
		const troubles: unknown[] = []
		const here = start()
		const { secret } = await here.issue()
		const failing = start({ storage: { ...here.storage, change }, onTrouble: (error) => troubles.push(error) })
		expect(await failing.verdict('ada', secret)).toBe('ok')
		await Promise.resolve()
		expect(await failing.verdict('ada', secret)).toBe('ok')
		await Promise.resolve()
		expect(troubles.map(String)).toEqual(Array(2).fill('Error: The disk is full.'))
	})
})

it('tells WordPress’ fields and its own in one change', () => {
	const changes: Change[] = []
	const password = { uuid: 'u', lastUsed: null, seen: null }
	const record = createUseRecorder({ change: (wanted) => (changes.push(wanted), []) }, () => {})
	const at = new Date('2026-11-21T12:00:00Z')
	// Only these three fields are read.
	record({ user: ada, password: password as never }, home, at)
	expect(changes).toEqual([{ kind: 'use', owner: ada, uuid: 'u', at, ip: home, movesLastUsed: true }])
})
