import { fail, ok, type Result } from '@postern/vocabulary'
import { sealConnection } from '../../access/seal-connection.ts'
import { actorOf } from '../../store/audit.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { newId } from '../../store/ids.ts'
import type { HeldRotation } from '../../store/rotation/rotation.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { StoreFunctions } from '../../store/store.ts'
import { afterReconnect } from '../after-reconnect.ts'
import { healthOf } from '../connector-facts.ts'
import { madePassword } from '../made-password.ts'
import { recordReconnect } from '../record-reconnect.ts'
import { beginRotation } from '../rotate-connector/rotate-connector.ts'
import { draftLifeMs } from '../verify-site.ts'
import type { FinishPorts, Proven, Return } from './approval-ports.ts'

type Kept = Proven & {
	readonly approval: SiteApproval
	readonly back: Return
	readonly latencyMs: number
	readonly passwordHash: string
}

/**
 * Uses the state up, keeps the connector with its sealed password and begins to rotate it: all of it or nothing. There is never a
 * secret without its owner, nor a connector without its secret, and never two of one approval.
 */
export async function keepApproved(kept: Kept, ports: FinishPorts): Promise<Result<Connector>> {
	const { approval, facts, credential, reach, replaced } = kept
	const { workspaceId } = approval
	const id = replaced?.id ?? newId('con')
	const sealVersion = (replaced?.sealVersion ?? 0) + 1
	const place = { workspaceId, connectorId: id, siteOrigin: facts.site.origin, sealVersion }
	const sealed = await sealConnection({ password: credential.password, reach }, place, ports)
	if (!sealed.ok) return sealed
	const fresh = { ...facts, ...healthOf(facts, ports.now(), kept.latencyMs), ...sealed.value, ...origin, id }
	let begun: HeldRotation | undefined
	const done = await ports.store.transaction(async (store): Promise<Result<Connector>> => {
		await store.workspaces.lock(workspaceId)
		if (!(await store.siteApprovals.use(approval.stateHash, { kind: 'connected', connectorId: id }, kept.passwordHash)))
			return fail('approval/state-used')
		const before = replaced && (await store.connectors.find(workspaceId, id))
		const connector = await write(kept, { ...fresh, facts }, store, ports)
		if (connector === undefined) return fail('request/not-found') // deleted or reconnected by somebody else meanwhile
		await record(kept, connector, store)
		if (before) await afterReconnect(connector, before, store)
		begun = await rotateOnArrival(kept, connector, store, ports)
		return ok(connector)
	})
	if (done.ok && begun !== undefined) ports.goOn(begun)
	return done
}

const origin = { credentialFrom: 'approved', isRotated: false } as const

type Fresh = Parameters<StoreFunctions['connectors']['replaceCredential']>[2] &
	Omit<Parameters<StoreFunctions['connectors']['createDraft']>[0], 'workspaceId' | 'type' | 'createdBy' | 'expiresAt'>

function write(
	{ approval: { workspaceId, type, accountId }, replaced }: Kept,
	fresh: Omit<Fresh, 'health'>,
	{ connectors }: StoreFunctions,
	{ now }: FinishPorts,
): Promise<Connector | undefined> {
	const { id, state, diagnosis, checkedAt, latencyMs } = fresh
	if (replaced)
		return connectors.replaceCredential(workspaceId, id, {
			...fresh,
			health: { state, diagnosis, checkedAt, latencyMs },
		})
	const expiresAt = new Date(now().getTime() + draftLifeMs)
	return connectors.createDraft({ ...fresh, workspaceId, type, createdBy: accountId, expiresAt })
}

async function record(
	{ approval: { workspaceId, site }, back, facts, replaced }: Kept,
	connector: Connector,
	{ audit }: StoreFunctions,
): Promise<void> {
	const entry = {
		workspaceId,
		actor: actorOf(back.session),
		target: { kind: 'connector', id: connector.id, name: replaced?.name ?? site.host },
		requestId: back.requestId,
	}
	await audit.record({ ...entry, event: 'connector.approved', params: { host: site.host } })
	if (replaced) await recordReconnect(entry, { before: replaced, now: connector }, { audit })
	const before = replaced && madePassword(replaced)
	if (before === undefined || isSameUser(facts, replaced)) return
	const params = { host: site.host, name: before.name }
	await audit.record({ ...entry, event: 'connector.password-left', params })
}

/** WordPress removes nobody else's. */
function isSameUser({ account }: Proven['facts'], replaced: Connector | undefined): boolean {
	return account.userId === replaced?.account.userId
}

/** The password before goes with the one that travelled, where it was made for us alone. */
async function rotateOnArrival(
	{ back, facts, replaced }: Kept,
	connector: Connector,
	store: StoreFunctions,
	ports: FinishPorts,
): Promise<HeldRotation | undefined> {
	const before = replaced && isSameUser(facts, replaced) ? madePassword(replaced) : undefined
	const oldUuids = before === undefined ? [] : [before.uuid]
	const held = await beginRotation({ connector, askedBy: actorOf(back.session), oldUuids }, store, ports)
	if (held.ok) return held.value
	// What is under way for this connector sees by itself that the password was replaced. Then a later rotation has to do it.
	await store.rotations.noteFailure(connector.id, held.problem.code)
	return undefined
}
