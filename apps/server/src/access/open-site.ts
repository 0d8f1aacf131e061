import { fail, ok, type AuditEvent, type Result, type Secret } from '@postern/vocabulary'
import type { Vault } from '@postern/vault'
import { actorOf, type Acting } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Store } from '../store/store.ts'
import { credentialPlace } from './credential-place.ts'

/** Whoever opens a site credential. */
export type Principal =
	| ({ readonly kind: 'member' } & Acting)
	| { readonly kind: 'postern'; readonly purpose: 'health' }

/** Why it is opened, in the words of the audit log. */
type Purpose = Extract<AuditEvent, 'connector.checked' | 'site.read'>

declare const recorded: unique symbol
/** An opening that stands in the audit log. Only `recordOpening` makes one, and `openSiteCredential` takes nothing else. */
export type RecordedOpening = { readonly connector: Connector; readonly [recorded]: true }

export type OpenedSite = { readonly connector: Connector; readonly username: string; readonly password: Secret }

type Ports = { readonly store: Store; readonly vault: Vault }

/** Records that a principal is about to use the site credential of a connector. */
export async function recordOpening(
	opening: { connector: Connector; principal: Principal; purpose: Purpose; requestId: string | null },
	ports: Ports,
): Promise<RecordedOpening> {
	const { connector, principal, purpose, requestId } = opening
	await ports.store.audit.record({
		workspaceId: connector.workspaceId,
		event: purpose,
		actor: principal.kind === 'member' ? actorOf(principal) : { kind: 'postern', id: null, name: principal.purpose },
		target: { kind: 'connector', id: connector.id, name: connector.name },
		params: {},
		requestId,
	})
	return { connector } as RecordedOpening // the brand
}

/**
 * Opens the site credential of a connector. Fails with `request/not-found` when it was deleted, `site-credential/entered-for-other-origin`
 * when the site's origin is not the one it was sealed for, `vault/cannot-open`.
 */
export async function openSiteCredential({ connector }: RecordedOpening, ports: Ports): Promise<Result<OpenedSite>> {
	const { workspaceId, id } = connector
	const row = await ports.store.connectors.findSealed(workspaceId, id)
	if (!row) return fail('request/not-found')
	const siteOrigin = new URL(connector.site.url).origin
	const isSameOrigin = siteOrigin === row.siteOrigin && new URL(connector.site.apiRootUrl).origin === row.siteOrigin
	if (!isSameOrigin) return fail('site-credential/entered-for-other-origin', { params: { host: connector.site.host } })
	const place = credentialPlace({ workspaceId, connectorId: id, siteOrigin, sealVersion: row.sealVersion })
	const password = await ports.vault.unseal(row.sealed, place)
	if (!password.ok) return password
	return ok({ connector, username: row.username, password: password.value })
}
