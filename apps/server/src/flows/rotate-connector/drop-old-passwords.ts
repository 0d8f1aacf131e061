import { ok } from '@postern/vocabulary'
import { giveUp } from './give-up.ts'
import { mayPass, nextTry, type Rotating, type RotationPorts, type Stepped } from './rotation-ports.ts'
import { visitPasswords } from './visit-passwords.ts'

const rotation = { kind: 'postern', purpose: 'rotation' } as const

/** Requests that were opened with the old password may end in this time. A draft has none. */
const graceMs = 30_000

/** Switched → over: removes the passwords before from the site, with the new one. */
export async function dropOldPasswords(rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { connector } = rotating
	let { held } = rotating
	const waitMs = (connector.rotatedAt?.getTime() ?? 0) + graceMs - ports.now().getTime()
	if (connector.phase === 'saved' && waitMs > 0) return { kind: 'later', waitMs, attempts: held.attempts }
	const visited = await visitPasswords(connector, { purpose: 'credential.revoked', visitor: rotation }, ports)
	if (!visited.ok) return failed(visited.problem.code, { ...rotating, held }, ports)
	const { reached, passwords } = visited.value
	for (const uuid of held.oldUuids) {
		// Another connector may live on the one that was pasted here.
		const { workspaceId, site } = connector
		const password = { workspaceId, siteOrigin: site.origin, passwordUuid: uuid }
		const isUsed = await ports.store.rotations.isInUse(password)
		const deleted = isUsed ? ok('gone') : await passwords.delete(reached, uuid, ports)
		if (!deleted.ok) return failed(deleted.problem.code, { ...rotating, held }, ports)
		const left = await ports.store.rotations.advance(held, { oldUuids: held.oldUuids.filter((old) => old !== uuid) })
		if (left === undefined) return { kind: 'lost' }
		held = left
	}
	const ended = await ports.store.transaction(async ({ rotations, audit }) => {
		if (!(await rotations.finish(held))) return ok(false)
		await audit.record({
			workspaceId: held.workspaceId,
			event: 'connector.rotated',
			actor: held.askedBy ?? { kind: 'postern', id: null, name: 'rotation' },
			target: { kind: 'connector', id: connector.id, name: connector.name || connector.site.host },
			params: {},
			requestId: null,
		})
		return ok(true)
	})
	return ended.ok && ended.value ? { kind: 'over' } : { kind: 'lost' }
}

async function failed(code: Parameters<typeof mayPass>[0], rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { held } = rotating
	const again = mayPass(code) ? nextTry(held.attempts) : undefined
	if (again !== undefined) return { kind: 'later', ...again }
	return giveUp(rotating, 'rotation/old-left', ports, { leaves: held.oldUuids.join(', ') })
}
