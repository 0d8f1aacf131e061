import { fail } from '@postern/vocabulary'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LeasedJob, NewJob } from '../job/job.ts'
import type { Store } from '../store.ts'
import { addConnector } from './connector.testing.ts'
import { type NewPlace, openAt, type TestClock } from './place.testing.ts'

const kind = 'connector.check'
const leaseMs = 60_000

export function jobCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		await store.kysely.deleteFrom('job').execute() // of other tests, whose clock it is, too
	})
	const inMs = (ms: number) => new Date(clock.now.getTime() + ms)
	const pass = (ms: number) => {
		clock.now = inMs(ms)
	}
	const jobAt = (key: string, ms = 0): NewJob => ({ kind, key, workspaceId, runAt: inMs(ms) })
	const claim = (limit = 10, perLane?: number) =>
		store.jobs.claim({ kinds: [kind], limit, leaseMs, ...(perLane === undefined ? {} : { perLane }) })
	const claimOne = async (): Promise<LeasedJob> => {
		const [job, ...others] = await claim()
		if (job === undefined || others.length > 0) throw new Error('not one job was due')
		return job
	}

	describe('a job', () => {
		it('is due at its time and no sooner, the longest due first, and comes as it was asked for', async () => {
			const payload = { at: 'https://献立.example/', count: 2, isFirst: true, none: null }
			await store.jobs.enqueue(jobAt('c', 20), { ...jobAt('a', 10), payload }, jobAt('b', 15))
			expect(await claim()).toEqual([])
			expect(await store.jobs.nextRunAt([kind])).toEqual(inMs(10))
			pass(19)
			const due = await claim()
			expect(due.map(({ key }) => key)).toEqual(['a', 'b'])
			expect(due[0]).toMatchObject({ kind, workspaceId, connectorId: null, attempts: 1, payload })
			expect(due[0]?.leasedUntil).toEqual(inMs(leaseMs))
			pass(1)
			expect((await claimOne()).key).toBe('c')
		})

		it('is leased to one until that ends, and then runs again: whoever lost the lease changes nothing', async () => {
			await store.jobs.enqueue(jobAt('crash'))
			const lost = await claimOne()
			expect(await claim()).toEqual([])
			expect(await store.jobs.find(kind, 'crash')).toEqual({ runAt: inMs(leaseMs), isLeased: true })
			pass(leaseMs)
			const again = await claimOne()
			expect(again).toMatchObject({ id: lost.id, attempts: 2 })
			expect(await store.jobs.finish(lost)).toBe(false)
			expect(await store.jobs.postpone(lost, { runAt: inMs(0) })).toBe(false)
			expect(await store.jobs.renew(lost, leaseMs)).toBeUndefined()
			expect(await store.jobs.finish(again)).toBe(true)
			expect(await store.jobs.find(kind, 'crash')).toBeUndefined()
		})

		it('stays with whoever renews its lease', async () => {
			await store.jobs.enqueue(jobAt('long'))
			const job = await claimOne()
			pass(leaseMs - 1)
			const renewed = await store.jobs.renew(job, leaseMs)
			expect(renewed?.leasedUntil).toEqual(inMs(leaseMs))
			pass(leaseMs - 1)
			expect(await claim()).toEqual([])
			expect(await store.jobs.finish(job)).toBe(true)
		})

		it('is one for its kind and key: asked for twice it keeps the earlier time and takes the newer payload', async () => {
			await store.jobs.enqueue(jobAt('same', 50))
			await store.jobs.enqueue({ ...jobAt('same', 90), payload: { n: 2 } })
			expect(await store.jobs.find(kind, 'same')).toEqual({ runAt: inMs(50), isLeased: false })
			await store.jobs.enqueue({ ...jobAt('same', 10), payload: { n: 3 } })
			await store.jobs.enqueue({ ...jobAt('same', 10), kind: 'digest.send' })
			pass(10)
			expect(await claimOne()).toMatchObject({ payload: { n: 3 }, attempts: 1 })
			expect(await store.jobs.claim({ kinds: ['digest.send'], limit: 9, leaseMs })).toHaveLength(1)
		})

		it('that is asked for while it runs, runs once more: finished or postponed', async () => {
			await store.jobs.enqueue(jobAt('twice'))
			const first = await claimOne()
			await store.jobs.enqueue(jobAt('twice', 30))
			await store.jobs.enqueue(jobAt('twice', 20))
			expect(await claim()).toEqual([])
			expect(await store.jobs.finish(first)).toBe(true)
			expect(await store.jobs.find(kind, 'twice')).toEqual({ runAt: inMs(20), isLeased: false })
			pass(20)
			const second = await claimOne()
			expect(second.attempts).toBe(1)
			await store.jobs.enqueue(jobAt('twice', 5))
			expect(await store.jobs.postpone(second, { runAt: inMs(500) })).toBe(true)
			expect(await store.jobs.find(kind, 'twice')).toEqual({ runAt: inMs(5), isLeased: false })
		})

		it('is postponed with what it learnt, and its attempts count on unless it says otherwise', async () => {
			await store.jobs.enqueue(jobAt('later'))
			expect(await store.jobs.postpone(await claimOne(), { runAt: inMs(5), payload: { step: 'created' } })).toBe(true)
			expect(await claim()).toEqual([])
			pass(5)
			const second = await claimOne()
			expect(second).toMatchObject({ attempts: 2, payload: { step: 'created' } })
			await store.jobs.postpone(second, { runAt: inMs(0), attempts: 0 })
			expect(await claimOne()).toMatchObject({ attempts: 1, payload: { step: 'created' } })
		})

		it('is rescheduled to a later time, and cancelled: then nobody who runs it changes it back', async () => {
			await store.jobs.enqueue(jobAt('moved', 5))
			await store.jobs.reschedule(jobAt('moved', 70))
			expect(await store.jobs.find(kind, 'moved')).toEqual({ runAt: inMs(70), isLeased: false })
			pass(70)
			const running = await claimOne()
			await store.jobs.cancel(kind, 'moved')
			expect(await store.jobs.postpone(running, { runAt: inMs(0) })).toBe(false)
			expect(await claim()).toEqual([])
		})

		it('is there with the change that causes it, or not at all', async () => {
			const undone = await store.transaction(async ({ jobs }) => {
				await jobs.enqueue(jobAt('undone'))
				return fail('request/not-found')
			})
			expect(undone.ok).toBe(false)
			expect(await claim()).toEqual([])
		})

		it('goes with its connector, and with its workspace', async () => {
			const { id } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			await store.jobs.enqueue({ ...jobAt('of-connector'), connectorId: id })
			await store.connectors.delete(workspaceId, id)
			expect(await claim()).toEqual([])
		})

		it('is known as under way in its own workspace while it is leased', async () => {
			await store.jobs.enqueue(jobAt('runs'), jobAt('waits', 1))
			const job = await claimOne()
			expect(await store.jobs.underWay(kind, workspaceId)).toEqual(new Set(['runs']))
			expect(await store.jobs.underWay(kind, 'ws_other')).toEqual(new Set())
			await store.jobs.finish(job)
			expect(await store.jobs.underWay(kind, workspaceId)).toEqual(new Set())
		})

		it('waits while as many of its lane run as may, and others pass it', async () => {
			const lane = 'many.example'
			const lined = Array.from({ length: 20 }, (_, at) => ({ ...jobAt(`lined-${at}`, -5), lane }))
			await store.jobs.enqueue(...lined, { ...jobAt('other', 0), lane: 'other.example' })
			const [first, second, ...others] = await claim(4, 2)
			expect([first?.key, second?.key]).toEqual(
				expect.arrayContaining([expect.stringMatching(/^lined/), expect.stringMatching(/^lined/)]),
			)
			expect(others).toEqual([])
			expect((await claim(4, 2)).map(({ key }) => key)).toEqual(['other'])
			if (first !== undefined) await store.jobs.finish(first)
			expect((await claim(4, 2)).map(({ key }) => key)).toEqual([expect.stringMatching(/^lined/)])
			expect(await claim(4, 2)).toEqual([])
		})

		it('leaves its lane to whoever lined up there, one after the other, and takes no turn before them', async () => {
			const lane = 'asked.example'
			const turn = { perLane: 2, leaseMs }
			const { jobs } = store
			await jobs.enqueue({ ...jobAt('one'), lane }, { ...jobAt('two'), lane }, { ...jobAt('three'), lane })
			const [one, two] = await claim(4, 2)
			const first = await jobs.lineUp(lane, { leaseMs })
			const second = await jobs.lineUp(lane, { leaseMs })
			const third = await jobs.lineUp(lane, { leaseMs })
			const elsewhere = await jobs.lineUp('elsewhere.example', { leaseMs })
			const whoIsNext = () => Promise.all([first, second, third, elsewhere].map((ticket) => jobs.isNext(ticket, turn)))
			expect(await whoIsNext()).toEqual([false, false, false, true])
			if (one !== undefined) await jobs.finish(one)
			expect(await claim(4, 2)).toEqual([])
			expect(await whoIsNext()).toEqual([true, false, false, true])
			if (two !== undefined) await jobs.finish(two)
			expect(await claim(4, 2)).toEqual([])
			expect(await whoIsNext()).toEqual([true, true, false, true])
			await jobs.leave(first)
			expect(await jobs.isNext(third, turn)).toBe(true)
			await Promise.all([second, third].map((ticket) => jobs.leave(ticket)))
			expect(await claim(4, 2)).toHaveLength(1)
			await jobs.leave(elsewhere)
		})

		it('gets its lane back from whoever lined up on a node that died', async () => {
			const lane = 'forsaken.example'
			await store.jobs.lineUp(lane, { leaseMs })
			await store.jobs.lineUp(lane, { leaseMs })
			await store.jobs.enqueue({ ...jobAt('waits'), lane })
			expect(await claim(4, 2)).toEqual([])
			pass(leaseMs)
			expect((await claim(4, 2)).map(({ key }) => key)).toEqual(['waits'])
			await store.jobs.leave(await store.jobs.lineUp(lane, { leaseMs }))
			const left = await store.kysely.selectFrom('job').select('id').where('kind', '=', 'connector.visit').execute()
			expect(left).toEqual([])
		})
	})
}

