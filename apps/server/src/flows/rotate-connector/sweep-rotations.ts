import { ok, type Result } from '@postern/vocabulary'
import { beginRotation } from './rotate-connector.ts'
import { leaseMs, type RotationPorts } from './rotation-ports.ts'
import { runRotation } from './run-rotation.ts'

const mostAtOnce = 20

/** Before anything else on the embedded store: this process is the only one, so nobody works on what the last one left. */
export async function takeOverRotations({ store }: Pick<RotationPorts, 'store'>): Promise<void> {
	if (store.type === 'sqlite') await store.rotations.dropLeases()
}

/**
 * Goes on with what is due: rotations that wait or were left by a process that died, connectors whose password is older than they
 * allow, and drafts that nobody saved, whose password was made for them.
 */
export async function sweepRotations(ports: RotationPorts): Promise<Result<void>> {
	const { rotations } = ports.store
	for (const connectorId of await rotations.listDue(mostAtOnce)) {
		if (ports.signal.aborted) return ok()
		const held = await rotations.claim(connectorId, { leaseMs })
		if (held !== undefined) await runRotation(held, {}, ports)
	}
	for (const connector of await rotations.listOverdue(mostAtOnce)) {
		if (ports.signal.aborted) return ok()
		const held = await beginRotation({ connector, askedBy: null }, ports.store, ports)
		if (held.ok) await runRotation(held.value, { isFresh: true }, ports)
		else if (held.problem.code === 'rotation/not-possible') await rotations.noteFailure(connector.id, held.problem.code)
	}
	for (const draft of await rotations.listForsakenDrafts(mostAtOnce)) {
		if (ports.signal.aborted) return ok()
		const { id: connectorId, workspaceId, sealVersion } = draft
		const held = await rotations.begin(
			{ connectorId, workspaceId, sealVersion, phase: 'leaving', newName: null, oldUuids: [], askedBy: null },
			{ leaseMs },
		)
		if (held !== undefined) await runRotation(held, {}, ports)
	}
	return ok()
}
