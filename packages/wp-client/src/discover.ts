import type { Diagnosis, ProblemCode } from '@postern/vocabulary'
import { parseSiteAddress, type SiteAddress } from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { describeSite } from './describe-site.ts'
import { findApiRoot } from './find-api-root.ts'
import { findDisablingPlugin } from './fingerprints.ts'
import { furthest } from './furthest.ts'
import { type PageSigns, readPageSigns } from './home-page.ts'
import { climbToTrouble, createLadder, type Ladder } from './ladder.ts'
import { type HomePage, openHomePage } from './open-home-page.ts'
import { type Answer, type Probe, startProbe } from './probe.ts'
import { recognizeEdge, recognizeTrouble } from './recognize-trouble.ts'
import { isOnWordpressCom } from './same-site.ts'
import { likely, type Trouble, trouble, troubleOf } from './trouble.ts'
import type { DiscoveredSite, DiscoverPorts, DiscoverResult } from './types.ts'

/** Requests left to `verifySiteCredential`: users/me, the negative control, introspect, the closed index or XML-RPC, one retry. */
const RESERVE = 5

type Attempt = { readonly typed: string; readonly ports: DiscoverPorts; readonly probe: Probe; readonly ladder: Ladder }

/**
 * Finds the WordPress behind an address as a person types it, and its API, with no secret at all. Five rungs of the ladder are
 * climbed; a failure is a diagnosis, with what was learnt about the site if only application passwords are the matter.
 */
export async function discover(typed: string, ports: DiscoverPorts = openPorts(typed)): Promise<DiscoverResult> {
	const attempt = { typed, ports, probe: startProbe(ports), ladder: createLadder('address', ports) }
	const address = parseSiteAddress(typed, ports)
	if (!address.ok) return failed(attempt, troubleOf(address.problem))
	if (isOnWordpressCom(address.value.url)) return failed(attempt, onWordpressCom(address.value.url))
	const home = await openHomePage(address.value, { probe: attempt.probe, ports, reserve: RESERVE })
	if (home.ok) return climbFrom(home, address.value, attempt)
	const found = await explainSilence(home.trouble, address.value, attempt)
	climbToTrouble(attempt.ladder, found, home.at)
	return failed(attempt, found)
}

/** What a server without https does with a greeting in TLS, when it does not answer it in plain http. */
const silences: readonly string[] = [
	'network/closed',
	'network/refused',
	'network/timeout',
	'tls/failed',
] satisfies ProblemCode[]

/** No scheme was typed and https does not answer: then plain http is asked once, so that the person can be told to type it. */
async function explainSilence(found: Trouble, { url, typedScheme }: SiteAddress, attempt: Attempt): Promise<Trouble> {
	if (typedScheme !== undefined || !silences.includes(found.code)) return found
	const plain = new URL(url)
	plain.protocol = 'http:'
	const reply = await attempt.probe.ask({ step: 'plain-http', url: plain, method: 'HEAD', accept: '*/*', maxBytes: 0 })
	if (reply.kind !== 'answer') return found
	return trouble('tls/not-https', { host: url.hostname, port: Number(url.port || 443) })
}

async function climbFrom(
	{ answer, cut }: Extract<HomePage, { ok: true }>,
	address: SiteAddress,
	attempt: Attempt,
): Promise<DiscoverResult> {
	const { probe, ladder, typed } = attempt
	const page = answer.url
	if (isOnWordpressCom(page)) return failed(attempt, onWordpressCom(page))
	ladder.goOn('secure-connection')
	ladder.goOn('wordpress', page.protocol === 'http:' ? { code: 'plain-http', params: {} } : undefined)
	const signs = readPageSigns(answer)
	const pageTrouble = cut ?? troubleOfPage(answer, signs, probe)
	if (pageTrouble !== undefined && isFinal(pageTrouble)) return failed(attempt, pageTrouble)
	if (signs.isWordpress) ladder.goOn('api')
	const search = await findApiRoot({ probe, page, signs, reserve: RESERVE })
	if (!search.ok) return failed(attempt, explain(search.trouble, { page, signs, pageTrouble }))
	if (!signs.isWordpress) ladder.goOn('api')
	const site = describeSite({ typed, address, page, signs, found: search.found, probe })
	const remark = site.notes.find(({ code }) => code === 'plain-permalinks' || code === 'api-found-elsewhere')
	ladder.goOn('application-passwords', remark)
	return judgeApplicationPasswords(site, { ...attempt, announcedUrl: search.found.index?.url ?? '' })
}