/** What two nodes on one place, or two claims in one process, may not do. */
export function jobRaceCases(newPlace: NewPlace, isShared: boolean): void {
	it('is never run by two at once, and by somebody in the end; two of a lane at the most', async () => {
		const place = await newPlace()
		const stores = isShared ? [await openAt(place), await openAt(place)] : [await openAt(place)]
		const [first] = stores
		if (first === undefined) throw new Error('no store')
		const workspaceId = (await first.workspaces.create('Ours')).id
		const runAt = new Date(Date.now() - 1_000)
		const keys = Array.from({ length: 300 }, (_, at) => `job-${at}`)
		await first.jobs.enqueue(
			...keys.map((key, at) => ({ kind, key, workspaceId, runAt, lane: at % 3 === 0 ? 'one' : `lane-${at}` }) as const),
		)
		const [runs, inLane] = [new Map<string, number>(), new Set<string>()]
		let mostInLane = 0
		const work = async (store: Store) => {
			for (let idle = 0; idle < 3;) {
				const claimed = await store.jobs.claim({ kinds: [kind], limit: 7, leaseMs: 60_000, perLane: 2 })
				idle = claimed.length === 0 ? idle + 1 : 0
				for (const { key } of claimed) {
					runs.set(key, (runs.get(key) ?? 0) + 1)
					if (Number(key.slice(4)) % 3 === 0) inLane.add(key)
				}
				mostInLane = Math.max(mostInLane, inLane.size)
				for (const job of claimed) {
					inLane.delete(job.key)
					expect(await store.jobs.finish(job)).toBe(true)
				}
			}
		}
		await Promise.all(stores.flatMap((store) => [work(store), work(store), work(store)]))
		await work(first)
		expect([...runs.values()].every((count) => count === 1)).toBe(true)
		expect(runs.size).toBe(300)
		expect(mostInLane).toBe(2)
		await Promise.all(stores.map((store) => store.close()))
	})
}
