import { createEgress, parseAllowRules, portsOf } from '@postern/egress'
import type { ProblemCode, Result, Rung, SiteRequest } from '@postern/vocabulary'
import type { RungEvent } from '@postern/wp-client'
import { type Animal, enclose, html, json, redirect } from '@postern/wp-client/testing/zoo-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { plainReach } from '../../store/connector/reach.ts'
import { proveConnection } from '../prove-connection.ts'
import { error, ghostSite } from './ghost-site.testing.ts'
import { ghost } from './ghost.ts'

const id = '6b02a70d7ce2606f51c7e3ea'
const secret = 'fcdd03236567f5092cd3b960496ecdddc24eb3498ead02514cbbb17091f8dcd7'
const key = `${id}:${secret}`
const other = `${id}:${'0'.repeat(64)}`

/** A real one to ask the same: `<address> <Admin API key>`. */
const [realAddress, realKey] = (process.env['POSTERN_TEST_GHOST'] ?? '').split(' ')

function must<T>(result: Result<T>): T {
	if (!result.ok) throw new Error(result.problem.code)
	return result.value
}

/** Asks over real connections, and keeps what was asked. */
async function visitor(address: string) {
	const { hostname, port } = new URL(address)
	const allow = must(parseAllowRules(`${hostname}:${port}`))
	const egress = createEgress({ allow, userAgent: 'test' })
	onTestFinished(() => egress.close())
	const asked: SiteRequest[] = []
	const rungs: RungEvent[] = []
	const ports = {
		clock: Date.now,
		ownOrigins: [],
		extraPorts: portsOf(allow),
		onRung: (event: RungEvent) => void rungs.push(event),
		ask: (request: SiteRequest) => {
			asked.push(request)
			return egress.ask(request)
		},
	}
	return { ports, asked, rungs }
}

async function prove(address: string, typedKey = key, origin?: string) {
	const { ports, asked, rungs } = await visitor(address)
	const credential = must(ghost.readCredential({ adminApiKey: typedKey }))
	const proof = await proveConnection({ type: ghost, address, credential, reach: plainReach, origin }, ports)
	const withKey = asked.filter(({ headers }) => headers?.['authorization'] !== undefined)
	return { proof, asked, withKey, rungs }
}

async function lives(animal: Animal): Promise<string> {
	const { httpPort } = await enclose(animal)
	return `http://127.0.0.1:${httpPort}`
}

async function diagnose(animal: Animal, path = '/', typedKey = key) {
	const found = await prove(`${await lives(animal)}${path}`, typedKey)
	if (!found.proof.ok) expect(found.withKey.length, 'how often the key was sent').toBeLessThanOrEqual(1)
	expect(found.asked.length).toBeLessThanOrEqual(12)
	expect(JSON.stringify(found.proof)).not.toContain(typedKey.slice(25))
	return found.proof.ok ? 'proven' : `${found.proof.diagnosis.rung} ${found.proof.diagnosis.code}`
}

const places = [
	{
		name: 'a server that answers as Ghost 6.65 does',
		open: async () => [await lives(ghostSite({ key })), key] as const,
	},
	...(realAddress && realKey ? [{ name: 'a real Ghost', open: async () => [realAddress, realKey] as const }] : []),
]

describe.each(places)('on $name', ({ open }) => {
	it('proves a key, and says who we are there and what we may do', async () => {
		const [address, itsKey] = await open()
		const { proof, rungs, asked } = await prove(address, itsKey)
		expect(proof).toMatchObject({
			ok: true,
			value: {
				site: {
					apiRootUrl: expect.stringMatching(/\/ghost\/api\/admin\/$/),
					wordpressVersion: expect.stringMatching(/^\d/),
				},
				account: { username: itsKey.slice(0, 24), roles: ['Admin Integration'] },
				permissions: expect.arrayContaining(['read', 'draft', 'publish', 'pages', 'upload']),
				capabilities: expect.arrayContaining(['posts', 'pages', 'images']),
			},
		})
		expect(JSON.stringify(proof)).not.toContain(itsKey.slice(25))
		expect(rungs.filter(({ state }) => state === 'passed').map(({ rung }) => rung)).toEqual([
			'address',
			'secure-connection',
			'wordpress',
			'api',
			'application-passwords',
			'login',
			'permissions',
		])
		expect(asked.map(({ url }) => url.pathname.replace(/^.*\/admin/, ''))).toEqual([
			'/site/',
			'/config/',
			'/config/',
			'/users/me/',
		])
	})

	it('names a key that is another, one whose secret is another, and one signed at another time', async () => {
		const [address, itsKey] = await open()
		for (const wrong of [`${'0'.repeat(24)}${itsKey.slice(24)}`, `${itsKey.slice(0, 25)}${'0'.repeat(64)}`]) {
			const { proof, withKey } = await prove(address, wrong)
			expect(proof).toMatchObject({
				ok: false,
				diagnosis: { code: 'site-credential/admin-api-key-rejected', rung: 'login', certainty: 'sure' },
			})
			expect(withKey).toHaveLength(1)
		}
		const { ports } = await visitor(address)
		const late = { ...ports, clock: () => Date.now() - 600_000 }
		const credential = must(ghost.readCredential({ adminApiKey: itsKey }))
		const proof = await proveConnection({ type: ghost, address, credential, reach: plainReach }, late)
		expect(proof).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/clock-differs' } })
	})

	it('reads the latest posts and drafts', async () => {
		const [address, itsKey] = await open()
		const { ports } = await visitor(address)
		const credential = must(ghost.readCredential({ adminApiKey: itsKey }))
		const { proof } = await prove(address, itsKey)
		if (!proof.ok) throw new Error(proof.diagnosis.code)
		const reached = { ...proof.value, reach: plainReach, credential }
		const { posts, drafts } = must(await ghost.readLatestPosts(reached, ports))
		expect(posts[0]).toMatchObject({
			title: expect.stringMatching(/^Coming/),
			status: 'publish',
			date: expect.any(Date),
		})
		expect(posts[0]?.link).toMatch(/^http/)
		expect(drafts[0]).toMatchObject({ title: 'Not yet', status: 'draft', modified: expect.any(Date) })
		expect(drafts[0]).not.toHaveProperty('link')
	})
})

