import { setImmediate } from 'node:timers/promises'
import type { Jobs, LeasedJob } from '../store/job/jobs.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import { backOffMs } from './back-off.ts'
import type { JobHandler, JobOutcome } from './job-handler.ts'

export type JobRunner = {
	start(): void
	/** Looks for work now instead of within a second. */
	wake(): void
	/** Begins nothing more, tells what runs, and waits for it. */
	stop(): Promise<void>
}

export type JobTrouble = { readonly code: string; readonly kind: string; readonly err: unknown }

type Ports = {
	readonly store: { readonly jobs: Jobs }
	readonly handlers: readonly JobHandler[]
	readonly now: () => Date
	/** From 0 to 1. */
	readonly random?: () => number
	readonly onTrouble: (trouble: JobTrouble) => void
	/** The longest time between two looks: another node may have asked for work. Default a second. */
	readonly lookEveryMs?: number
}

/** What ends at once is replaced together: each claim is a statement for everybody. */
const gatherMs = 10
/** Before others have their turn: the beginning of a job is mostly ours to do. */
const begunAtOnce = 4
/** After the store failed. */
const troubleMs = 5_000
/** How long what runs may take to end once it was told to. */
const graceMs = 10_000

/** Runs jobs when they are due: each on one node at a time, as often as it takes. */
export function createJobRunner(ports: Ports): JobRunner {
	const lanes = ports.handlers.map((handler) => new Work(handler, ports))
	const { now, lookEveryMs = 1_000 } = ports
	const kinds = ports.handlers.map(({ kind }) => kind)
	let timer: NodeJS.Timeout | undefined
	let looking: Promise<void> | undefined
	let isWanted = false
	let isStopped = true
	const look = async (): Promise<number> => {
		try {
			for (const lane of lanes) await lane.renewLeases()
			const areFull = await Promise.all(lanes.map((lane) => lane.fill(soon)))
			if (areFull.some((isFull) => isFull)) return gatherMs
			const next = await ports.store.jobs.nextRunAt(kinds)
			const waitMs = next === undefined ? lookEveryMs : next.getTime() - now().getTime()
			// What is due and was not claimed waits for its lane, or for us: the end of a job wakes us then.
			return waitMs <= 0 ? lookEveryMs : Math.min(lookEveryMs, waitMs)
		} catch (error) {
			ports.onTrouble(troubleOf(error, 'any'))
			return troubleMs
		}
	}
	const run = async () => {
		isWanted = false
		const waitMs = await look()
		looking = undefined
		if (!isStopped) later(isWanted ? gatherMs : waitMs)
	}
	const later = (ms: number) => {
		clearTimeout(timer)
		timer = setTimeout(() => {
			looking ??= run()
		}, ms)
	}
	const soon = () => {
		if (isWanted || isStopped) return
		isWanted = true
		if (looking === undefined) later(gatherMs)
	}
	return {
		start() {
			isStopped = false
			later(0)
		},
		wake: soon,
		async stop() {
			isStopped = true
			clearTimeout(timer)
			await looking
			await Promise.all(lanes.map((lane) => lane.stop()))
		},
	}
}

/** `renewAt`, by our own clock, leaves two chances before the lease ends. */
type Running = { job: LeasedJob; renewAt: number; readonly stopping: AbortController; readonly ended: Promise<void> }

/** What one handler runs. */
class Work {
	readonly #handler: JobHandler
	readonly #ports: Ports
	readonly #running = new Map<string, Running>()

	constructor(handler: JobHandler, ports: Ports) {
		this.#handler = handler
		this.#ports = ports
	}

	/** Begins what is due, as far as there is room. True: there may be more. */
	async fill(onEnd: () => void): Promise<boolean> {
		const { kind, leaseMs, concurrency, perLane } = this.#handler
		const limit = concurrency - this.#running.size
		if (limit <= 0) return false
		const lane = perLane === undefined ? {} : { perLane }
		const jobs = await this.#ports.store.jobs.claim({ kinds: [kind], limit, leaseMs, ...lane })
		for (const [at, job] of jobs.entries()) {
			if (at % begunAtOnce === 0) await setImmediate()
			this.#begin(job, onEnd)
		}
		return jobs.length > 0 && jobs.length < limit && perLane !== undefined
	}

	async renewLeases(): Promise<void> {
		const { leaseMs } = this.#handler
		const at = this.#ports.now().getTime()
		for (const running of this.#running.values()) {
			if (at < running.renewAt) continue
			const renewed = await this.#ports.store.jobs.renew(running.job, leaseMs)
			if (renewed === undefined) running.stopping.abort(new Error('the lease was lost'))
			else Object.assign(running, { job: renewed, renewAt: at + leaseMs / 3 })
		}
	}

	async stop(): Promise<void> {
		for (const { stopping } of this.#running.values()) stopping.abort(new Error('the server stops'))
		const ended = Promise.all([...this.#running.values()].map((running) => running.ended))
		let timer: NodeJS.Timeout | undefined
		const grace = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))
		await Promise.race([ended, grace])
		clearTimeout(timer)
	}

	#begin(job: LeasedJob, onEnd: () => void): void {
		const stopping = new AbortController()
		const ended = this.#runOne(job, stopping.signal).finally(() => {
			this.#running.delete(job.leaseToken + job.id)
			onEnd()
		})
		const renewAt = this.#ports.now().getTime() + this.#handler.leaseMs / 3
		const running = { job, renewAt, stopping, ended }
		this.#running.set(job.leaseToken + job.id, running)
	}

	async #runOne(job: LeasedJob, signal: AbortSignal): Promise<void> {
		try {
			await this.#settle(job, await this.#handler.run(job, { signal }))
		} catch (error) {
			// Who is stopped did not fail: the next one begins where this one ended.
			if (!signal.aborted) this.#ports.onTrouble(troubleOf(error, job.kind))
			await this.#giveBack(job, signal.aborted)
		}
	}

	async #settle(job: LeasedJob, outcome: JobOutcome): Promise<void> {
		const { jobs } = this.#ports.store
		if (outcome === 'settled') return
		if (outcome === 'done') await jobs.finish(job)
		else await jobs.postpone(job, { ...outcome, runAt: outcome.again })
	}

	async #giveBack(job: LeasedJob, wasStopped: boolean): Promise<void> {
		const { random = Math.random, store } = this.#ports
		const runAt = { inMs: wasStopped ? 0 : backOffMs(job.attempts, random) }
		const attempts = wasStopped ? job.attempts - 1 : job.attempts
		try {
			await store.jobs.postpone(job, { runAt, attempts })
		} catch (error) {
			this.#ports.onTrouble(troubleOf(error, job.kind)) // its lease ends by itself
		}
	}
}

function troubleOf(err: unknown, kind: string): JobTrouble {
	return { code: err instanceof StoreTrouble ? err.problem.code : 'internal/bug', kind, err }
}
