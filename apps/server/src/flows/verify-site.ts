import { fail, hasRole, ok, type Result, type Role, type Secret, type SiteCredential } from '@postern/vocabulary'
import type { RungEvent } from '@postern/wp-client'
import type { Vault } from '@postern/vault'
import { sealConnection } from '../access/seal-connection.ts'
import type { ConnectorType } from '../connectors/connector-type.ts'
import { proveConnection } from '../connectors/prove-connection.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { Prove } from '../probe/prove.ts'
import { actorOf, type Acting } from '../store/audit.ts'
import type { Connector, ConnectorFacts, ConnectorHealth, CredentialSource } from '../store/connector/connector.ts'
import type { Reach } from '../store/connector/reach.ts'
import { isIdLike, newId } from '../store/ids.ts'
import type { Store } from '../store/store.ts'
import { healthOf } from './connector-facts.ts'
import { afterReconnect } from './after-reconnect.ts'
import { bindReach } from './bind-reach.ts'
import { countAnswering } from './count-answering.ts'
import type { ProbePorts } from './discover-site.ts'
import { isMoved, placeOf } from './is-moved.ts'
import { findOwnPassword } from './own-password.ts'
import { madePassword } from './made-password.ts'
import { keepReach } from './keep-reach.ts'
import { recordReconnect } from './record-reconnect.ts'
import { readTypedReach, type TypedReach } from './read-typed-reach.ts'
import { failWith, type SiteResult } from './site-failure.ts'
import { siteKey } from './site-key.ts'

type Request = {
	readonly actor: Acting
	readonly workspaceId: string
	readonly type: string
	readonly address: string
	/** By the names of the type's fields. */
	readonly typed: Readonly<Record<string, string>>
	readonly typedReach?: TypedReach
	/** Of the actor: whoever reconnects keeps the staging login that is not typed anew. */
	readonly role?: Role
	/** `pasted` unless told. */
	readonly credentialFrom?: CredentialSource
	/** Reconnect this one in place. */
	readonly connectorId?: string | undefined
	readonly requestId: string
	readonly signal: AbortSignal
}

export type VerifyPorts = ProbePorts & {
	readonly store: Store
	readonly vault: Vault
	readonly now: () => Date
	/** Of a stored connection, in a process that goes behind. */
	readonly prove: Prove
}

/** So long a proven connection waits for its name. */
export const draftLifeMs = 15 * 60 * 1000

/**
 * Judges everything that can be judged without a request, so that a slip of the hand costs nothing. Fails with
 * `connector-type/unknown`, `request/json-unknown-key`, `request/type-error`, `site-credential/…`, `request/not-found`,
 * `request/throttled`.
 */
export async function prepareVerification(request: Request, ports: VerifyPorts): Promise<Result<Prepared>> {
	const type = findConnectorType(request.type)
	if (!type.ok) return type
	const { typed, typedReach = {}, ...kept } = request
	const names = new Set(type.value.document.fields.map(({ name }) => name))
	const unknown = Object.keys(typed).find((name) => !names.has(name))
	if (unknown !== undefined) return fail('request/json-unknown-key', { params: { key: unknown.slice(0, 60) } })
	const credential = type.value.readCredential(typed)
	if (!credential.ok) return credential
	if (await isOwn(credential.value.password, ports)) return fail('site-credential/own')
	const { workspaceId, connectorId } = request
	const mayExist = connectorId !== undefined && isIdLike(connectorId)
	const replaced = mayExist ? await ports.store.connectors.find(workspaceId, connectorId) : undefined
	if (connectorId !== undefined && replaced?.type !== request.type) return fail('request/not-found')
	const typedWay = readTypedReach(typedReach, type.value.document)
	if (!typedWay.ok) return typedWay
	const allowed = isRow(request)
		? ports.limit.takeRow(callerOf(request), siteKey(request.address))
		: ports.limit.take(callerOf(request))
	if (!allowed.ok) return allowed
	const reach = await reachOf(request, { typed: typedReach, reach: typedWay.value, replaced }, ports)
	if (!reach.ok) return reach
	return ok({ request: kept, type: type.value, credential: credential.value, reach: reach.value, replaced })
}

type Asking = Pick<Request, 'actor' | 'workspaceId' | 'address' | 'credentialFrom'>

/** Whether it is one of a list. */
function isRow({ credentialFrom }: Asking): boolean {
	return credentialFrom === 'imported'
}

function callerOf({ actor: { accountId }, workspaceId }: Asking) {
	return { accountId, workspaceId }
}

type Way = { readonly typed: TypedReach; readonly reach: Reach; readonly replaced: Connector | undefined }

async function reachOf(
	{ address, actor, role, requestId }: Request,
	{ typed, reach, replaced }: Way,
	ports: VerifyPorts,
): Promise<Result<Reach>> {
	if (replaced === undefined) return ok(reach)
	const by = role === undefined ? undefined : { actor, role }
	return keepReach(reach, { connector: replaced, address, typed, by, requestId }, ports)
}

async function isOwn(password: Secret, ports: VerifyPorts): Promise<boolean> {
	return (await findOwnPassword(password, ports)) !== undefined
}

type Prepared = {
	readonly request: Omit<Request, 'typed' | 'typedReach'>
	readonly type: ConnectorType
	readonly credential: SiteCredential
	readonly reach: Reach
	readonly replaced: Connector | undefined
}

/**
 * *Authorize*: finds the site, proves the credential there, seals it. Success gives a draft connector, unlisted and deleted
 * after 15 minutes unless it is saved, or the reconnected one. A row of a list waits for its turn, and fails with
 * `request/throttled` where its address leads to a site that others led to before.
 */
