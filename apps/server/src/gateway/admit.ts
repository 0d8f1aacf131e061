import type { WordPressError } from '@postern/app-passwords'
import type { Principal, SiteFacts } from '@postern/policy'
import { fail, ok, type Problem, type Result } from '@postern/vocabulary'
import { readBasicCredentials } from '@postern/wordpress'
import type { PosternAppPasswords, PosternHeld } from '../store/application-password/application-password.ts'
import type { GatewayConnector, GatewayConnectors } from '../store/connector/gateway-connectors.ts'
import type { Received } from './receive.ts'

/** Who asks, and for which site. */
export type Admitted = {
	readonly held: PosternHeld
	readonly principal: Extract<Principal, { kind: 'caller' }>
	readonly connector: GatewayConnector
	readonly site: SiteFacts
}

export type Admission =
	| { readonly ok: true; readonly value: Admitted }
	/** In WordPress' words: nobody is known by these credentials. */
	| { readonly ok: false; readonly error: WordPressError | undefined }
	| { readonly ok: false; readonly problem: Problem }

export type AdmitPorts = FindPorts & { readonly appPasswords: Pick<PosternAppPasswords, 'authenticate'> }

export type FindPorts = {
	readonly gatewayConnectors: GatewayConnectors
	/** Told of a site of the password's own workspace that it was not given. */
	readonly recordUnreached: (unreached: Pick<Admitted, 'held' | 'connector'>) => void
}

/**
 * Finds out who asks by HTTP Basic, and the connector behind the slug. One that the password does not reach is as unknown as
 * one that never was: `request/not-found`.
 */
export async function admit({ wire, slug, ip, isTls, requestId }: Received, ports: AdmitPorts): Promise<Admission> {
	const credentials = readBasicCredentials(wire.authorization)
	if (credentials.kind !== 'basic') return nobody
	const { userId, password } = credentials
	const outcome = await ports.appPasswords.authenticate({ userId, password, ip, isTls, requestId })
	if (outcome === undefined) return nobody
	if (!outcome.ok) return outcome
	return findSite(slug, outcome.value, ports)
}

const nobody = { ok: false, error: undefined } as const

/** Fails with `request/not-found`. */
export async function findSite(
	slug: string,
	held: PosternHeld,
	{ gatewayConnectors, recordUnreached }: FindPorts,
): Promise<Result<Admitted>> {
	const connector = await gatewayConnectors.findBySlug(slug)
	if (connector === undefined) return fail('request/not-found')
	if (!reaches(held, connector)) {
		if (held.user.workspaceId === connector.workspaceId) recordUnreached({ held, connector })
		return fail('request/not-found')
	}
	return ok({ held, principal: principalOf(held), connector, site: siteFactsOf(connector) })
}

/** Whether requests may go there now. Fails with `connector/paused`, `site-credential/resting`. */
export function mayBeReached({ isPaused, rejectedLogins, site: { host } }: GatewayConnector): Result<void> {
	if (isPaused) return fail('connector/paused')
	return rejectedLogins >= mostRejectedLogins ? fail('site-credential/resting', { params: { host } }) : ok()
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
const principals = new WeakMap<PosternHeld, Admitted['principal']>()
const facts = new WeakMap<GatewayConnector, SiteFacts>()

function principalOf(held: PosternHeld): Admitted['principal'] {
	const known = principals.get(held)
	if (known !== undefined) return known
	const { scopes, connectors } = held.password.grants
	const principal = { kind: 'caller', scopes: new Set(scopes), connectors } as const
	principals.set(held, principal)
	return principal
}

function siteFactsOf(connector: GatewayConnector): SiteFacts {
	const known = facts.get(connector)
	if (known !== undefined) return known
	const { capabilities, account, site } = connector
	const postTypes = new Map(site.postTypes.map(({ restBase, slug }) => [restBase, { name: slug }]))
	const made = { capabilities, userId: account.userId, postTypes }
	facts.set(connector, made)
	return made
}
