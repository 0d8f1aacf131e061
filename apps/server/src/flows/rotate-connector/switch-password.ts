import { type Diagnosis, ok, type Problem, type Result } from '@postern/vocabulary'
import { openPending } from '../../access/open-pending.ts'
import { proveConnection } from '../../connectors/prove-connection.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { ConnectorFacts } from '../../store/connector/connector.ts'
import type { Reached } from '../../store/connector/reached.ts'
import { giveUp } from './give-up.ts'
import { mayPass, nextTry, nextTryAlways, type Rotating, type RotationPorts, type Stepped } from './rotation-ports.ts'
import { type Visited, visitPasswords } from './visit-passwords.ts'

const rotation = { kind: 'postern', purpose: 'rotation' } as const

/**
 * Created → switched: proves the new password from the address on, then gives it to the connector and leaves the old ones to be
 * deleted, in one transaction. Where the site does not take it, it is removed there and the old one stays.
 */
export async function switchPassword(rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { held, connector } = rotating
	const visited = await visitPasswords(connector, { purpose: 'credential.rotated', visitor: rotation }, ports)
	if (!visited.ok) return later(visited.problem, rotating)
	if (isReplaced(rotating)) return takeBack(rotating, visited.value, undefined, ports)
	const pending = await openPending(visited.value.reached, { connector, sealed: sealedOf(rotating) }, ports)
	if (!pending.ok) return takeBack(rotating, visited.value, pending.problem, ports)
	const proven = await prove(pending.value, rotating, ports)
	if (!proven.ok) {
		const { code } = proven.problem
		if (mayPass(code) && nextTry(held.attempts)) return later(proven.problem, rotating)
		return takeBack(rotating, visited.value, mayPass(code) ? proven.problem : { code: 'rotation/unproven' }, ports)
	}
	const switched = await ports.store.rotations.switchCredential(held, proven.value, connector)
	// Reconnected at this moment, or the lease is lost: the next look tells.
	return switched === undefined ? { kind: 'next', held } : { kind: 'next', held: switched.held }
}

/** Somebody reconnected it meanwhile. */
function isReplaced({ held, connector }: Rotating): boolean {
	return connector.sealVersion !== held.sealVersion
}

function sealedOf({ held }: Rotating): Uint8Array {
	if (held.newSealed === null) throw new Error('a password was made, but none is kept')
	return held.newSealed
}

async function prove(
	reached: Reached,
	{ held, connector }: Rotating,
	ports: RotationPorts,
): Promise<Result<ConnectorFacts>> {
	const type = findConnectorType(connector.type)
	if (!type.ok) return type
	const { credential, reach } = reached
	const { url: address, origin } = connector.site
	const proven = await proveConnection({ type: type.value, address, credential, reach, origin }, ports)
	if (!proven.ok) return { ok: false, problem: problemOf(proven.diagnosis) }
	const { account, applicationPassword } = proven.value
	const isThatUser = account.userId === connector.account.userId
	const isThatPassword = applicationPassword.uuid === null || applicationPassword.uuid === held.newUuid
	if (!isThatUser || !isThatPassword) return { ok: false, problem: { code: 'rotation/unproven', params: {} } }
	return ok({ ...proven.value, applicationPassword: { uuid: held.newUuid, name: held.newName } })
}

function problemOf({ code, params }: Diagnosis): Problem {
	return { code, params }
}

function later(problem: Problem, { held }: Rotating): Stepped {
	return { kind: 'later', ...nextTryAlways(held.attempts), problem }
}

/** The new password goes; the old one was never touched. */
async function takeBack(
	rotating: Rotating,
	{ reached, passwords }: Visited,
	problem: Pick<Problem, 'code'> | undefined,
	ports: RotationPorts,
): Promise<Stepped> {
	const { newUuid } = rotating.held
	if (newUuid !== null) {
		const deleted = await passwords.delete(reached, newUuid, ports)
		const again = nextTry(rotating.held.attempts)
		if (!deleted.ok && mayPass(deleted.problem.code) && again !== undefined)
			return { kind: 'later', ...again, problem: deleted.problem }
		// Whoever reconnected it may be another user, of whose passwords this never was one.
		const isForeign = deleted.ok && deleted.value === 'gone' && isReplaced(rotating)
		if (!deleted.ok || isForeign) return giveUp(rotating, problem?.code, ports, { leaves: rotating.held.newName })
	}
	return giveUp(rotating, problem?.code, ports)
}
