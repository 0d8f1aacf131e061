import { ok } from '@postern/vocabulary'
import { writeApprovalUrl } from '@postern/wordpress'
import type { FoundSite } from '../../connectors/connector-type.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { ConnectLink } from '../../store/connect-links.ts'
import { discoverSite } from '../discover-site.ts'
import type { TypedReach } from '../read-typed-reach.ts'
import { newPasswordName } from '../rotate-connector/password-name.ts'
import type { SiteResult } from '../site-failure.ts'
import type { VerifyPorts } from '../verify-site.ts'
import { reachOfLink } from './reach-of-link.ts'

export type ByLink = {
	readonly link: ConnectLink
	readonly typedReach: TypedReach
	readonly requestId: string
	readonly signal: AbortSignal
}

export type FoundByLink = {
	readonly site: FoundSite['document']
	/** Opened without a way back to us: it shows the password, and the person pastes it. */
	readonly approval: { readonly url: string; readonly appName: string } | undefined
}

/** Looks at the site of a link. Its holder is counted for themselves, whatever address they come from. */
export async function discoverByLink(
	{ link, typedReach, signal }: ByLink,
	{ origin, ...ports }: VerifyPorts & { readonly origin: string },
): Promise<SiteResult<FoundByLink>> {
	const { workspaceId, type, address } = link
	const reach = await reachOfLink(link, typedReach, ports)
	const found = await discoverSite({ ...reach, type, address, accountId: link.id, workspaceId, signal }, ports)
	if (!found.ok) return found
	const { document: site, approval } = found.value
	const can = findConnectorType(type)
	if (approval === undefined || !can.ok || !can.value.document.can.approve) return ok({ site, approval: undefined })
	const workspace = await ports.store.workspaces.find(workspaceId)
	const appName = newPasswordName({ workspace: workspace?.name ?? '', origin, now: ports.now() })
	const appId = await ports.store.installation.getAppId()
	return ok({ site, approval: { url: writeApprovalUrl(approval.endpoint, { appName, appId }), appName } })
}