export async function verifySite(
	prepared: Prepared,
	onRung: (event: RungEvent) => void,
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const { request, type } = prepared
	if (!isRow(request)) return verifyNow(prepared, onRung, ports)
	const { limit } = ports
	const caller = callerOf(request)
	const end = await limit.turn(caller, siteKey(request.address), request.signal)
	try {
		const counting = countAnswering({ type, address: request.address }, (site) => limit.takeRow(caller, site))
		return await verifyNow({ ...prepared, type: counting }, onRung, ports)
	} finally {
		end()
	}
}

async function verifyNow(
	prepared: Prepared,
	onRung: (event: RungEvent) => void,
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const startedAt = performance.now()
	const { type, credential, reach, request } = prepared
	const claim = { type, credential, reach, address: request.address }
	const proven = await proveConnection(claim, { ...ports, onRung, signal: request.signal })
	if (!proven.ok) {
		if (proven.diagnosis.code !== 'request/throttled') await recordFailure(prepared, proven.diagnosis.code, ports)
		return failWith(proven)
	}
	const facts = proven.value
	return keep(prepared, { facts, health: healthOf(facts, ports.now(), performance.now() - startedAt) }, ports)
}

type Kept = { readonly facts: ConnectorFacts; readonly health: ConnectorHealth }

/** Seals and writes in one step: there is never a connector without its secret, nor a secret without its connector. */
async function keep(prepared: Prepared, { facts, health }: Kept, ports: VerifyPorts): Promise<SiteResult<Connector>> {
	const { request, credential, reach, replaced } = prepared
	const { workspaceId, credentialFrom = 'pasted' } = request
	const movedFrom = replaced && isMoved(replaced.site.url, facts.site.url) ? replaced : undefined
	const allowed = movedFrom ? mayMove(request, movedFrom) : ok()
	if (!allowed.ok) return allowed
	const id = replaced?.id ?? newId('con')
	const sealVersion = (replaced?.sealVersion ?? 0) + 1
	const place = { workspaceId, connectorId: id, siteOrigin: facts.site.origin, sealVersion }
	const bound = bindReach({ reach, address: request.address, siteOrigin: facts.site.origin }, ports)
	const sealed = await sealConnection({ password: credential.password, reach: bound }, place, ports)
	if (!sealed.ok) return sealed
	const origin = { credentialFrom, isRotated: credentialFrom !== 'approved' }
	return ports.store.transaction(async (store) => {
		await store.workspaces.lock(workspaceId)
		const before = replaced && (await store.connectors.find(workspaceId, id))
		const connector = replaced
			? await store.connectors.replaceCredential(workspaceId, id, { facts, health, ...origin, ...sealed.value })
			: await store.connectors.createDraft({
					...facts,
					...health,
					...origin,
					...sealed.value,
					id,
					workspaceId,
					type: request.type,
					createdBy: request.actor.accountId,
					expiresAt: new Date(ports.now().getTime() + draftLifeMs),
				})
		if (!connector) return fail('request/not-found') // deleted or reconnected by somebody else meanwhile
		if (before) await afterReconnect(connector, before, store)
		const { host } = facts.site
		const entry = {
			workspaceId,
			actor: actorOf(request.actor),
			target: { kind: 'connector', id, name: replaced?.name ?? host },
			requestId: request.requestId,
		}
		if (before) await recordReconnect(entry, { before, now: connector }, store)
		else await store.audit.record({ ...entry, event: 'connector.verified', params: { host } })
		if (movedFrom) {
			const moved = { from: placeOf(movedFrom.site.url), to: placeOf(facts.site.url) }
			await store.audit.record({ ...entry, event: 'connector.moved', params: moved })
		}
		const params = replaced && leftBehind(replaced, facts)
		if (params !== undefined) await store.audit.record({ ...entry, event: 'connector.password-left', params })
		return ok(connector)
	})
}

/**
 * What others send through their passwords goes to another site from then on: that is no editor's to decide, nor an
 * application's.
 */
function mayMove({ role, actor }: Prepared['request'], { site: { host } }: Connector): Result<void> {
	if (actor.withPassword !== undefined) return fail('site-credential/entered-for-other-origin', { params: { host } })
	const isAdmin = role !== undefined && hasRole(role, 'admin')
	return isAdmin ? ok() : fail('role/insufficient', { params: { needed: 'admin' } })
}

/** What was made for us, still worked when it was last looked at, and is nobody's now. */
function leftBehind(replaced: Connector, { applicationPassword }: ConnectorFacts) {
	const before = madePassword(replaced)
	const isRefused = replaced.diagnosis?.code.startsWith('site-credential/') === true
	if (before === undefined || isRefused || before.uuid === applicationPassword.uuid) return undefined
	return { host: replaced.site.host, name: before.name }
}

async function recordFailure({ request, replaced }: Prepared, code: string, ports: VerifyPorts): Promise<void> {
	await ports.store.audit.record({
		workspaceId: request.workspaceId,
		event: 'connector.verification-failed',
		actor: actorOf(request.actor),
		target: replaced ? { kind: 'connector', id: replaced.id, name: replaced.name } : null,
		params: { host: code === 'address/malformed' ? '–' : hostTyped(request.address), code },
		requestId: request.requestId,
	})
}

/** The host alone: whatever else was pasted into the field stays out of the log. */
function hostTyped(address: string): string {
	const text = address.trim()
	const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
	return url === null || url.username !== '' ? '–' : url.host.slice(0, 253)
}
