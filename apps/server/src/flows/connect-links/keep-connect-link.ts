import { fail, hasRole, ok, type Result, type Role, type Secret } from '@postern/vocabulary'
import { parseSiteAddress } from '@postern/wordpress'
import type { Accounts, Visit } from '../../accounts/accounts.ts'
import { hashToken, newOneTimeToken } from '../../accounts/one-time-token.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import { actorOf, type Acting } from '../../store/audit.ts'
import type { ConnectLink } from '../../store/connect-links.ts'
import { isIdLike } from '../../store/ids.ts'
import type { Store, StoreFunctions } from '../../store/store.ts'

const lifeMs = 7 * 86_400_000
const mostOpen = 100

export type LinkPorts = {
	readonly store: Store
	/** Ours, for the link. */
	readonly origin: string
	readonly ownOrigins: readonly string[]
	readonly extraPorts?: readonly number[] | undefined
	readonly now: () => Date
}

type LinkChange = { readonly workspaceId: string; readonly actor: Acting; readonly requestId: string }

/** A site that is new here, or a connector that is to be reconnected. */
export type LinkedSite = { readonly type: string; readonly address: string } | { readonly connectorId: string }

/**
 * Makes a link by which the owner of one site connects it. Fails with `address/…`, `connector-type/unknown`,
 * `connect-link/limit`, `request/not-found` for the connector.
 */
export async function createConnectLink(
	{ workspaceId, actor, requestId, ...wanted }: LinkChange & LinkedSite,
	ports: LinkPorts,
): Promise<Result<{ readonly link: ConnectLink; readonly address: string }>> {
	const target = await readTarget(workspaceId, wanted, ports)
	if (!target.ok) return target
	const { token, tokenHash } = newOneTimeToken()
	const expiresAt = new Date(ports.now().getTime() + lifeMs)
	return ports.store.transaction(async (store) => {
		await store.workspaces.lock(workspaceId) // or two may find the same room
		if ((await store.connectLinks.listOpen(workspaceId)).length >= mostOpen)
			return fail('connect-link/limit', { params: { limit: mostOpen } })
		const createdBy = actor.accountId
		const link = await store.connectLinks.create({ ...target.value, workspaceId, tokenHash, createdBy, expiresAt })
		await record({ workspaceId, actor, requestId }, 'connect-link.created', link, store)
		return ok({ link, address: `${ports.origin}/connect#${token.reveal()}` })
	})
}

type Target = Pick<ConnectLink, 'type' | 'address' | 'host' | 'connectorId'>

async function readTarget(workspaceId: string, wanted: LinkedSite, ports: LinkPorts): Promise<Result<Target>> {
	if ('connectorId' in wanted) {
		const { connectorId } = wanted
		const connector = isIdLike(connectorId) ? await ports.store.connectors.find(workspaceId, connectorId) : undefined
		if (connector === undefined) return fail('request/not-found')
		return ok({ type: connector.type, address: connector.site.url, host: connector.site.host, connectorId })
	}
	const type = findConnectorType(wanted.type)
	if (!type.ok) return type
	const read = parseSiteAddress(wanted.address, { ownOrigins: ports.ownOrigins, extraPorts: ports.extraPorts ?? [] })
	if (!read.ok) return read
	const { url, unicodeHost, isMixedScript, asciiHost } = read.value
	// Without a scheme that was typed, as it was typed: the site is asked over both.
	const address = read.value.typedScheme === undefined ? url.href.replace(/^https:\/\//, '') : url.href
	const port = url.port === '' ? '' : `:${url.port}`
	return ok({ type: wanted.type, address, host: (isMixedScript ? asciiHost : unicodeHost) + port, connectorId: null })
}

/** The links that somebody can still use. */
export async function listConnectLinks(workspaceId: string, store: Store): Promise<readonly ConnectLink[]> {
	const roleOf = new Map((await store.members.list(workspaceId)).map(({ accountId, role }) => [accountId, role]))
	const open = await store.connectLinks.listOpen(workspaceId)
	return open.filter(({ createdBy }) => mayConnect(roleOf.get(createdBy)))
}

/** Fails with `request/not-found`. */
export function revokeConnectLink(
	change: LinkChange & { readonly linkId: string },
	{ store }: Pick<LinkPorts, 'store'>,
): Promise<Result<void>> {
	return store.transaction(async (transaction) => {
		const revoked = await transaction.connectLinks.revoke(change.workspaceId, change.linkId)
		if (!revoked) return fail('request/not-found')
		await record(change, 'connect-link.revoked', revoked, transaction)
		return ok()
	})
}

type FindPorts = { readonly accounts: Pick<Accounts, 'admitTokenCheck'>; readonly store: Store }

/** Finds an open link by its token. Fails with `connect-link/invalid` or `account/throttled`. */
export async function findConnectLink(
	visit: Visit,
	token: Secret,
	{ accounts, store }: FindPorts,
): Promise<Result<ConnectLink>> {
	const check = accounts.admitTokenCheck(visit)
	if (!check.ok) return check
	const link = await store.connectLinks.findOpen(hashToken(token))
	if (!link || !(await isStillGiven(link, store))) return fail('connect-link/invalid')
	check.value.succeeded()
	return ok(link)
}

/** A link ends with the power of whoever made it. */
export async function isStillGiven({ workspaceId, createdBy }: ConnectLink, store: StoreFunctions): Promise<boolean> {
	return mayConnect((await store.members.findByAccount(workspaceId, createdBy))?.role)
}

function mayConnect(role: Role | undefined): boolean {
	return role !== undefined && hasRole(role, 'editor')
}

async function record(
	{ workspaceId, actor, requestId }: LinkChange,
	event: 'connect-link.created' | 'connect-link.revoked',
	{ id, host }: ConnectLink,
	{ audit }: StoreFunctions,
): Promise<void> {
	const target = { kind: 'connect-link', id, name: host }
	await audit.record({ workspaceId, event, actor: actorOf(actor), target, params: { host }, requestId })
}
