import type { MaybePromise, Outcome, WordPressError } from '@postern/app-passwords'
import type { Principal, RestRequest, SiteFacts } from '@postern/policy'
import { fail, ok, type Problem, type Result } from '@postern/vocabulary'
import { readBasicCredentials } from '@postern/wordpress'
import type { PosternAppPasswords, PosternHeld } from '../store/application-password/application-password.ts'
import { type AuditActor, actorOf } from '../store/audit/audit-entry.ts'
import { hasGateway } from '../connectors/registry.ts'
import type { GatewayConnector, GatewayConnectors } from '../store/connector/gateway-connectors.ts'
import { andThen } from '../store/maybe-promise.ts'
import type { Received } from './receive.ts'

/** Who asks, and for which site. */
export type Admitted = {
	readonly held: PosternHeld
	readonly principal: Extract<Principal, { kind: 'caller' }>
	readonly connector: GatewayConnector
	readonly site: SiteFacts
	/** As the record names them. */
	readonly actor: AuditActor
	readonly password: { readonly uuid: string; readonly name: string }
}

export type Admission =
	| { readonly ok: true; readonly value: Admitted }
	/** In WordPress' words: nobody is known by these credentials. */
	| { readonly ok: false; readonly error: WordPressError | undefined }
	| { readonly ok: false; readonly problem: Problem }

export type AdmitPorts = {
	readonly appPasswords: Pick<PosternAppPasswords, 'authenticate'>
	readonly gatewayConnectors: GatewayConnectors
	readonly recordUnreached: (unreached: Unreached, received: Received) => void
}

export type FindPorts = {
	readonly gatewayConnectors: GatewayConnectors
	/** Told of a site of the password's own workspace that it was not given. */
	readonly recordUnreached: (unreached: Unreached) => void
}

export type Unreached = Pick<Admitted, 'held' | 'connector'>

/**
 * Finds out who asks by HTTP Basic, and the connector behind the slug. One that the password does not reach is as unknown as
 * one that never was: `request/not-found`.
 */
export function admit(received: Received, ports: AdmitPorts): MaybePromise<Admission> {
	const { wire, ip, isTls, requestId } = received
	const credentials = readBasicCredentials(wire.authorization)
	if (credentials.kind !== 'basic') return nobody
	const { userId, password } = credentials
	const authenticated = ports.appPasswords.authenticate({ userId, password, ip, isTls, requestId })
	return andThen(authenticated, (outcome) => admitHeld(outcome, received, ports))
}

/** Takes the other items of a batch from the requests of a minute: each is one, and the first came in with the batch. */
export async function admitItems(
	{ body }: RestRequest,
	received: Received,
	ports: AdmitPorts,
): Promise<Exclude<Admission, { ok: true }> | undefined> {
	const others = body.kind === 'batch' ? body.requests.length - 1 : 0
	for (let count = 0; count < others; count += 1) {
		const admission = await admit(received, ports)
		if (!admission.ok) return admission
	}
	return undefined
}

function admitHeld(
	outcome: Outcome<PosternHeld> | undefined,
	received: Received,
	{ gatewayConnectors, recordUnreached }: AdmitPorts,
): MaybePromise<Admission> {
	if (outcome === undefined) return nobody
	if (!outcome.ok) return outcome
	return findSite(received.slug, outcome.value, {
		gatewayConnectors,
		recordUnreached: (unreached) => recordUnreached(unreached, received),
	})
}

const nobody = { ok: false, error: undefined } as const

/** Fails with `request/not-found`. */
export function findSite(
	slug: string,
	held: PosternHeld,
	{ gatewayConnectors, recordUnreached }: FindPorts,
): MaybePromise<Result<Admitted>> {
	return andThen(gatewayConnectors.findBySlug(slug), (connector) => {
		if (connector === undefined || !hasGateway(connector.type)) return fail('request/not-found')
		if (!reaches(held, connector)) {
			if (held.user.workspaceId === connector.workspaceId) recordUnreached({ held, connector })
			return fail('request/not-found')
		}
		return ok(admittedBy(held, connector))
	})
}

/** Whether requests may go there now. Fails with `connector/paused`, `site-credential/resting`. */
export function mayBeReached({ isPaused, rejectedLogins, site: { host } }: GatewayConnector): Result<void> {
	if (isPaused) return fail('connector/paused')
	return rejectedLogins >= mostRejectedLogins ? fail('site-credential/resting', { params: { host } }) : ok()
}

/** Whether it is REST that its site is reached over. Fails with `gateway/xml-rpc-only`. */
export function mustSpeakRest({ reach, site: { host } }: GatewayConnector): Result<void> {
	return reach.transport === 'rest' ? ok() : fail('gateway/xml-rpc-only', { params: { host } })
}

/** After so many the credential is not sent again: the site would lock its account out. */
const mostRejectedLogins = 3

export function reaches(
	{ user, password }: PosternHeld,
	connector: Pick<GatewayConnector, 'id' | 'workspaceId'>,
): boolean {
	const { connectors } = password.grants
	return user.workspaceId === connector.workspaceId && (connectors === 'all' || connectors.includes(connector.id))
}

// A look-up gives the same object for as long as nothing was changed; so does what is made of it.
const latest = new WeakMap<PosternHeld, Admitted>()
const facts = new WeakMap<GatewayConnector, SiteFacts>()

/** The same for one password and one site after the other: most passwords ask for one only. */
function admittedBy(held: PosternHeld, connector: GatewayConnector): Admitted {
	const known = latest.get(held)
	if (known?.connector === connector) return known
	const admitted = makeAdmitted(held, connector, known?.principal)
	latest.set(held, admitted)
	return admitted
}

function makeAdmitted(
	held: PosternHeld,
	connector: GatewayConnector,
	principal: Admitted['principal'] | undefined,
): Admitted {
	const { scopes, connectors } = held.password.grants
	return {
		held,
		principal: principal ?? { kind: 'caller', scopes: new Set(scopes), connectors },
		connector,
		site: siteFactsOf(connector),
		...recordedNames(held),
	}
}

export function recordedNames({ user, password: { uuid, name } }: PosternHeld): Pick<Admitted, 'actor' | 'password'> {
	const password = { uuid, name }
	return { actor: actorOf({ accountId: user.accountId, username: user.login, withPassword: password }), password }
}

function siteFactsOf(connector: GatewayConnector): SiteFacts {
	const known = facts.get(connector)
	if (known !== undefined) return known
	const { capabilities, account, site } = connector
	const postTypes = new Map(site.postTypes.map(({ restBase, slug }) => [restBase, { name: slug }]))
	const taxonomies = new Map(site.taxonomies.map(({ restBase, slug }) => [restBase, { name: slug }]))
	const made = { capabilities, userId: account.userId, postTypes, taxonomies }
	facts.set(connector, made)
	return made
}
