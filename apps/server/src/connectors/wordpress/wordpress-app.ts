import type { SiteCredential } from '@postern/vocabulary'
import {
	checkCredential,
	createSitePassword,
	deleteSitePassword,
	discover,
	type DiscoveredSite,
	findXmlRpc,
	listSitePasswords,
	listSitesOfLogin,
	type ProbePorts,
	type ReachableSite,
	readLatestPosts,
	recheckSiteCredential,
	type RefusedLogin,
	tryDraft,
	verifyOverXmlRpc,
	verifySiteCredential,
} from '@postern/wp-client'
import type { Reach } from '../../store/connector/reach.ts'
import type { Reached } from '../../store/connector/reached.ts'
import type { ConnectorType, FindPorts, FindResult, FoundSite, KnownConnection, VisitPorts } from '../connector-type.ts'
import { document } from './document.ts'
import { factsOf, partialSiteDocument, siteDocument } from './site-facts.ts'

/** A WordPress site, through an application password that a person made there. */
export const wordpressApp: ConnectorType = {
	document,
	find: (address, ports) => find(address, ports),
	async recheck({ site, account, capabilities }, credential, { reach, ...others }) {
		const known = { site: placeOf(site, reach), account: { ...account, capabilities } }
		const looked = await recheckSiteCredential(known, credential, { ...others, ...waysOf(reach) })
		if (looked.ok) return looked
		return { ok: false, find: (address, ports) => find(address, ports, looked.refused) }
	},
	readCredential: ({ username = '', applicationPassword = '' }) =>
		checkCredential({ username, password: applicationPassword }),
	readLatestPosts: (reached, ports) => readLatestPosts(...visit(reached, ports)),
	tryDraft: (reached, ports) => tryDraft(...visit(reached, ports)),
	listSites: (reached, ports) => listSitesOfLogin(...visit(reached, ports)),
	passwords: {
		create: (reached, wanted, ports) => {
			const [site, credential, probe] = visit(reached, ports)
			return createSitePassword(site, credential, wanted, probe)
		},
		list: (reached, ports) => listSitePasswords(...visit(reached, ports)),
		delete: (reached, uuid, ports) => {
			const [site, credential, probe] = visit(reached, ports)
			return deleteSitePassword(site, credential, { uuid, isOwn: uuid === reached.applicationPassword.uuid }, probe)
		},
	},
}

async function find(address: string, { reach, ...others }: FindPorts, refused?: RefusedLogin): Promise<FindResult> {
	const ports = { ...others, ...waysOf(reach) }
	const look = reach.transport === 'xml-rpc' ? findXmlRpc : discover
	const found = await look(address, ports)
	if (found.ok) return { ok: true, value: foundSite(found.value, ports, refused) }
	const { diagnosis, site } = found
	return { ok: false, diagnosis, ...(site === undefined ? {} : { site: partialSiteDocument(site) }) }
}

function foundSite(site: DiscoveredSite, ports: ProbePorts, refused?: RefusedLogin): FoundSite {
	const { siteUrl, homeUrl, wordpressUrl, authorizationEndpoint: endpoint, evidence } = site
	return {
		document: siteDocument(site),
		homeUrl,
		approval: endpoint === undefined ? undefined : { endpoint, siteUrl, homeUrl, wordpressUrl },
		evidence,
		async verify(credential) {
			const verified =
				site.transport === 'xml-rpc'
					? await verifyOverXmlRpc(site, credential, ports)
					: await verifySiteCredential(site, credential, ports, refused)
			if (verified.ok) return { ok: true, value: factsOf(site, verified.value) }
			const { diagnosis, account } = verified
			return { ok: false, diagnosis, ...(account === undefined ? {} : { facts: factsOf(site, account) }) }
		},
	}
}

function waysOf({ edge, pin }: Reach): Pick<ProbePorts, 'edge' | 'pin'> {
	return { ...(edge === undefined ? {} : { edge }), ...(pin === undefined ? {} : { pin }) }
}

function visit(reached: Reached, ports: VisitPorts): [ReachableSite, SiteCredential, ProbePorts] {
	return [reachableSite(reached), reached.credential, { ...ports, ...waysOf(reached.reach) }]
}

/** The site as it was found, as far as using it needs that. */
function reachableSite({ site, notes, reach }: Reached): ReachableSite {
	const isIndexClosed = notes.some(({ code }) => code === 'api-closed-to-visitors')
	return { ...placeOf(site, reach), isIndexClosed }
}

function placeOf(site: KnownConnection['site'], { transport }: Reach): ReachableSite {
	return {
		siteUrl: site.url,
		wordpressUrl: new URL('..', site.adminUrl).href.replace(/\/$/, ''),
		root: { url: site.apiRootUrl, style: site.apiRootStyle },
		isIndexClosed: false,
		transport,
	}
}
