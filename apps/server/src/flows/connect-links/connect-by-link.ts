import { fail, ok, type Result, type Secret, type SiteCredential } from '@postern/vocabulary'
import type { RungEvent } from '@postern/wp-client'
import { hashToken } from '../../accounts/one-time-token.ts'
import { sealConnection } from '../../access/seal-connection.ts'
import type { ConnectorType } from '../../connectors/connector-type.ts'
import { proveConnection } from '../../connectors/prove-connection.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { Connector, ConnectorFacts, ConnectorHealth } from '../../store/connector/connector.ts'
import type { Reach } from '../../store/connector/reach.ts'
import { newId } from '../../store/ids.ts'
import type { StoreFunctions } from '../../store/store.ts'
import { afterReconnect } from '../after-reconnect.ts'
import { healthOf } from '../connector-facts.ts'
import { firstCheck } from '../next-check.ts'
import { findOwnPassword } from '../own-password.ts'
import { readTypedReach } from '../read-typed-reach.ts'
import { visitor } from '../record-account-event.ts'
import { failWith, type SiteResult } from '../site-failure.ts'
import type { VerifyPorts } from '../verify-site.ts'
import { tellWebhooks } from '../webhooks/tell-webhooks.ts'
import type { ByLink } from './discover-by-link.ts'
import { isStillGiven } from './keep-connect-link.ts'
import { nameFor } from './name-for.ts'
import { reachOfLink } from './reach-of-link.ts'
import { isMoved } from '../is-moved.ts'

type Request = ByLink & { readonly token: Secret; readonly typed: Readonly<Record<string, string>> }

export type PreparedByLink = {
	readonly request: Omit<Request, 'typed' | 'typedReach'>
	readonly type: ConnectorType
	readonly credential: SiteCredential
	readonly reach: Reach
	readonly replaced: Connector | undefined
}

/**
 * Judges everything that can be judged without a request. The site is the link's: an address is not taken. Fails with
 * `request/json-unknown-key`, `site-credential/…`, `edge/login-malformed`, `connect-link/invalid`, `request/throttled`.
 */
export async function prepareByLink(
	{ typed, typedReach, ...request }: Request,
	ports: VerifyPorts,
): Promise<Result<PreparedByLink>> {
	const { link } = request
	const { workspaceId, connectorId } = link
	const type = findConnectorType(link.type)
	if (!type.ok) return fail('connect-link/invalid')
	const fields = type.value.document.fields.filter(({ kind }) => kind !== 'address')
	const unknown = Object.keys(typed).find((key) => !fields.some(({ name }) => name === key))
	if (unknown !== undefined) return fail('request/json-unknown-key', { params: { key: unknown.slice(0, 60) } })
	const credential = type.value.readCredential(typed)
	if (!credential.ok) return credential
	if (await findOwnPassword(credential.value.password, ports)) return fail('site-credential/own')
	const reach = readTypedReach(await reachOfLink(link, typedReach, ports), type.value.document)
	if (!reach.ok) return reach
	const replaced = connectorId === null ? undefined : await ports.store.connectors.find(workspaceId, connectorId)
	if (connectorId !== null && !replaced) return fail('connect-link/invalid')
	const allowed = ports.limit.take({ accountId: link.id, workspaceId })
	if (!allowed.ok) return allowed
	return ok({ request, type: type.value, credential: credential.value, reach: reach.value, replaced })
}

/** Proves the credential at the link's site, seals and lists it, and uses the link up: all of that or nothing. */
export async function connectByLink(
	prepared: PreparedByLink,
	onRung: (event: RungEvent) => void,
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const startedAt = performance.now()
	const { type, credential, reach, replaced, request } = prepared
	const { link, signal } = request
	const claim = { type, credential, reach, address: link.address, origin: replaced?.site.origin }
	const proven = await proveConnection(claim, { ...ports, onRung, signal })
	if (!proven.ok) {
		await ports.store.audit.record({
			...entryOf(prepared),
			event: 'connector.verification-failed',
			target: replaced ? { kind: 'connector', id: replaced.id, name: replaced.name } : null,
			params: { host: link.host, code: proven.diagnosis.code },
		})
		return failWith(proven)
	}
	if (replaced && isMoved(replaced.site.url, proven.value.site.url))
		return fail('site-credential/entered-for-other-origin', { params: { host: replaced.site.host } })
	const health = healthOf(proven.value, ports.now(), performance.now() - startedAt)
	return keep(prepared, { facts: proven.value, health }, ports)
}

type Kept = { readonly facts: ConnectorFacts; readonly health: ConnectorHealth }

async function keep(prepared: PreparedByLink, kept: Kept, ports: VerifyPorts): Promise<Result<Connector>> {
	const { request, credential, reach, replaced } = prepared
	const { workspaceId } = request.link
	const id = replaced?.id ?? newId('con')
	const sealVersion = (replaced?.sealVersion ?? 0) + 1
	const place = { workspaceId, connectorId: id, siteOrigin: kept.facts.site.origin, sealVersion }
	const sealed = await sealConnection({ password: credential.password, reach }, place, ports)
	if (!sealed.ok) return sealed
	const origin = { credentialFrom: 'link', isRotated: true } as const
	return ports.store.transaction(async (store) => {
		const link = await store.connectLinks.use(hashToken(request.token))
		if (!link || !(await isStillGiven(link, store))) return fail('connect-link/invalid')
		const written = { ...origin, ...sealed.value }
		const connector = replaced
			? await store.connectors.replaceCredential(workspaceId, id, { ...kept, ...written })
			: await list({ ...kept.facts, ...kept.health, ...written, id }, prepared, store, ports)
		if (!connector) return fail('connect-link/invalid') // deleted or reconnected by a member meanwhile
		await tell(prepared, connector, store)
		return ok(connector)
	})
}

/** Born and named at once: nobody is here to name it. */
async function list(
	fresh: Omit<
		Parameters<StoreFunctions['connectors']['createDraft']>[0],
		'workspaceId' | 'type' | 'createdBy' | 'expiresAt'
	>,
	{ request: { link } }: PreparedByLink,
	{ connectors }: StoreFunctions,
	{ now }: VerifyPorts,
): Promise<Connector | undefined> {
	const { workspaceId, type, createdBy } = link
	const expiresAt = new Date(now().getTime() + 60_000)
	await connectors.createDraft({ ...fresh, workspaceId, type, createdBy, expiresAt })
	return connectors.save(workspaceId, fresh.id, await nameFor(fresh.site, workspaceId, connectors))
}

async function tell(prepared: PreparedByLink, connector: Connector, store: StoreFunctions): Promise<void> {
	const { replaced, request } = prepared
	const { workspaceId, createdBy } = request.link
	const { id: connectorId, name } = connector
	await store.audit.record({
		...entryOf(prepared),
		event: 'connector.connected-by-link',
		target: { kind: 'connector', id: connectorId, name },
		params: {},
	})
	if (replaced) await afterReconnect(connector, replaced, store)
	else {
		await store.jobs.enqueue(firstCheck(connector))
		await tellWebhooks('connector.connected', connector, store)
	}
	const member = await store.members.findByAccount(workspaceId, createdBy)
	if (member === undefined) return
	const notice = { kind: 'connector-connected-by-link', workspaceId, connectorId, name, params: {} } as const
	await store.notices.giveOfConnectorTo(member.id, notice)
}

function entryOf({ request: { link, requestId } }: PreparedByLink) {
	return { workspaceId: link.workspaceId, actor: visitor, requestId }
}
