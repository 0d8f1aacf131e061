import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { atomically, type StoreHandle } from '../handle.ts'
import { newId } from '../ids.ts'
import { lockLanes } from './lock-lanes.ts'

/** Somebody's place in a lane beside the jobs of it: whoever holds one counts there, whether it is his turn or not. */
export type LaneTicket = { readonly id: string; readonly token: string; readonly lane: string }

type Lease = { readonly leaseMs: number }

const kind = 'connector.visit'

/** For what is no job, because somebody waits for it, and yet counts among those of its lane on all nodes. */
export function laneTickets(handle: StoreHandle) {
	const { db, leaseClock } = handle
	const until = (leaseMs: number) => sql<number>`${leaseClock()} + ${leaseMs}`
	return {
		/** No job of the lane is claimed any more that would come before this one. */
		async lineUp(lane: string, { leaseMs }: Lease): Promise<LaneTicket> {
			const ticket = { id: newId('job'), token: randomBytes(16).toString('base64url'), lane }
			await atomically(handle, async (transaction) => {
				await lockLanes({ ...handle, db: transaction })
				// Of nodes that died.
				await transaction.deleteFrom('job').where('kind', '=', kind).where('run_at', '<=', leaseClock()).execute()
				const { at, last } = await transaction
					.selectFrom('job')
					.select(({ fn }) => [leaseClock().as('at'), fn.max('created_at').as('last')])
					.where('kind', '=', kind)
					.executeTakeFirstOrThrow()
				await transaction
					.insertInto('job')
					.values({
						id: ticket.id,
						kind,
						key: ticket.id,
						lane,
						run_at: until(leaseMs),
						attempts: 0,
						lease_token: ticket.token,
						payload: '{}',
						created_at: Math.max(at, (last ?? 0) + 1), // their order
					})
					.execute()
			})
			return ticket
		},

		/** Whether fewer than so many of the lane came before and are not over yet. Holds the place for longer. */
		async isNext({ id, token, lane }: LaneTicket, { perLane, leaseMs }: Lease & { readonly perLane: number }) {
			const own = await db
				.updateTable('job')
				.set({ run_at: until(leaseMs) })
				.where('id', '=', id)
				.where('lease_token', '=', token)
				.returning('created_at')
				.executeTakeFirst()
			if (own === undefined) return true // who lost the place has waited long enough
			const before = await db
				.selectFrom('job')
				.select(({ fn }) => fn.countAll<number>().as('count'))
				.where('kind', 'in', ['connector.check', kind])
				.where('lane', '=', lane)
				.where('lease_token', 'is not', null)
				.where('run_at', '>', leaseClock())
				.where(({ or, eb }) => or([eb('kind', '!=', kind), eb('created_at', '<', own.created_at)]))
				.executeTakeFirstOrThrow()
			return before.count < perLane
		},

		async leave({ id, token }: LaneTicket): Promise<void> {
			await db.deleteFrom('job').where('id', '=', id).where('lease_token', '=', token).execute()
		},
	}
}
