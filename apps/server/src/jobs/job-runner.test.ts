import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openAt } from '../store/cases/place.testing.ts'
import type { LeasedJob, NewJob } from '../store/job/jobs.ts'
import type { Store } from '../store/store.ts'
import { backOffMs } from './back-off.ts'
import type { JobHandler, JobOutcome } from './job-handler.ts'
import { createJobRunner, type JobRunner, type JobTrouble } from './job-runner.ts'

const kind = 'connector.check'
let folder = ''
let store: Store
let runner: JobRunner | undefined
const troubles: JobTrouble[] = []

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'postern-jobs-'))
	store = await openAt({ dataFolder: folder })
})
afterAll(async () => {
	await store.close()
	await rm(folder, { recursive: true })
})
beforeEach(async () => {
	await store.kysely.deleteFrom('job').execute()
	troubles.length = 0
})
afterEach(() => runner?.stop())

const jobAt = (key: string, ms = 0): NewJob => ({ kind, key, runAt: new Date(Date.now() + ms) })

function start(run: JobHandler['run'], more: Partial<JobHandler> = {}): JobRunner {
	const handler: JobHandler = { kind, leaseMs: 30_000, concurrency: 4, run, ...more }
	const onTrouble = (trouble: JobTrouble) => troubles.push(trouble)
	runner = createJobRunner({ store, handlers: [handler], now: () => new Date(), random: () => 0.5, onTrouble })
	runner.start()
	return runner
}

/** A job that ends when it is told to. */
function held() {
	const begun: string[] = []
	const ends = new Map<string, (outcome: JobOutcome) => void>()
	const run = (job: LeasedJob) => {
		begun.push(job.key)
		return new Promise<JobOutcome>((resolve) => ends.set(job.key, resolve))
	}
	return { begun, run, end: (key: string, outcome: JobOutcome = 'done') => ends.get(key)?.(outcome) }
}

describe('the runner', () => {
	it('runs what is due within a second, and sleeps until what comes next', async () => {
		const ran: [string, number][] = []
		const startedAt = Date.now()
		start(async ({ key }) => {
			ran.push([key, Date.now() - startedAt])
			return 'done'
		})
		await store.jobs.enqueue(jobAt('now'), jobAt('later', 3_000))
		await expect.poll(() => ran.map(([key]) => key)).toEqual(['now', 'later'])
		expect(ran[0]?.[1]).toBeLessThan(1_200)
		expect(ran[1]?.[1]).toBeGreaterThanOrEqual(2_990)
		await expect.poll(() => store.jobs.find(kind, 'later')).toBeUndefined()
	})

	it('runs no more at once than a kind may have, and begins the next when one ends', async () => {
		const { begun, run, end } = held()
		await store.jobs.enqueue(jobAt('a', -4), jobAt('b', -3), jobAt('c', -2))
		start(run, { concurrency: 2 })
		await expect.poll(() => begun).toEqual(['a', 'b'])
		end('a')
		await expect.poll(() => begun).toEqual(['a', 'b', 'c'])
		for (const key of ['b', 'c']) end(key)
	})

	it('tries again later what was thrown, says so once with its code, and waits longer each time', async () => {
		const bug = new Error('a bug of ours')
		start(async () => {
			throw bug
		})
		await store.jobs.enqueue(jobAt('broken'))
		await expect.poll(() => troubles).toEqual([{ code: 'internal/bug', kind, err: bug }])
		await expect.poll(() => store.jobs.find(kind, 'broken')).toMatchObject({ isLeased: false })
		const waits = (await store.jobs.find(kind, 'broken'))?.runAt.getTime() ?? 0
		expect(waits - Date.now()).toBeGreaterThan(20_000)
		expect([1, 2, 3, 99].map((attempts) => backOffMs(attempts, () => 0.5))).toEqual([
			30_000, 60_000, 120_000, 3_600_000,
		])
		expect(backOffMs(1, () => 0)).toBeLessThan(backOffMs(1, () => 1))
	})

	it('leaves alone what a handler settled itself', async () => {
		const runAt = new Date(Date.now() + 60_000)
		start(async (job) => {
			await store.jobs.postpone(job, { runAt })
			return 'settled'
		})
		await store.jobs.enqueue(jobAt('own'))
		await expect.poll(() => store.jobs.find(kind, 'own')).toEqual({ runAt, isLeased: false })
	})

	it('keeps the lease of what takes longer than that', async () => {
		const { begun, run, end } = held()
		await store.jobs.enqueue(jobAt('long'))
		start(run, { leaseMs: 1_500 })
		await expect.poll(() => begun).toEqual(['long'])
		const first = await store.jobs.find(kind, 'long')
		const leasedUntil = async () => (await store.jobs.find(kind, 'long'))?.runAt.getTime()
		await expect.poll(leasedUntil).toBeGreaterThan((first?.runAt.getTime() ?? 0) + 500)
		expect(begun).toEqual(['long'])
		end('long')
	})

	it('tells a handler that it lost its lease', async () => {
		const lost = vi.fn<() => void>()
		start(
			(_, { signal }) =>
				new Promise((_resolve, reject) =>
					signal.addEventListener('abort', () => {
						lost()
						reject(new Error('lost'))
					}),
				),
			{ leaseMs: 900 },
		)
		await store.jobs.enqueue(jobAt('taken'))
		await expect.poll(() => store.jobs.find(kind, 'taken')).toMatchObject({ isLeased: true })
		await store.jobs.cancel(kind, 'taken')
		await expect.poll(() => lost).toHaveBeenCalledOnce()
	})

	it('gives back what runs when it is stopped, with no attempt counted, and begins nothing more', async () => {
		let begun = 0
		const running = start((_, { signal }) => {
			begun += 1
			return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
		})
		await store.jobs.enqueue(jobAt('cut'))
		await expect.poll(() => begun).toBe(1)
		await running.stop()
		await store.jobs.enqueue(jobAt('never'))
		expect(troubles).toEqual([])
		const [again] = await store.jobs.claim({ kinds: [kind], limit: 1, leaseMs: 1_000 })
		expect(again).toMatchObject({ key: 'cut', attempts: 1 })
		expect(begun).toBe(1)
	})

	it('goes on when the store was away', async () => {
		const ran: string[] = []
		const claim = vi.spyOn(store.jobs, 'claim').mockRejectedValueOnce(new Error('away'))
		await store.jobs.enqueue(jobAt('patient'))
		const one = start(async ({ key }) => {
			ran.push(key)
			return 'done'
		})
		await expect.poll(() => troubles).toHaveLength(1)
		claim.mockRestore()
		one.wake()
		await expect.poll(() => ran).toEqual(['patient'])
	})
})
