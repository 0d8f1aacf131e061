import { randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import { atomically, type StoreHandle } from '../handle.ts'
import { readJson } from '../json-column.ts'
import type { StoreSchema } from '../schema.ts'
import { type JobClaim, jobKinds, type LeasedJob } from './job.ts'
import { lockLanes } from './lock-lanes.ts'

const payloadJson = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const kindJson = z.enum(jobKinds)

/** Where many share one lane, so many more are looked at than may be taken. */
const lookAhead = 4

/**
 * Leases what is due. A lease that is lost with the machine does no harm, the job runs again: nobody waits for the disk.
 * `skip locked` lets nodes take different jobs at the same moment; where lanes count they claim one after the other.
 */
export async function claimJobs(handle: StoreHandle, claim: JobClaim): Promise<readonly LeasedJob[]> {
	const { disk } = handle.dialect
	if (claim.limit < 1 || claim.kinds.length === 0) return []
	if (disk === undefined || handle.db.isTransaction) return atomically(handle, (db) => lease({ ...handle, db }, claim))
	return handle.db.connection().execute(async (db) => {
		disk.doNotWait()
		try {
			return await atomically({ ...handle, db }, (transaction) => lease({ ...handle, db: transaction }, claim))
		} finally {
			disk.wait()
		}
	})
}

async function lease(handle: StoreHandle, claim: JobClaim): Promise<readonly LeasedJob[]> {
	const { db, leaseClock } = handle
	const inLanes = await countLanes(handle, claim)
	const due = await findDue(handle, claim, inLanes)
	const ids = chooseWithin(due, claim, inLanes)
	if (ids.length === 0) return []
	const token = randomBytes(16).toString('base64url')
	const rows = await db
		.updateTable('job')
		.set({
			lease_token: token,
			run_at: sql<number>`${leaseClock()} + ${claim.leaseMs}`,
			again_at: null,
			attempts: sql<number>`attempts + 1`,
		})
		.where('id', 'in', ids)
		.returningAll()
		.execute()
	const places = new Map(ids.map((id, at) => [id, at]))
	return rows.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0)).map((row) => readJob(row, token))
}

type Lanes = ReadonlyMap<string, number>

async function countLanes(handle: StoreHandle, claim: JobClaim): Promise<Lanes> {
	const { db, leaseClock } = handle
	if (claim.perLane === undefined) return new Map()
	await lockLanes(handle)
	const rows = await db
		.selectFrom('job')
		.select(({ fn }) => ['lane', fn.countAll<number>().as('count')])
		.where('kind', 'in', [...claim.kinds, 'connector.visit'])
		.where('lease_token', 'is not', null)
		.where('run_at', '>', leaseClock())
		// A lease ends by then; without this, all that is planned for tomorrow would be looked through.
		.where('run_at', '<=', sql<number>`${leaseClock()} + ${2 * claim.leaseMs}`)
		.where('lane', 'is not', null)
		.groupBy('lane')
		.execute()
	return new Map(rows.map(({ lane, count }) => [lane ?? '', count]))
}

type Due = { readonly id: string; readonly lane: string | null }

function findDue(
	{ db, dialect, leaseClock }: StoreHandle,
	{ kinds, limit, perLane }: JobClaim,
	inLanes: Lanes,
): Promise<readonly Due[]> {
	const full = [...inLanes].flatMap(([lane, count]) => (count >= (perLane ?? Infinity) ? [lane] : []))
	return db
		.selectFrom('job')
		.select(['id', 'lane'])
		.where('kind', 'in', kinds)
		.where('run_at', '<=', leaseClock())
		.$if(full.length > 0, (query) =>
			query.where(({ or, eb }) => or([eb('lane', 'is', null), eb('lane', 'not in', full)])),
		)
		.orderBy('run_at')
		.orderBy('id')
		.limit(perLane === undefined ? limit : limit * lookAhead)
		.$if(dialect.type === 'postgres', (query) => query.forUpdate().skipLocked())
		.execute()
}

function chooseWithin(due: readonly Due[], { limit, perLane = Infinity }: JobClaim, inLanes: Lanes): readonly string[] {
	const counts = new Map(inLanes)
	const chosen: string[] = []
	for (const { id, lane } of due) {
		if (chosen.length === limit) break
		const count = lane === null ? 0 : (counts.get(lane) ?? 0)
		if (count >= perLane) continue
		if (lane !== null) counts.set(lane, count + 1)
		chosen.push(id)
	}
	return chosen
}

function readJob(row: Selectable<StoreSchema['job']>, leaseToken: string): LeasedJob {
	return {
		id: row.id,
		kind: kindJson.parse(row.kind),
		key: row.key,
		workspaceId: row.workspace_id,
		connectorId: row.connector_id,
		attempts: row.attempts,
		payload: readJson(row.payload, payloadJson),
		leaseToken,
		leasedUntil: new Date(row.run_at),
	}
}
