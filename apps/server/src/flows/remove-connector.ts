import { fail, hasRole, ok, type Problem, type Result } from '@postern/vocabulary'
import { setTimeout as wait } from 'node:timers/promises'
import type { Visitor } from '../access/visit-site.ts'
import type { Connector } from '../store/connector/connector.ts'
import { isOwnSource } from '../store/rotation/own-sources.ts'
import type { HeldRotation } from '../store/rotation/rotation.ts'
import type { Store } from '../store/store.ts'
import { recordChange, type Change } from './record-change.ts'
import { leaseMs } from './rotate-connector/rotation-ports.ts'
import { type Visited, visitPasswords } from './rotate-connector/visit-passwords.ts'
import type { VerifyPorts } from './verify-site.ts'

export type RemovePorts = Pick<VerifyPorts, 'store' | 'vault' | 'ask' | 'clock'>

type Request = Change & {
	readonly visitor: Extract<Visitor, { kind: 'member' }>
	/** Removes its password from the site, too. */
	readonly revoke: boolean
	readonly signal: AbortSignal
}

/** What became of the password at the site: `kept` was not asked for, `gone` was not there any more. */
export type Removed = {
	readonly connector: Connector
	readonly revoked: 'revoked' | 'gone' | 'kept' | 'failed'
	/** Why it failed; the connector is deleted all the same. */
	readonly problem?: Problem
}

/**
 * Deletes a connector, or discards a draft, together with its sealed password; asked to, removes that password from the site
 * first, with itself. A draft's that was made for us goes always, and so does what a rotation has left there. Deleting takes an
 * administrator, as pausing does, which can be taken back; discarding a draft takes whoever may make one. Fails with
 * `request/not-found`, `role/insufficient`, and with `connector/rotating` while a rotation is at work.
 */
export async function removeConnector(request: Request, ports: RemovePorts): Promise<Result<Removed>> {
	const { workspaceId, connectorId } = request
	const { connectors, rotations } = ports.store
	const connector =
		(await connectors.find(workspaceId, connectorId)) ?? (await connectors.findDraft(workspaceId, connectorId))
	if (connector === undefined) return fail('request/not-found')
	const needed = connector.phase === 'draft' ? 'editor' : 'admin'
	if (!hasRole(request.visitor.role, needed)) return fail('role/insufficient', { params: { needed } })
	const rotating = (await rotations.find(connectorId)) === undefined ? undefined : await claim(connectorId, ports.store)
	if (rotating === 'busy') return fail('connector/rotating', { params: { seconds: 30 } })
	const isForsaken = connector.phase === 'draft' && isOwnSource(connector.credentialFrom)
	const cleaned = await clean({ connector, rotating, revoke: request.revoke || isForsaken }, request, ports)
	return ports.store.transaction(async (transaction) => {
		await transaction.workspaces.lock(workspaceId)
		const deleted =
			(await transaction.connectors.delete(workspaceId, connectorId)) ??
			(await transaction.connectors.deleteDraft(workspaceId, connectorId))
		if (!deleted) return fail('request/not-found')
		await transaction.notices.forgetConnector(connectorId)
		await recordChange(request, 'connector.deleted', deleted, transaction)
		const { host } = deleted.site
		for (const name of cleaned.left)
			await recordChange(request, 'connector.password-left', deleted, transaction, { host, name })
		const { revoked, problem } = cleaned
		return ok({ connector: deleted, revoked, ...(problem === undefined ? {} : { problem }) })
	})
}

const tries = 10
const betweenMs = 500

/** A step of a rotation is over in seconds. */
async function claim(connectorId: string, { rotations }: Store): Promise<HeldRotation | 'busy' | undefined> {
	for (let count = 0; count < tries; count += 1) {
		const held = await rotations.claim(connectorId, { leaseMs })
		if (held !== undefined) return held
		if ((await rotations.find(connectorId)) === undefined) return undefined
		await wait(betweenMs)
	}
	return 'busy'
}

type Cleaning = {
	readonly connector: Connector
	readonly rotating: HeldRotation | undefined
	readonly revoke: boolean
}

type Cleaned = Omit<Removed, 'connector'> & { readonly left: readonly string[] }

async function clean(cleaning: Cleaning, request: Request, ports: RemovePorts): Promise<Cleaned> {
	const { connector, rotating, revoke } = cleaning
	if (rotating === undefined && !revoke) return { revoked: 'kept', left: [] }
	const { visitor, signal } = request
	const visited = await visitPasswords(connector, { purpose: 'credential.revoked', visitor }, ports)
	const name = connector.applicationPassword.name ?? connector.account.username
	if (!visited.ok) return failed(cleaning, visited.problem, name)
	const asking = { ...ports, signal }
	const rest = rotating === undefined ? ok([]) : await removeRest(rotating, connector, visited.value, asking)
	if (!rest.ok) return failed(cleaning, rest.problem, name)
	if (!revoke) return { revoked: 'kept', left: [] }
	const { uuid } = connector.applicationPassword
	const { host } = connector.site
	if (uuid === null) return failed(cleaning, fail('rotation/not-possible', { params: { host } }).problem, name)
	const { workspaceId, site, id: exceptId } = connector
	const password = { workspaceId, siteOrigin: site.origin, passwordUuid: uuid }
	const { rotations } = ports.store
	const mayBeShared = !isOwnSource(connector.credentialFrom) && (await rotations.mayBeShared(connector))
	if (mayBeShared || (await rotations.isInUse({ ...password, exceptId })))
		return failed({ ...cleaning, rotating: undefined }, sharedProblem(host), name)
	const { reached, passwords } = visited.value
	const deleted = await passwords.delete(reached, uuid, asking)
	if (!deleted.ok) return failed({ ...cleaning, rotating: undefined }, deleted.problem, name)
	return { revoked: deleted.value === 'deleted' ? 'revoked' : 'gone', left: [] }
}

function sharedProblem(host: string): Problem {
	return fail('connector/password-shared', { params: { host } }).problem
}

/** What of ours stays at the site, by name; a list of ids where the name is not known. */
function failed({ rotating, revoke }: Cleaning, problem: Problem, name: string): Cleaned {
	const { newName = null, phase, oldUuids = [] } = rotating ?? {}
	const rest = phase === 'switched' ? oldUuids : newName === null ? [] : [newName]
	const left = [...rest, ...(revoke ? [name] : [])]
	return revoke ? { revoked: 'failed', problem, left } : { revoked: 'kept', left }
}

/** What a rotation made and the connector does not have yet, or has no more. */
async function removeRest(
	{ newName, newUuid, oldUuids, phase }: HeldRotation,
	{ applicationPassword: { uuid: own }, site, workspaceId }: Connector,
	{ reached, passwords }: Visited,
	ports: RemovePorts & { readonly signal: AbortSignal },
): Promise<Result<unknown>> {
	const uuids = new Set(phase === 'switched' ? oldUuids : newUuid === null ? [] : [newUuid])
	if (phase === 'named') {
		const listed = await passwords.list(reached, ports)
		if (!listed.ok) return listed
		for (const { uuid, name } of listed.value) if (name === newName) uuids.add(uuid)
	}
	for (const uuid of uuids) {
		const password = { workspaceId, siteOrigin: site.origin, passwordUuid: uuid }
		if (uuid === own || (await ports.store.rotations.isInUse(password))) continue
		const deleted = await passwords.delete(reached, uuid, ports)
		if (!deleted.ok) return deleted
	}
	return ok()
}
