import { fail, ok, type Result } from '@postern/vocabulary'
import {
	createRequestBudget,
	type DiscoveredSite,
	type RungEvent,
	type SiteCredential,
	type VerifiedAccount,
} from '@postern/wp-client'
import type { Vault } from '@postern/vault'
import { credentialPlace } from '../access/credential-place.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { ConnectorType } from '../connectors/connector-type.ts'
import { actorOf, type Acting } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import { isIdLike, newId } from '../store/ids.ts'
import type { Store } from '../store/store.ts'
import { factsOf, healthOf } from './connector-facts.ts'
import type { ProbePorts } from './discover-site.ts'
import { findOwnPassword } from './own-password.ts'
import { failWith, type SiteResult } from './site-failure.ts'

type Request = {
	readonly actor: Acting
	readonly workspaceId: string
	readonly type: string
	readonly address: string
	readonly username: string
	readonly applicationPassword: string
	/** Reconnect this one in place. */
	readonly connectorId?: string | undefined
	readonly requestId: string
	readonly signal: AbortSignal
}

export type VerifyPorts = ProbePorts & { readonly store: Store; readonly vault: Vault; readonly now: () => Date }

const draftLifeMs = 15 * 60 * 1000

/** Judges everything that can be judged without a request, so that a slip of the hand costs nothing. */
export async function prepareVerification(request: Request, ports: VerifyPorts): Promise<Result<Prepared>> {
	const type = findConnectorType(request.type)
	if (!type.ok) return type
	const typed = { username: request.username, password: request.applicationPassword }
	const credential = type.value.readCredential(typed)
	if (!credential.ok) return credential
	if ((await findOwnPassword(credential.value.password, ports)) !== undefined) return fail('site-credential/own')
	const { workspaceId, connectorId } = request
	const mayExist = connectorId !== undefined && isIdLike(connectorId)
	const replaced = mayExist ? await ports.store.connectors.find(workspaceId, connectorId) : undefined
	if (connectorId !== undefined && !replaced) return fail('request/not-found')
	const allowed = ports.limit.take({ accountId: request.actor.accountId, workspaceId })
	if (!allowed.ok) return allowed
	const { applicationPassword: _typed, ...kept } = request
	return ok({ request: kept, type: type.value, credential: credential.value, replaced })
}

type Prepared = {
	readonly request: Omit<Request, 'applicationPassword'>
	readonly type: ConnectorType
	readonly credential: SiteCredential
	readonly replaced: Connector | undefined
}

/**
 * *Authorize*: discovers the site, proves the credential there, seals it. Success gives a draft connector, unlisted and
 * deleted after 15 minutes unless it is saved, or the reconnected one.
 */
export async function verifySite(
	prepared: Prepared,
	onRung: (event: RungEvent) => void,
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const startedAt = performance.now()
	const proven = await proveCredential(prepared, onRung, ports)
	if (!proven.ok) {
		await recordFailure(prepared, proven.problem.code, ports)
		return proven
	}
	const { site, account } = proven.value
	const facts = factsOf(site, account)
	const health = healthOf(account, ports.now(), performance.now() - startedAt)
	return keep(prepared, { facts, health }, ports)
}

async function proveCredential(
	{ request, type, credential }: Prepared,
	onRung: (event: RungEvent) => void,
	ports: VerifyPorts,
): Promise<SiteResult<{ site: DiscoveredSite; account: VerifiedAccount }>> {
	const probe = { ...ports, onRung, signal: request.signal, budget: createRequestBudget() }
	const found = await type.discover(request.address, probe)
	if (!found.ok) return failWith(found.diagnosis, found.site)
	const verified = await type.verify(found.value, credential, probe)
	if (!verified.ok) return failWith(verified.diagnosis, found.value)
	return ok({ site: found.value, account: verified.value })
}

type Kept = { readonly facts: ReturnType<typeof factsOf>; readonly health: ReturnType<typeof healthOf> }

/** Seals and writes in one step: there is never a connector without its secret, nor a secret without its connector. */
async function keep(prepared: Prepared, { facts, health }: Kept, ports: VerifyPorts): Promise<SiteResult<Connector>> {
	const { request, replaced } = prepared
	const { workspaceId } = request
	const id = replaced?.id ?? newId('con')
	const sealVersion = (replaced?.sealVersion ?? 0) + 1
	const place = credentialPlace({ workspaceId, connectorId: id, siteOrigin: facts.site.origin, sealVersion })
	const sealed = await ports.vault.seal(prepared.credential.password, place)
	if (!sealed.ok) return sealed
	return ports.store.transaction(async (store) => {
		const connector = replaced
			? await store.connectors.replaceCredential(workspaceId, id, { facts, health, sealed: sealed.value, sealVersion })
			: await store.connectors.createDraft({
					...facts,
					...health,
					id,
					workspaceId,
					type: request.type,
					createdBy: request.actor.accountId,
					expiresAt: new Date(ports.now().getTime() + draftLifeMs),
					sealed: sealed.value,
					sealVersion,
				})
		if (!connector) return fail('request/not-found') // deleted or reconnected by somebody else meanwhile
		await store.audit.record({
			workspaceId,
			event: replaced ? 'connector.reconnected' : 'connector.verified',
			actor: actorOf(request.actor),
			target: { kind: 'connector', id, name: replaced?.name ?? facts.site.host },
			params: replaced ? {} : { host: facts.site.host },
			requestId: request.requestId,
		})
		return ok(connector)
	})
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
