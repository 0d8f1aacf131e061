import { ok, type ProblemCode } from '@postern/vocabulary'
import { mayPass, nextTry, type Rotating, type RotationPorts, type Stepped } from './rotation-ports.ts'
import { visitPasswords } from './visit-passwords.ts'

const revocation = { kind: 'postern', purpose: 'revocation' } as const

/** Leaving → over: a draft that nobody saved goes, and with it the password that was made for it. */
export async function leaveSite(rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { held, connector } = rotating
	const failure = await revoke(rotating, ports)
	const again = failure !== undefined && mayPass(failure) ? nextTry(held.attempts) : undefined
	if (again !== undefined) return { kind: 'later', ...again }
	const ended = await ports.store.transaction(async ({ rotations, connectors, audit }) => {
		if (!(await rotations.finish(held))) return ok(false)
		if ((await connectors.deleteDraft(connector.workspaceId, connector.id)) === undefined) return ok(false)
		const { host } = connector.site
		const entry = {
			workspaceId: connector.workspaceId,
			actor: { kind: 'postern', id: null, name: null },
			target: { kind: 'connector', id: connector.id, name: host },
			requestId: null,
		} as const
		await audit.record({ ...entry, event: 'connector.expired', params: { host } })
		const name = connector.applicationPassword.name ?? connector.account.username
		if (failure !== undefined)
			await audit.record({ ...entry, event: 'connector.password-left', params: { host, name } })
		return ok(true)
	})
	return ended.ok && ended.value ? { kind: 'over' } : { kind: 'lost' }
}

async function revoke({ connector }: Rotating, ports: RotationPorts): Promise<ProblemCode | undefined> {
	const { uuid } = connector.applicationPassword
	if (uuid === null) return 'rotation/not-possible'
	const visited = await visitPasswords(connector, { purpose: 'credential.revoked', visitor: revocation }, ports)
	if (!visited.ok) return visited.problem.code
	const deleted = await visited.value.passwords.delete(visited.value.reached, uuid, ports)
	return deleted.ok ? undefined : deleted.problem.code
}
