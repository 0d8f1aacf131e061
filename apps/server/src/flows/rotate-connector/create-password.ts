import { ok, type Problem, type Result } from '@postern/vocabulary'
import { sealConnection } from '../../access/seal-connection.ts'
import { giveUp } from './give-up.ts'
import { newPasswordName } from './password-name.ts'
import { mayPass, nextTry, type Rotating, type RotationPorts, type Stepped } from './rotation-ports.ts'
import { type Visited, visitPasswords } from './visit-passwords.ts'

const rotation = { kind: 'postern', purpose: 'rotation' } as const
const mostNames = 5

/**
 * Named → created: has the site make a password under the name that is committed, and keeps it sealed. A run that ended before may
 * have left one of that name whose secret nobody knows: it goes first.
 */
export async function createPassword(rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { held, connector, isFresh } = rotating
	const visited = await visitPasswords(connector, { purpose: 'credential.rotated', visitor: rotation }, ports)
	if (!visited.ok) return refused(visited.problem, rotating, ports)
	if (!isFresh) {
		const cleaned = await removeByName(held.newName, rotating, visited.value, ports)
		if (!cleaned.ok) return refused(cleaned.problem, rotating, ports)
	}
	// Somebody reconnected it meanwhile: what is there now needs no rotation of ours.
	if (connector.sealVersion !== held.sealVersion) return giveUp(rotating, undefined, ports)
	return make(rotating, visited.value, ports)
}

async function make(rotating: Rotating, { reached, passwords }: Visited, ports: RotationPorts): Promise<Stepped> {
	const { connector, isFresh } = rotating
	const appId = await ports.store.installation.getAppId()
	let { held } = rotating
	for (let count = 0; count < mostNames; count += 1) {
		if (count > 0 || !isFresh) {
			const renamed = await ports.store.rotations.advance(held, { newName: await nameFor(rotating, ports) })
			if (renamed === undefined) return { kind: 'lost' }
			held = renamed
		}
		const made = await passwords.create(reached, { name: held.newName ?? '', appId }, ports)
		if (!made.ok && made.problem.code === 'site-credential/name-taken') continue
		if (!made.ok) return notMade(made.problem, { ...rotating, held }, { reached, passwords }, ports)
		const { uuid, password } = made.value
		const { workspaceId, id: connectorId, site, sealVersion } = connector
		const place = { workspaceId, connectorId, siteOrigin: site.origin, sealVersion: sealVersion + 1 }
		const sealed = await sealConnection({ password, reach: reached.reach }, place, ports)
		const kept =
			sealed.ok &&
			(await ports.store.rotations.advance(held, {
				phase: 'created',
				newUuid: uuid,
				newSealed: sealed.value.sealed,
				newEdgeSealed: sealed.value.reach.edge?.sealed ?? null,
				attempts: 0,
			}))
		if (kept) return { kind: 'next', held: kept }
		// Nobody could ever use it: whoever works on this now, or nobody, as the connector is gone.
		await passwords.delete(reached, uuid, ports)
		return sealed.ok ? { kind: 'lost' } : refused(sealed.problem, { ...rotating, held }, ports)
	}
	return giveUp({ ...rotating, held }, 'rotation/refused', ports)
}

/**
 * Whoever may still list them is not refused as such: the site only lets nobody make another. Where it is not tried again, one that
 * was made all the same goes: its answer came too late, or nobody can read it.
 */
async function notMade(problem: Problem, rotating: Rotating, visited: Visited, ports: RotationPorts): Promise<Stepped> {
	const { held } = rotating
	const isOfPassing = mayPass(problem.code)
	if (isOfPassing && nextTry(held.attempts) !== undefined) return refused(problem, rotating, ports)
	const listed = await listByName(held.newName, rotating, visited, ports)
	if (!listed.ok && !isOfPassing) return refused(listed.problem, rotating, ports)
	const cleaned = listed.ok ? await deleteAll(listed.value, visited, ports) : listed
	const code = isOfPassing ? problem.code : 'rotation/refused'
	return giveUp(rotating, code, ports, { leaves: cleaned.ok ? null : held.newName })
}

/** Where it may pass it is tried again; else the password stays as it is, and the connector says why. */
async function refused(problem: Problem, rotating: Rotating, ports: RotationPorts): Promise<Stepped> {
	const { code } = problem
	const again = mayPass(code) ? nextTry(rotating.held.attempts) : undefined
	if (again !== undefined) return { kind: 'later', ...again, problem }
	const isOfTheSite = code.startsWith('site-credential/') || code.startsWith('vault/') || code.startsWith('rotation/')
	return giveUp(rotating, isOfTheSite || mayPass(code) ? code : 'rotation/refused', ports)
}

async function removeByName(
	name: string | null,
	rotating: Rotating,
	visited: Visited,
	ports: RotationPorts,
): Promise<Result<void>> {
	const listed = await listByName(name, rotating, visited, ports)
	return listed.ok ? deleteAll(listed.value, visited, ports) : listed
}

async function listByName(
	name: string | null,
	{ connector }: Rotating,
	{ reached, passwords }: Visited,
	ports: RotationPorts,
): Promise<Result<readonly string[]>> {
	const listed = await passwords.list(reached, ports)
	if (!listed.ok) return listed
	const { uuid: own } = connector.applicationPassword
	return ok(listed.value.flatMap(({ uuid, name: known }) => (known === name && uuid !== own ? [uuid] : [])))
}

async function deleteAll(
	uuids: readonly string[],
	{ reached, passwords }: Visited,
	ports: RotationPorts,
): Promise<Result<void>> {
	for (const uuid of uuids) {
		const deleted = await passwords.delete(reached, uuid, ports)
		if (!deleted.ok) return deleted
	}
	return ok()
}

async function nameFor({ held }: Rotating, { store, origin, now }: RotationPorts): Promise<string> {
	const workspace = await store.workspaces.find(held.workspaceId)
	return newPasswordName({ workspace: workspace?.name ?? '', origin, now: now() })
}
