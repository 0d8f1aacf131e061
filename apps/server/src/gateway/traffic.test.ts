import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTraffic, type Visit } from './traffic.ts'

const site = { id: 'con_1', workspaceId: 'wsp_1', host: 'blog.example' }
const other = { id: 'con_2', workspaceId: 'wsp_2', host: 'other.example' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function start() {
	let now = 0
	const traffic = createTraffic(() => now)
	const enter = async (where: typeof site): Promise<Visit> => {
		const entered = await traffic.enter(where)
		if (!entered.ok) throw new Error(entered.problem.code)
		return entered.value
	}
	return { traffic, enter, pass: (ms: number) => (now += ms) }
}

describe('traffic to sites', () => {
	it('lets 16 at a time to one site, and the next when one leaves; others do not wait', async () => {
		const { traffic, enter } = start()
		const visits = await Promise.all(Array.from({ length: 16 }, () => enter(site)))
		let isThere = false
		const waiting = enter(site).then((visit) => {
			isThere = true
			return visit
		})
		await enter(other)
		expect(isThere).toBe(false)
		visits[0]?.leave('answered')
		await waiting
		const more = traffic.enter(site)
		await vi.advanceTimersByTimeAsync(10_000)
		expect(await more).toMatchObject({ problem: { code: 'gateway/busy' } })
	})

	it('lets 64 at a time to the sites of one workspace', async () => {
		const { traffic, enter } = start()
		const visits = await Promise.all(Array.from({ length: 64 }, (_, at) => enter({ ...site, id: `con_${at}` })))
		const waiting = traffic.enter({ ...site, id: 'con_100' })
		const alsoWaiting = traffic.enter({ ...site, id: 'con_101' })
		visits[5]?.leave('answered')
		visits[6]?.leave('answered')
		expect([(await waiting).ok, (await alsoWaiting).ok]).toEqual([true, true])
	})

	it('lets a hundred wait, for ten seconds, and no more', async () => {
		const { traffic, enter } = start()
		await Promise.all(Array.from({ length: 16 }, () => enter(site)))
		const waiting = Array.from({ length: 100 }, async () => traffic.enter(site))
		expect(await traffic.enter(site)).toMatchObject({ problem: { code: 'gateway/busy' } })
		await vi.advanceTimersByTimeAsync(10_000)
		for (const one of await Promise.all(waiting)) expect(one).toMatchObject({ problem: { code: 'gateway/busy' } })
	})

	it('lets a silent site rest for 15 seconds after five failures in a row, and sends one to look', async () => {
		const { traffic, enter, pass } = start()
		const fail = async () => (await enter(site)).leave('silent')
		for (let times = 0; times < 4; times += 1) await fail()
		;(await enter(site)).leave('answered')
		for (let times = 0; times < 5; times += 1) await fail()
		expect(await traffic.enter(site)).toMatchObject({ problem: { code: 'gateway/site-resting' } })
		await enter(other)
		pass(15_000)
		const probe = await enter(site)
		expect(await traffic.enter(site)).toMatchObject({ problem: { code: 'gateway/site-resting' } })
		probe.leave('silent')
		expect(await traffic.enter(site)).toMatchObject({ problem: { code: 'gateway/site-resting' } })
		pass(15_000)
		;(await enter(site)).leave('answered')
		;(await enter(site)).leave('answered')
	})

	it('counts a visit once, however often it is left', async () => {
		const { enter } = start()
		const visit = await enter(site)
		for (let times = 0; times < 10; times += 1) visit.leave('silent')
		await enter(site)
	})

	it('learns nothing of a site from a caller who left or sent nonsense', async () => {
		const { traffic, enter } = start()
		for (let times = 0; times < 4; times += 1) (await enter(site)).leave('silent')
		for (let times = 0; times < 9; times += 1) (await enter(site)).leave('unknown')
		;(await enter(site)).leave('silent')
		expect(await traffic.enter(site)).toMatchObject({ problem: { code: 'gateway/site-resting' } })
	})

	it('sends nobody who waited to a site that rests meanwhile', async () => {
		const { traffic, enter } = start()
		const visits = await Promise.all(Array.from({ length: 16 }, () => enter(site)))
		const waiting = Array.from({ length: 20 }, async () => traffic.enter(site))
		for (const visit of visits) visit.leave('silent')
		const ends = await Promise.all(waiting)
		expect(ends.filter(({ ok }) => ok)).toHaveLength(4)
		expect(ends.at(-1)).toMatchObject({ problem: { code: 'gateway/site-resting' } })
	})

	it('sends no more than three at a time with a credential that was refused, and all again when one is taken', async () => {
		const { traffic, enter } = start()
		const first = await enter(site)
		expect(first.isDoubtful).toBe(false)
		first.leave('rejected')
		const second = await enter(site)
		const third = await enter(site)
		expect([second.isDoubtful, third.isDoubtful]).toEqual([true, true])
		const fourth = traffic.enter(site)
		second.leave('answered')
		expect(await fourth).toMatchObject({ ok: true, value: { isDoubtful: true } })
		third.leave('accepted')
		for (const visit of await Promise.all(Array.from({ length: 15 }, () => enter(site))))
			expect(visit.isDoubtful).toBe(false)
	})
})