describe('a Ghost', () => {
	it.each(['/', '/ghost/', '/ghost/#/settings/integrations', '/some/post/'])(
		'is found at its own address and %s',
		async (path) => {
			expect(await diagnose(ghostSite({ key }), path)).toBe('proven')
		},
	)

	it.each(['/blog', '/blog/ghost/', '/blog/2026/a-post/'])('is found in a folder from %s', async (path) => {
		expect(await diagnose(ghostSite({ key, folder: '/blog/' }), path)).toBe('proven')
	})

	it('names what a person on the staff may do', async () => {
		const staff = { name: 'Ada', role: 'Contributor' }
		const { proof } = await prove(await lives(ghostSite({ key, staff })))
		expect(proof).toMatchObject({
			ok: true,
			value: {
				account: { displayName: 'Ada', roles: ['Contributor'] },
				permissions: ['read', 'draft'],
				notes: expect.arrayContaining([{ code: 'limited-account', params: { username: 'Ada', role: 'Contributor' } }]),
			},
		})
	})

	it.each(['constructor', 'toString', '__proto__'])(
		'takes the role “%s” for one that it does not know',
		async (role) => {
			const { proof } = await prove(await lives(ghostSite({ key, staff: { name: 'Ada', role } })))
			expect(proof).toMatchObject({ ok: true, value: { permissions: ['read'], capabilities: [] } })
		},
	)
})

const beforeGhost = (answer: ReturnType<typeof json>, when: (url: string) => boolean = () => true) =>
	ghostSite({ key, before: ({ url }) => (when(url) ? answer : undefined) })
const isConfig = (url: string) => url.includes('/config/')

describe('what goes wrong gets its name', () => {
	it.each<[string, Rung, ProblemCode, Animal]>([
		['no Ghost', 'wordpress', 'site/not-ghost', () => html(200, '<title>A shop</title>')],
		['JSON of somebody else', 'wordpress', 'site/not-ghost', () => json(200, { site: { name: 'x' } })],
		['an error page', 'wordpress', 'site/unavailable', () => html(502, '<title>Bad gateway</title>')],
		[
			'Ghost starts',
			'wordpress',
			'site/maintenance',
			beforeGhost(error(503, 'MaintenanceError', 'Site is starting up')),
		],
		[
			'too many requests',
			'wordpress',
			'site/rate-limited',
			() => ({ ...json(429, {}), headers: { 'retry-after': '30' } }),
		],
		[
			'a login in front of it',
			'wordpress',
			'edge/basic-auth',
			() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="Staging"' }, body: '' }),
		],
		['a firewall', 'wordpress', 'edge/firewall', () => html(403, '<title>Blocked</title>')],
		['another site', 'wordpress', 'redirect/other-site', () => redirect('https://elsewhere.example/')],
		['in circles', 'wordpress', 'redirect/loop', ({ url }) => redirect(`${url}x/`)],
		['the key is moved along', 'login', 'redirect/while-verifying', beforeGhost(redirect('/else/'), isConfig)],
		[
			'a proxy drops the key',
			'login',
			'site-credential/header-stripped',
			beforeGhost(error(403, 'NoPermissionError', 'Authorization failed'), isConfig),
		],
		[
			'a limit of the host',
			'login',
			'api/blocked',
			beforeGhost(error(403, 'HostLimitError', 'Custom integrations are limited'), isConfig),
		],
		['a cache', 'login', 'cache/shares-identity', beforeGhost(json(200, { config: {} }), isConfig)],
	])('%s: %s %s', async (_name, rung, code, animal) => {
		const expected = `${rung} ${code}`
		expect(await diagnose(animal)).toBe(expected)
		expect(await diagnose(animal), 'a second time').toBe(expected)
	})

	it('names a clock that is ahead', async () => {
		expect(await diagnose(ghostSite({ key, clockAheadMs: 400_000 }))).toBe('login site-credential/clock-differs')
	})

	it('names another secret', async () => {
		expect(await diagnose(ghostSite({ key }), '/', other)).toBe('login site-credential/admin-api-key-rejected')
	})

	it('names what is no address, before anything is asked', async () => {
		const { proof, asked } = await prove('ftp://127.0.0.1:80/')
		expect(proof).toMatchObject({ ok: false, diagnosis: { code: 'address/scheme-unsupported', rung: 'address' } })
		expect(asked).toEqual([])
	})
})

describe('the key', () => {
	it('goes to no other origin than the one it was entered for', async () => {
		const address = await lives(ghostSite({ key }))
		const { proof, withKey } = await prove(address, key, 'https://ghost.example')
		expect(proof).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/entered-for-other-origin' } })
		expect(withKey).toEqual([])
	})

	it('is refused by its shape before anything is sent', () => {
		expect(ghost.readCredential({ adminApiKey: 'a login password' })).toMatchObject({
			problem: { code: 'site-credential/admin-api-key-malformed' },
		})
		expect(ghost.readCredential({})).toMatchObject({ problem: { code: 'site-credential/admin-api-key-required' } })
	})
})
