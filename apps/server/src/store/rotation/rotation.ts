import type { AuditActor } from '../audit/audit-entry.ts'
import type { RotationPhase } from '../schema.ts'

/**
 * A change of a connector's site credential that is under way. What may lie at the site without an owner is always named here:
 * the password `newName` before it is ours, `newUuid` until the connector has it, `oldUuids` once it does.
 */
export type Rotation = {
	readonly connectorId: string
	readonly workspaceId: string
	readonly phase: RotationPhase
	/** Of the connector's seal when this began; another one means that somebody replaced the credential meanwhile. */
	readonly sealVersion: number
	readonly newName: string | null
	readonly newUuid: string | null
	/** Sealed for the connector, with the version that follows. */
	readonly newSealed: Uint8Array | null
	readonly newEdgeSealed: Uint8Array | null
	readonly oldUuids: readonly string[]
	/** Null: Postern by itself. */
	readonly askedBy: AuditActor | null
	readonly startedAt: Date
	/** Failed ones in this phase. */
	readonly attempts: number
	readonly runAt: Date
}

export type HeldRotation = Rotation & { readonly leaseToken: string }

export type NewRotation = Pick<
	Rotation,
	'connectorId' | 'workspaceId' | 'phase' | 'sealVersion' | 'newName' | 'oldUuids' | 'askedBy'
>

export type RotationStep = Partial<
	Pick<Rotation, 'phase' | 'newName' | 'newUuid' | 'newSealed' | 'newEdgeSealed' | 'oldUuids' | 'attempts'>
>
