import { createServer } from 'node:http'
import { Secret } from '@postern/vocabulary'
import { describe, expect, it, onTestFinished } from 'vitest'
import { discover, type KnownConnection, recheckSiteCredential, verifySiteCredential } from './index.ts'
import { createRequestBudget } from './request-budget.ts'
import type { DiscoverPorts } from './types.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { portsFor } from './zoo/visit.testing.ts'
import { refusal } from './zoo/zoo-pages.testing.ts'
import { type Animal, html, json, listen, type Page, redirect } from './zoo/zoo-server.testing.ts'
import { openSite, specLabels, type ZooSite, zooNames, zooSites } from './zoo/zoo-sites.testing.ts'
import { capabilitiesOf, GROUPED, PASSWORD, USERNAME, wordpress, WRONG } from './zoo/zoo-wordpress.testing.ts'

const credential = { username: USERNAME, password: GROUPED }
const account = { userId: 7, username: USERNAME, roles: ['author'], capabilities: capabilitiesOf.author.toSorted() }

function knownAt(origin: string): KnownConnection {
	const root = { url: `${origin}/wp-json/`, style: 'path' } as const
	return { site: { siteUrl: origin, wordpressUrl: origin, root, isIndexClosed: false }, account }
}

const BUDGET = 12
type Typed = { readonly address: string; readonly username: string; readonly password: string }

/** As a check does it: the short way, then the ladder when that says that something is not as it was. */
async function check({ address, ...typed }: Typed, known: KnownConnection, common: DiscoverPorts) {
	const ports = { ...common, budget: createRequestBudget(BUDGET) }
	const looked = await recheckSiteCredential(known, typed, ports)
	if (looked.ok) return { code: 'as before', looked }
	const found = await discover(address, ports)
	if (!found.ok) return { code: found.diagnosis.code, looked, diagnosis: found.diagnosis }
	const verified = await verifySiteCredential(found.value, typed, ports, looked.refused)
	if (verified.ok) return { code: 'ok', looked }
	return { code: verified.diagnosis.code, looked, diagnosis: verified.diagnosis }
}

function at(animal: Animal) {
	const { ask, visits } = askAnimal(animal)
	const ports: DiscoverPorts = { ask, clock: () => 1_000, ownOrigins: [], wait: () => Promise.resolve() }
	const look = (typed = credential, known = knownAt('https://blog.example')) =>
		check({ address: 'https://blog.example', ...typed }, known, ports)
	return { visits, look }
}

const routesOf = (visits: readonly { url: string; headers: { authorization?: string | undefined } }[]) =>
	visits.map(({ url, headers }) => `${url.split('?')[0]}${headers.authorization === undefined ? '' : ' signed in'}`)

describe('the short way', () => {
	it('takes two requests to one address, the second without the credential', async () => {
		const { visits, look } = at(wordpress().animal)
		expect(await look()).toEqual({ code: 'as before', looked: { ok: true, value: { displayName: 'Yuki' } } })
		expect(routesOf(visits)).toEqual(['/wp-json/wp/v2/users/me signed in', '/wp-json/wp/v2/users/me'])
		expect(visits[1]?.url).toBe(visits[0]?.url)
	})

	it('asks both on one connection, one after the other', async () => {
		const { animal } = wordpress({ applicationPasswords: 'on' })
		let connections = 0
		const server = createServer(({ headers, method = '', url = '' }, response) => {
			const page = animal({ headers, method, url, host: 'localhost', body: '', isTls: false })
			if (typeof page === 'function') return page(response)
			response.writeHead(page.status, page.headers).end(page.body)
		})
		server.on('connection', () => (connections += 1))
		const httpPort = await listen(server)
		const ports = portsFor({ httpPort, httpsPort: httpPort })
		const looked = await recheckSiteCredential(knownAt(`http://127.0.0.1:${httpPort}`), credential, ports)
		expect([looked.ok, connections]).toEqual([true, 1])
	})

	it('tells of another display name', async () => {
		const { look } = at(wordpress({ user: { name: 'Yuki &amp; <b>Co</b>' } }).animal)
		expect((await look()).looked).toEqual({ ok: true, value: { displayName: 'Yuki & <b>Co</b>' } })
	})

	it.each([
		['another account', { user: { id: 8 } }],
		['another username', { user: { username: 'yuki2' } }],
		['another role', { role: 'editor' }],
		['one capability more', { user: { capabilities: { ...allOf('author'), edit_pages: true } } }],
	] as const)('leaves %s to the ladder, which may find it fine', async (_, traits) => {
		const { look } = at(wordpress(traits).animal)
		const { looked } = await look()
		expect(looked).toEqual({ ok: false })
	})

	it('finds an account whose capabilities were emptied', async () => {
		const { look } = at(wordpress({ user: { roles: [], capabilities: {} } }).animal)
		expect((await look()).code).toBe('site-credential/not-a-member')
	})

	it('finds a cache that shares identities', async () => {
		const kept = new Map<string, Page>()
		const { animal } = wordpress()
		const { look } = at((seen) => {
			const page = kept.get(seen.url) ?? animal(seen)
			if (typeof page !== 'function' && page.status === 200) kept.set(seen.url, page)
			return page
		})
		expect((await look()).code).toBe('cache/shares-identity')
	})

	it('finds a site that has moved, and sends no secret after it', async () => {
		const { visits, look } = at((seen) =>
			seen.host === 'blog.example' ? redirect(`https://elsewhere.example${seen.url}`, 301) : html(200, 'new'),
		)
		expect((await look()).code).toBe('redirect/other-site')
		expect(visits.filter(({ host }) => host !== 'blog.example')).toEqual([])
	})

	it('goes on to the new root when the permalinks changed', async () => {
		const { look } = at(wordpress({ permalinks: 'plain' }).animal)
		expect((await look()).code).toBe('ok')
	})

	it('sends nothing where an address of the site lies elsewhere', async () => {
		const known = knownAt('https://blog.example')
		const root = { url: 'https://evil.example/wp-json/', style: 'path' } as const
		const { ask, visits } = askAnimal(wordpress().animal)
		const looked = await recheckSiteCredential({ ...known, site: { ...known.site, root } }, credential, {
			ask,
			clock: () => 1_000,
		})
		expect([looked, visits]).toEqual([{ ok: false }, []])
	})

	it('tells no secret that the site says back', async () => {
		const { look } = at(wordpress({ user: { name: `I am ${PASSWORD}` } }).animal)
		expect(JSON.stringify(await look())).not.toContain(PASSWORD)
	})
})

