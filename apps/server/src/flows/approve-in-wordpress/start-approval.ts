import { fail, ok } from '@postern/vocabulary'
import { writeApprovalUrl } from '@postern/wordpress'
import { newOneTimeToken } from '../../accounts/one-time-token.ts'
import type { FoundSite } from '../../connectors/connector-type.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { Acting } from '../../store/audit.ts'
import { isIdLike } from '../../store/ids.ts'
import { discoverSite } from '../discover-site.ts'
import { readTypedReach } from '../read-typed-reach.ts'
import { newPasswordName } from '../rotate-connector/password-name.ts'
import type { SiteResult } from '../site-failure.ts'
import type { VerifyPorts } from '../verify-site.ts'
import { hashSession } from './approval-state.ts'
import { noWayBack, type NoReturn } from './way-back.ts'
import { isMoved } from '../is-moved.ts'

const lifeMs = 10 * 60 * 1000

type Request = {
	readonly actor: Acting & { readonly sessionId: string }
	readonly workspaceId: string
	readonly type: string
	readonly address: string
	/** Reconnect this one in place. */
	readonly connectorId?: string | undefined
	readonly certificatePin?: string | undefined
	/** Ours, as the browser has it open: the way back leads to the same one, because its session is there. */
	readonly origin: string
	readonly requestId: string
	readonly signal: AbortSignal
}

export type Approval = {
	/** To be opened by the person. */
	readonly approveUrl: string
	/** Whether they come back by themselves. */
	readonly returns: boolean
	readonly why: NoReturn | 'login-hidden' | ''
	readonly appName: string
	readonly expiresAt: Date
	readonly site: FoundSite['document']
}

/**
 * Looks at the site anew and says where its owner approves of us. Fails as `discoverSite` does, with `approval/not-offered` where
 * the site has no such page, with `request/not-found` and `site-credential/entered-for-other-origin` for a connector.
 */
export async function startApproval(request: Request, ports: VerifyPorts): Promise<SiteResult<Approval>> {
	const { workspaceId, connectorId, origin, actor, signal } = request
	const type = findConnectorType(request.type)
	if (!type.ok) return type
	const mayExist = connectorId !== undefined && isIdLike(connectorId)
	const replaced = mayExist ? await ports.store.connectors.find(workspaceId, connectorId) : undefined
	if (connectorId !== undefined && replaced?.type !== request.type) return fail('request/not-found')
	const reach = readTypedReach({ certificatePin: request.certificatePin }, type.value.document)
	if (!reach.ok) return reach
	const certificatePin = request.certificatePin === undefined ? replaced?.certificatePin : reach.value.pin
	const look = { ...request, certificatePin: certificatePin ?? undefined }
	const found = await discoverSite({ ...look, accountId: actor.accountId }, ports)
	if (!found.ok) return found
	const { document: site, approval } = found.value
	const { host } = site
	if (!type.value.document.can.approve || approval === undefined)
		return fail('approval/not-offered', { params: { host } })
	if (replaced && (new URL(site.url).origin !== replaced.site.origin || isMoved(replaced.site.url, site.url)))
		return fail('site-credential/entered-for-other-origin', { params: { host: replaced.site.host } })
	const workspace = await ports.store.workspaces.find(workspaceId)
	const appName = newPasswordName({ workspace: workspace?.name ?? '', origin, now: ports.now() })
	const no = noWayBack(origin, site)
	const expiresAt = new Date(ports.now().getTime() + lifeMs)
	const back = no === undefined ? await keep(look, { found: { ...approval, host }, appName, expiresAt }, ports) : {}
	const approveUrl = writeApprovalUrl(approval.endpoint, {
		appName,
		appId: await ports.store.installation.getAppId(),
		...back,
	})
	const isHidden = no === undefined && (await isLoginHidden(approval.endpoint, signal, ports))
	const why = no ?? (isHidden ? 'login-hidden' : '')
	return ok({ approveUrl, returns: no === undefined, why, appName, expiresAt, site })
}

type Kept = {
	readonly found: {
		readonly siteUrl: string
		readonly homeUrl: string
		readonly wordpressUrl: string
		readonly host: string
	}
	readonly appName: string
	readonly expiresAt: Date
}

/** Gives the two ways back. What is kept knows the state by its hash only. */
async function keep(
	{ actor, workspaceId, type, address, connectorId, certificatePin, origin }: Request,
	{ found: { siteUrl, homeUrl, wordpressUrl, host }, appName, expiresAt }: Kept,
	{ store }: VerifyPorts,
): Promise<{ successUrl: string; rejectUrl: string }> {
	const { token: state, tokenHash: stateHash } = newOneTimeToken()
	await store.siteApprovals.create({
		stateHash,
		workspaceId,
		accountId: actor.accountId,
		sessionHash: hashSession(actor.sessionId),
		type,
		address,
		site: { siteUrl, homeUrl, wordpressUrl, host },
		certificatePin: certificatePin ?? null,
		appName,
		connectorId: connectorId ?? null,
		expiresAt,
	})
	const successUrl = `${origin}/connect/return/${state.reveal()}`
	return { successUrl, rejectUrl: `${successUrl}?success=false` }
}

/**
 * Whether a visitor who is not signed in finds no login there (F59): WordPress sends them to wp-login.php. Whoever is signed in
 * gets through all the same, so this is a remark only.
 */
async function isLoginHidden(endpoint: string, signal: AbortSignal, { ask }: VerifyPorts): Promise<boolean> {
	const asked = await ask({ url: new URL(endpoint), method: 'GET', timeoutMs: 5_000, maxBytes: 65_536, signal })
	if (!asked.ok) return false
	const location = asked.value.headers.get('location') ?? ''
	const isRedirect = asked.value.status >= 300 && asked.value.status < 400
	return isRedirect ? !location.includes('wp-login.php') : asked.value.status === 404 || asked.value.status === 403
}