/** Trouble on the page itself: the API may still be open, since exceptions are often made for it. */
function troubleOfPage(answer: Answer, signs: PageSigns, probe: Probe): Trouble | undefined {
	if (answer.status >= 400 && answer.status !== 404 && answer.status !== 410) return recognizeTrouble(answer, probe)
	return signs.isWordpress ? undefined : recognizeEdge(answer, probe)
}

// WordPress itself is down for everybody, or wants less of us: asking further would only add to it.
function isFinal({ code }: Trouble): boolean {
	return code === 'site/maintenance' || code === 'site/rate-limited'
}

type Findings = { readonly page: URL; readonly signs: PageSigns; readonly pageTrouble: Trouble | undefined }

/** Says what the failure to find an API means, given the page. */
function explain(found: Trouble, { page, signs, pageTrouble }: Findings): Trouble {
	const host = page.host
	const isVague = found.code === 'api/not-found' || found.code === 'api/not-json' || found.code === 'edge/firewall'
	if (!isVague) return found
	if (pageTrouble !== undefined) return furthest([pageTrouble, found]) ?? found
	if (!signs.isWordpress) return likely('site/not-wordpress', { host }, found.code)
	if (found.code === 'api/not-found' && isTooOld(signs.version)) return tooOld(host, signs.version)
	return found
}

function judgeApplicationPasswords(site: DiscoveredSite, attempt: Attempt & { announcedUrl: string }): DiscoverResult {
	const { ladder } = attempt
	if (site.applicationPasswords === 'unknown') {
		ladder.pass({ code: 'api-closed-to-visitors', params: {} })
		return { ok: true, value: site }
	}
	if (site.applicationPasswords === 'off') return { ...failed(attempt, whyOff(site, attempt.announcedUrl)), site }
	ladder.pass()
	return { ok: true, value: site }
}

function whyOff(site: DiscoveredSite, announcedUrl: string): Trouble {
	const host = new URL(site.siteUrl).host
	if (isTooOld(site.wordpressVersion)) return tooOld(host, site.wordpressVersion)
	// A plugin may have switched them off as well; that shows once there is https.
	if (site.siteUrl.startsWith('http:'))
		return { ...trouble('application-passwords/no-https', { host }), alternatives: ['application-passwords/off'] }
	if (announcedUrl.startsWith('http:')) return trouble('application-passwords/https-not-recognized', { host })
	const off = trouble('application-passwords/off', { host, plugin: findDisablingPlugin(site.namespaces) })
	// WordPress brings this namespace since 5.6, application passwords with it.
	const isPerhapsOld = !site.namespaces.includes('wp-site-health/v1')
	return isPerhapsOld ? { ...off, alternatives: ['site/too-old'] } : off
}

function isTooOld(version: string | undefined): version is string {
	const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
	return version !== undefined && (major < 5 || (major === 5 && minor < 6))
}

function tooOld(host: string, version: string): Trouble {
	return trouble('site/too-old', { host, version })
}

function onWordpressCom(url: URL): Trouble {
	return trouble('site/hosted-on-wordpress-com', { host: url.host })
}

function failed({ ladder, probe }: Attempt, found: Trouble): { readonly ok: false; readonly diagnosis: Diagnosis } {
	if (found.code.startsWith('api/') && ladder.running() === 'wordpress') ladder.goOn('api')
	return { ok: false, diagnosis: { ...found, rung: ladder.fail(found), evidence: probe.evidence() } }
}