function allOf(role: keyof typeof capabilitiesOf) {
	return Object.fromEntries(capabilitiesOf[role].map((capability) => [capability, true]))
}

describe('a login that was refused on the short way', () => {
	it('is not tried again: the ladder reads the same answer, and shows it', async () => {
		const { animal, failedLogins } = wordpress({ isPrecise: true })
		const { visits, look } = at(animal)
		const { code, diagnosis } = await look({ ...credential, password: WRONG })
		expect([code, failedLogins()]).toEqual(['site-credential/wrong-password', 1])
		expect(routesOf(visits).filter((route) => route.endsWith('signed in'))).toHaveLength(1)
		expect(diagnosis?.evidence.map(({ step }) => step)).toContain('account')
	})

	it('is not tried again at another root either', async () => {
		const { animal, failedLogins } = wordpress({ isPrecise: true, prefix: '/api/' })
		const { look } = at((seen) => animal({ ...seen, url: seen.url.replace('/wp-json/', '/api/') }))
		expect((await look({ ...credential, password: WRONG })).code).toBe('site-credential/wrong-password')
		expect(failedLogins()).toBe(1)
	})

	it('is none where a firewall guards the old root only', async () => {
		const { animal } = wordpress({ prefix: '/api/' })
		const { look } = at((seen) =>
			seen.url.startsWith('/wp-json/') ? html(403, '<title>Forbidden</title>') : animal(seen),
		)
		expect((await look()).code).toBe('ok')
	})

	it('by a lock-out is left alone', async () => {
		const { animal } = wordpress()
		const locked = json(403, { code: 'too_many_retries', message: 'Later.', data: { status: 403 } })
		const { visits, look } = at((seen) => (seen.headers.authorization === undefined ? animal(seen) : locked))
		expect((await look()).code).toBe('site-credential/locked-out')
		expect(routesOf(visits).filter((route) => route.endsWith('signed in'))).toHaveLength(1)
	})
})

describe('what the short way does not see', () => {
	it('is that something else than this password let us in', async () => {
		const introspection = refusal(404, 'rest_no_authenticated_app_password')
		const { look } = at(wordpress({ introspection }).animal)
		expect((await look()).code).toBe('as before')
	})
})

/** The API answers as ever, and only its index says that it soon will not. Every seventh check sees it, and Check now. */
const onlyOnTheLadder: readonly ZooSite['expected'][] = ['app_passwords.no_https']

async function proven({ address, ...typed }: Typed, ports: DiscoverPorts): Promise<KnownConnection> {
	const found = await discover(address, ports)
	if (!found.ok) throw new Error(found.diagnosis.code)
	const verified = await verifySiteCredential(found.value, typed, ports)
	if (!verified.ok) throw new Error(verified.diagnosis.code)
	return { site: found.value, account: verified.value }
}

/** Of some rows it is no address at all. */
function originOf(address: string): string {
	return URL.parse(/^https?:/.test(address) ? address : `https://${address}`)?.origin ?? 'https://nowhere.example'
}

// A draft tells no more of a login, and XML-RPC has no short way.
const looked = zooSites.filter((site) => site.triesDraft !== true && site.transport === undefined && !site.isGone)

describe('on every site of the zoo', () => {
	it.each(looked)('$row $behaviour: the short way says no more than the ladder', { timeout: 30_000 }, async (site) => {
		const open = await openSite(site)
		onTestFinished(open.close)
		const { address, enclosure, username, password } = open
		const edge = site.edge === undefined ? {} : { edge: { ...site.edge, password: new Secret(site.edge.password) } }
		const timeoutMs = site.timeoutMs === undefined ? {} : { timeoutMs: site.timeoutMs }
		const ports = { ...portsFor(enclosure, { names: zooNames, ...timeoutMs }), ...edge, wait: () => Promise.resolve() }
		const known = site.expected === 'ok' ? await proven(open, ports) : knownAt(originOf(address))
		const [asked, failed] = [enclosure.visits.length, open.wordpress.failedLogins()]
		const { code } = await check({ address, username, password }, known, ports)
		if (onlyOnTheLadder.includes(site.expected)) expect(code).toBe('as before')
		else expect(code === 'as before' ? 'ok' : code).toBe(specLabels[site.expected])
		expect(enclosure.visits.length - asked).toBeLessThanOrEqual(BUDGET)
		expect(open.wordpress.failedLogins() - failed).toBeLessThanOrEqual(1)
	})
})
