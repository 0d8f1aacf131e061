import { rungs, type Rung, type SiteCredential } from '@postern/vocabulary'
import { createLadder } from '@postern/wp-client'
import type { SiteDocument } from '@postern/api/contract'
import type { ConnectorFacts } from '../../store/connector/connector.ts'
import type { ConnectorType, FindPorts, FoundSite, ProofResult } from '../connector-type.ts'
import { readAdminApiKey } from './admin-api-key.ts'
import { type GhostProbe, startProbe } from './ask-ghost.ts'
import { document } from './document.ts'
import { findGhost } from './find-ghost.ts'
import { readAccount } from './ghost-account.ts'
import { diagnose } from './ghost-trouble.ts'
import { readLatestPosts } from './latest-posts.ts'
import { proveKey } from './verify-ghost.ts'

/** A Ghost site, through the Admin API key of an integration or of somebody on its staff. */
export const ghost: ConnectorType = {
	document,
	async find(address, { reach, ...ports }) {
		const probe = startProbe({ ...ports, pin: reach.pin })
		const ladder = createLadder('address', ports)
		const found = await findGhost(address, ports, probe)
		if (found.ok) {
			for (const next of ['secure-connection', 'wordpress', 'api', 'application-passwords'] as const) ladder.goOn(next)
			ladder.pass()
			return { ok: true, value: foundSite(found, ports, probe) }
		}
		const { trouble, isReached } = found
		const rung = isReached ? 'wordpress' : rungOf(trouble.code)
		while (ladder.running() !== rung) ladder.goPast(rungs[rungs.indexOf(ladder.running()) + 1] ?? rung)
		ladder.fail(trouble)
		return { ok: false, diagnosis: diagnose(trouble, rung, probe.evidence()) }
	},
	readCredential: ({ adminApiKey = '' }) => readAdminApiKey(adminApiKey),
	readLatestPosts,
}

function rungOf(code: string): Rung {
	const isName = code.startsWith('address/') || code === 'network/unknown-host' || code.startsWith('redirect/other')
	return isName ? 'address' : 'secure-connection'
}

type Found = { readonly site: SiteDocument; readonly adminApi: URL }

function foundSite(found: Found, ports: Pick<FindPorts, 'onRung' | 'clock'>, probe: GhostProbe): FoundSite {
	return {
		document: found.site,
		approval: undefined,
		evidence: probe.evidence(),
		async verify(credential): Promise<ProofResult> {
			const ladder = createLadder('login', ports)
			const trouble = await proveKey(found.adminApi, credential, probe)
			if (trouble === undefined) {
				ladder.goOn('permissions')
				const facts = await readFacts(found, credential, probe)
				ladder.pass()
				return { ok: true, value: facts }
			}
			ladder.fail(trouble)
			return { ok: false, diagnosis: diagnose(trouble, 'login', probe.evidence()) }
		},
	}
}

async function readFacts(
	{ site, adminApi }: Found,
	credential: SiteCredential,
	probe: GhostProbe,
): Promise<ConnectorFacts> {
	const me = await probe.ask('account', new URL('users/me/?include=roles', adminApi), credential)
	const { notes, ...account } = readAccount(credential.username, me)
	return {
		...account,
		site: {
			url: site.url,
			origin: new URL(site.url).origin,
			host: site.host,
			title: site.title,
			homeUrl: site.url,
			apiRootUrl: adminApi.href,
			apiRootStyle: 'path',
			authorizationEndpoint: null,
			adminUrl: site.adminUrl,
			wordpressVersion: site.version,
			namespaces: [],
			postTypes: [],
			taxonomies: [],
		},
		applicationPassword: { uuid: null, name: null },
		notes: [...site.notes, ...notes],
	}
}
