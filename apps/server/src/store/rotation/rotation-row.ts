import type { Selectable, UpdateObject } from 'kysely'
import * as z from 'zod/mini'
import { readJson, readTexts } from '../json-column.ts'
import type { ConnectorRotationTable, StoreSchema } from '../schema.ts'
import { storable } from '../storable.ts'
import type { HeldRotation, Rotation, RotationStep } from './rotation.ts'

const actorJson = z.object({
	kind: z.enum(['member', 'caller', 'postern', 'visitor', 'operator']),
	id: z.nullable(z.string()),
	name: z.nullable(z.string()),
})

export function stepColumns(step: RotationStep): UpdateObject<StoreSchema, 'connector_rotation'> {
	return {
		...(step.phase === undefined ? {} : { phase: step.phase }),
		...(step.newName === undefined ? {} : { new_name: step.newName === null ? null : storable(step.newName) }),
		...(step.newUuid === undefined ? {} : { new_uuid: step.newUuid }),
		...(step.newSealed === undefined ? {} : { new_sealed: step.newSealed }),
		...(step.newEdgeSealed === undefined ? {} : { new_edge_sealed: step.newEdgeSealed }),
		...(step.oldUuids === undefined ? {} : { old_uuids: JSON.stringify(step.oldUuids) }),
		...(step.attempts === undefined ? {} : { attempts: step.attempts }),
	}
}

export function readHeld(row: Selectable<ConnectorRotationTable>): HeldRotation {
	return { ...readRotation(row), leaseToken: row.lease_token ?? '' }
}

export function readRotation(row: Selectable<ConnectorRotationTable>): Rotation {
	return {
		connectorId: row.connector_id,
		workspaceId: row.workspace_id,
		phase: row.phase,
		sealVersion: row.seal_version,
		newName: row.new_name,
		newUuid: row.new_uuid,
		newSealed: row.new_sealed,
		newEdgeSealed: row.new_edge_sealed,
		oldUuids: readTexts(row.old_uuids),
		askedBy: row.asked_by === null ? null : readJson(row.asked_by, actorJson),
		startedAt: new Date(row.started_at),
		attempts: row.attempts,
		runAt: new Date(row.run_at),
	}
}
