import { createRequestBudget, type DiscoveredSite, type LatestPosts } from '@postern/wp-client'
import { fail, type Result } from '@postern/vocabulary'
import { openSiteCredential, recordOpening, type Principal } from '../access/open-site.ts'
import { findConnectorType } from '../connectors/registry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { VerifyPorts } from './verify-site.ts'

type Request = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly principal: Principal
	readonly requestId: string
	readonly signal: AbortSignal
}

/** Reads the newest posts and drafts live through the connection: the proof that it works. */
export async function readLatestPosts(request: Request, ports: VerifyPorts): Promise<Result<LatestPosts>> {
	const connector = await ports.store.connectors.find(request.workspaceId, request.connectorId)
	if (!connector) return fail('request/not-found')
	const type = findConnectorType(connector.type)
	if (!type.ok) return type
	const opening = await recordOpening({ connector, purpose: 'site.read', ...request }, ports)
	const opened = await openSiteCredential(opening, ports)
	if (!opened.ok) return opened
	const probe = { ...ports, signal: request.signal, budget: createRequestBudget(4) }
	return type.value.readLatestPosts(siteOf(connector), opened.value, probe)
}

/** The site as it was discovered, as far as reading posts needs it. */
function siteOf({ site, notes }: Connector): DiscoveredSite {
	return {
		siteUrl: site.url,
		homeUrl: site.homeUrl,
		wordpressUrl: new URL('..', site.adminUrl).href.replace(/\/$/, ''),
		title: site.title,
		root: { url: site.apiRootUrl, style: site.apiRootStyle },
		foundBy: 'link-header',
		namespaces: [],
		applicationPasswords: 'on',
		isIndexClosed: false,
		adminUrl: site.adminUrl,
		notes,
		evidence: [],
	}
}
