import { randomUUID } from 'node:crypto'
import { sql, type UpdateObject } from 'kysely'
import type { StoreHandle } from '../handle.ts'
import type { StoreSchema } from '../schema.ts'
import { storable } from '../storable.ts'
import { rotatingConnectors } from './rotating-connectors.ts'
import type { HeldRotation, NewRotation, Rotation, RotationStep } from './rotation.ts'
import { readHeld, readRotation, stepColumns } from './rotation-row.ts'

export type Rotations = ReturnType<typeof rotationsOn>

/** Whoever works on a rotation holds its lease; every step is fenced by it. */
export function rotationsOn(handle: StoreHandle) {
	return { ...leaseFunctions(handle), ...stepFunctions(handle), ...rotatingConnectors(handle) }
}

type Lease = { readonly leaseMs: number }

function leaseFunctions({ db, now, leaseClock }: StoreHandle) {
	const until = (leaseMs: number) => sql<number>`${leaseClock()} + ${leaseMs}`
	const claim = async (connectorId: string, { leaseMs }: Lease): Promise<HeldRotation | undefined> => {
		const row = await db
			.updateTable('connector_rotation')
			.set({ lease_token: randomUUID(), leased_until: until(leaseMs) })
			.where('connector_id', '=', connectorId)
			.where('leased_until', '<=', leaseClock())
			.returningAll()
			.executeTakeFirst()
		return row && readHeld(row)
	}
	return {
		/** Begins one, and holds it; undefined where one is under way already. */
		async begin(rotation: NewRotation, { leaseMs }: Lease): Promise<HeldRotation | undefined> {
			const row = await db
				.insertInto('connector_rotation')
				.values({
					connector_id: rotation.connectorId,
					workspace_id: rotation.workspaceId,
					phase: rotation.phase,
					seal_version: rotation.sealVersion,
					new_name: rotation.newName === null ? null : storable(rotation.newName),
					new_uuid: null,
					new_sealed: null,
					new_edge_sealed: null,
					old_uuids: JSON.stringify(rotation.oldUuids),
					asked_by: rotation.askedBy === null ? null : storable(JSON.stringify(rotation.askedBy)),
					started_at: now().getTime(),
					attempts: 0,
					run_at: leaseClock(),
					lease_token: randomUUID(),
					leased_until: until(leaseMs),
				})
				.onConflict((conflict) => conflict.column('connector_id').doNothing())
				.returningAll()
				.executeTakeFirst()
			return row && readHeld(row)
		},

		async find(connectorId: string): Promise<Rotation | undefined> {
			const row = await db
				.selectFrom('connector_rotation')
				.selectAll()
				.where('connector_id', '=', connectorId)
				.executeTakeFirst()
			return row && readRotation(row)
		},

		/** Undefined while somebody else works on it, or when there is none. */
		claim,

		/** Connectors with a rotation that nobody works on and whose time has come, the oldest first. */
		async listDue(limit: number): Promise<readonly string[]> {
			const rows = await db
				.selectFrom('connector_rotation')
				.select('connector_id')
				.where('run_at', '<=', leaseClock())
				.where('leased_until', '<=', leaseClock())
				.orderBy('run_at')
				.limit(limit)
				.execute()
			return rows.map((row) => row.connector_id)
		},

		/** Only where nobody else can be at work: on the embedded store, before this process begins. */
		async dropLeases(): Promise<void> {
			await db.updateTable('connector_rotation').set({ lease_token: null, leased_until: 0, run_at: 0 }).execute()
		},

		/** False when the lease was lost. */
		async renew(held: HeldRotation, { leaseMs }: Lease): Promise<boolean> {
			const row = await db
				.updateTable('connector_rotation')
				.set({ leased_until: until(leaseMs) })
				.where('connector_id', '=', held.connectorId)
				.where('lease_token', '=', held.leaseToken)
				.returning('connector_id')
				.executeTakeFirst()
			return row !== undefined
		},
	}
}

function stepFunctions({ db, leaseClock }: StoreHandle) {
	const change = async (held: HeldRotation, columns: UpdateObject<StoreSchema, 'connector_rotation'>) => {
		const row = await db
			.updateTable('connector_rotation')
			.set(columns)
			.where('connector_id', '=', held.connectorId)
			.where('lease_token', '=', held.leaseToken)
			.returningAll()
			.executeTakeFirst()
		return row && readHeld(row)
	}
	return {
		/** Gives undefined when the lease was lost, or the connector deleted. */
		advance: (held: HeldRotation, step: RotationStep): Promise<HeldRotation | undefined> =>
			change(held, stepColumns(step)),

		/** Leaves it for later, to anybody. */
		async postpone(
			held: HeldRotation,
			{ waitMs, attempts }: { readonly waitMs: number; readonly attempts: number },
		): Promise<void> {
			const runAt = sql<number>`${leaseClock()} + ${waitMs}`
			await change(held, { run_at: runAt, attempts, leased_until: leaseClock(), lease_token: null })
		},

		/** It is over. False when the lease was lost. */
		async finish(held: HeldRotation): Promise<boolean> {
			const row = await db
				.deleteFrom('connector_rotation')
				.where('connector_id', '=', held.connectorId)
				.where('lease_token', '=', held.leaseToken)
				.returning('connector_id')
				.executeTakeFirst()
			return row !== undefined
		},
	}
}
