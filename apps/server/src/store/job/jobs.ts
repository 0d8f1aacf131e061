import { type Kysely, type RawBuilder, sql } from 'kysely'
import { readBoolean } from '../dialect/dialect.ts'
import { atomically, type StoreHandle } from '../handle.ts'
import { newId } from '../ids.ts'
import type { StoreSchema } from '../schema.ts'
import { claimJobs } from './claim-jobs.ts'
import { laneTickets } from './lane-tickets.ts'
import type { JobClaim, JobKind, JobPayload, JobTime, LeasedJob, NewJob, RunAt } from './job.ts'
import { underWay } from './under-way.ts'

export type { JobKind, JobPayload, LeasedJob, NewJob } from './job.ts'

export type Jobs = ReturnType<typeof jobsOn>

/** A lease, by which its holder is known: who lost it changes nothing any more. */
type Lease = Pick<LeasedJob, 'id' | 'leaseToken'>

/** In one statement. */
const blockSize = 500

export function jobsOn(handle: StoreHandle) {
	return { ...asking(handle), ...leased(handle), ...laneTickets(handle) }
}

function asking(handle: StoreHandle) {
	const { db } = handle
	return {
		/**
		 * Asks for work, in the transaction that causes it. A job of that kind and key that is there already keeps the earlier time
		 * and takes the newer payload; if it runs just now it will run once more.
		 */
		async enqueue(...jobs: readonly NewJob[]): Promise<void> {
			await atomically(handle, async (transaction) => {
				for (let from = 0; from < jobs.length; from += blockSize)
					await insertJobs(handle, transaction, jobs.slice(from, from + blockSize))
			})
		},

		/** Asks for work at a time, whatever was asked for before; a lease ends with this. */
		async reschedule(job: NewJob): Promise<void> {
			await atomically(handle, async (transaction) => {
				await jobOf(transaction, job).execute()
				await insertJobs(handle, transaction, [job])
			})
		},

		/** Whoever runs it now changes nothing any more. */
		async cancel(kind: JobKind, key: string): Promise<void> {
			await jobOf(db, { kind, key }).execute()
		},

		/** When a job runs next, or that it runs now. */
		async find(kind: JobKind, key: string): Promise<JobTime | undefined> {
			const row = await db
				.selectFrom('job')
				.select(({ eb }) => [
					'run_at',
					eb.and([eb('lease_token', 'is not', null), eb('run_at', '>', handle.leaseClock())]).as('is_leased'),
				])
				.where('kind', '=', kind)
				.where('key', '=', key)
				.executeTakeFirst()
			if (row === undefined) return undefined
			return { runAt: new Date(row.run_at), isLeased: readBoolean(row.is_leased) }
		},

		/** Whose jobs run now. */
		async underWay(kind: JobKind, workspaceId: string): Promise<ReadonlySet<string>> {
			const rows = await underWay(handle, kind, workspaceId).execute()
			return new Set(rows.map(({ key }) => key))
		},
	}
}

function leased(handle: StoreHandle) {
	const { db } = handle
	const held = ({ id, leaseToken }: Lease) =>
		db.updateTable('job').where('id', '=', id).where('lease_token', '=', leaseToken)
	return {
		/** Leases what is due, the longest due first; each is given to one node only. A lease that ended is due again. */
		claim: (claim: JobClaim): Promise<readonly LeasedJob[]> => claimJobs(handle, claim),

		/** The earliest time at which a job of these kinds is due. */
		async nextRunAt(kinds: readonly JobKind[]): Promise<Date | undefined> {
			if (kinds.length === 0) return undefined
			const times = await Promise.all(kinds.map((kind) => earliest(db, kind)))
			const first = Math.min(...times.flatMap((time) => time ?? []))
			return Number.isFinite(first) ? new Date(first) : undefined
		},

		/** Says that it is done; one that was asked for meanwhile is due at its time. False: the lease was lost. */
		async finish(job: Lease): Promise<boolean> {
			return atomically(handle, async (transaction) => {
				const done = await transaction
					.deleteFrom('job')
					.where('id', '=', job.id)
					.where('lease_token', '=', job.leaseToken)
					.where('again_at', 'is', null)
					.returning('id')
					.executeTakeFirst()
				if (done !== undefined) return true
				const again = await transaction
					.updateTable('job')
					.set({ lease_token: null, run_at: sql<number>`again_at`, again_at: null, attempts: 0 })
					.where('id', '=', job.id)
					.where('lease_token', '=', job.leaseToken)
					.returning('id')
					.executeTakeFirst()
				return again !== undefined
			})
		},

		/** Gives it back until a time, or the earlier one that was asked for meanwhile. False: the lease was lost. */
		async postpone(
			job: Lease,
			{ runAt, attempts, payload }: { runAt: RunAt; attempts?: number | undefined; payload?: JobPayload | undefined },
		): Promise<boolean> {
			const at = timeOf(runAt, handle)
			const row = await held(job)
				.set({
					lease_token: null,
					run_at: sql<number>`case when again_at is not null and again_at < ${at} then again_at else ${at} end`,
					again_at: null,
					...(attempts === undefined ? {} : { attempts }),
					...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
				})
				.returning('id')
				.executeTakeFirst()
			return row !== undefined
		},

		/** Keeps it for longer, counted from now. Undefined: the lease was lost. */
		async renew(job: LeasedJob, leaseMs: number): Promise<LeasedJob | undefined> {
			const until = timeOf({ inMs: leaseMs }, handle)
			const row = await held(job).set({ run_at: until }).returning('run_at').executeTakeFirst()
			return row && { ...job, leasedUntil: new Date(row.run_at) }
		},
	}
}

function jobOf(db: Kysely<StoreSchema>, { kind, key }: Pick<NewJob, 'kind' | 'key'>) {
	return db.deleteFrom('job').where('kind', '=', kind).where('key', '=', key)
}

async function earliest(db: Kysely<StoreSchema>, kind: JobKind): Promise<number | undefined> {
	const row = await db
		.selectFrom('job')
		.select('run_at')
		.where('kind', '=', kind)
		.orderBy('run_at')
		.limit(1)
		.executeTakeFirst()
	return row?.run_at
}

async function insertJobs(handle: StoreHandle, db: Kysely<StoreSchema>, jobs: readonly NewJob[]): Promise<void> {
	await db
		.insertInto('job')
		.values(jobs.map((job) => jobColumns(job, handle)))
		.onConflict((conflict) =>
			conflict.columns(['kind', 'key']).doUpdateSet({
				run_at: sql<number>`case when job.lease_token is null and excluded.run_at < job.run_at then excluded.run_at else job.run_at end`,
				again_at: sql<number>`case when job.lease_token is null then null
					when job.again_at is not null and job.again_at < excluded.run_at then job.again_at else excluded.run_at end`,
				payload: sql<string>`excluded.payload`,
				lane: sql<string>`excluded.lane`,
			}),
		)
		.execute()
}

function timeOf(at: RunAt, { leaseClock }: StoreHandle): RawBuilder<number> {
	if (at instanceof Date) return sql<number>`cast(${at.getTime()} as bigint)`
	return sql<number>`${leaseClock()} + ${Math.round(at.inMs)}`
}

function jobColumns(job: NewJob, handle: StoreHandle) {
	return {
		id: newId('job'),
		kind: job.kind,
		key: job.key,
		workspace_id: job.workspaceId ?? null,
		connector_id: job.connectorId ?? null,
		lane: job.lane ?? null,
		run_at: timeOf(job.runAt, handle),
		again_at: null,
		attempts: 0,
		lease_token: null,
		payload: JSON.stringify(job.payload ?? {}),
		created_at: handle.now().getTime(),
	}
}
