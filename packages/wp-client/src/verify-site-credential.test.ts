import { Secret } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { createRequestBudget, discover, readLatestPosts, verifySiteCredential } from './index.ts'
import type { DiscoveredSite, DiscoverPorts, RungEvent } from './types.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { json, redirect } from './zoo/zoo-server.testing.ts'
import {
	GROUPED,
	PASSWORD,
	USERNAME,
	UUID,
	wordpress,
	type WordpressTraits,
	WRONG,
} from './zoo/zoo-wordpress.testing.ts'

const credential = { username: USERNAME, password: GROUPED }

async function startVisit(traits: WordpressTraits = {}) {
	const { animal, failedLogins } = wordpress(traits)
	const { ask, visits } = askAnimal(animal)
	const events: RungEvent[] = []
	const ports: DiscoverPorts = { ask, clock: () => 1_000, ownOrigins: [], onRung: (event) => events.push(event) }
	const found = await discover('https://blog.example', ports)
	if (!found.ok) throw new Error(found.diagnosis.code)
	visits.length = 0
	events.length = 0
	return { site: found.value, ports, visits, events, failedLogins }
}

describe('verifySiteCredential', () => {
	it('takes a site that was kept as JSON, and a Secret', async () => {
		const { site, ports } = await startVisit()
		const kept: DiscoveredSite = JSON.parse(JSON.stringify(site))
		const verified = await verifySiteCredential(kept, { username: ' YUKI ', password: new Secret(PASSWORD) }, ports)
		expect(verified).toMatchObject({ ok: true, value: { username: 'yuki', passwordUuid: UUID } })
	})

	it('streams the last two rungs', async () => {
		const { site, ports, events } = await startVisit({ role: 'contributor' })
		await verifySiteCredential(site, credential, ports)
		expect(events.map(({ rung, state, detail }) => `${rung} ${state} ${detail?.code ?? ''}`.trim())).toEqual([
			'login running',
			'login passed',
			'permissions running',
			'permissions noted limited-account',
		])
	})

	it('tells whose password it is where the site took it and only the account will not do', async () => {
		const low = await startVisit({ role: 'subscriber' })
		expect(await verifySiteCredential(low.site, credential, low.ports)).toMatchObject({
			ok: false,
			diagnosis: { code: 'site-credential/role-too-low' },
			account: { username: USERNAME, passwordUuid: UUID },
		})
		const wrong = await startVisit()
		const refused = await verifySiteCredential(wrong.site, { username: USERNAME, password: WRONG }, wrong.ports)
		expect(Object.keys(refused)).toEqual(['ok', 'diagnosis'])
	})

	it('asks the control for the very address of the account, after it, and without the credential', async () => {
		const { site, ports, visits } = await startVisit()
		await verifySiteCredential(site, credential, ports)
		const [account, control] = visits.filter(({ url }) => url.includes('context=edit'))
		expect(control?.url).toBe(account?.url)
		expect([account?.headers.authorization === undefined, control?.headers.authorization === undefined]).toEqual([
			false,
			true,
		])
	})

	it('learns which custom post types the account may edit, in text that is fit to be shown', async () => {
		const book = { name: 'Books &amp; <b>\u202Emore', slug: 'book', rest_base: 'books', rest_namespace: 'wp/v2' }
		const echoed = { ...book, name: PASSWORD, slug: 'echo', rest_base: 'echo' }
		const post = { name: 'Posts', slug: 'post', rest_base: 'posts', rest_namespace: 'wp/v2' }
		const { site, ports, visits } = await startVisit({ types: json(200, { post, book, echoed }) })
		const verified = await verifySiteCredential(site, credential, ports)
		expect(verified.ok && verified.value.postTypes[0]).toEqual({
			restBase: 'books',
			name: expect.stringMatching(/^Books & <b>.?more$/),
			slug: 'book',
		})
		expect(JSON.stringify(verified)).not.toContain(PASSWORD)
		const asked = visits.filter(({ url }) => url.includes('/wp/v2/types'))
		expect(asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([true])
	})

	it('learns which custom taxonomies the account may use, and of no other what it says', async () => {
		const genre = { name: 'Genres', slug: 'genre', rest_base: 'genres', visibility: { public: true } }
		const category = { ...genre, slug: 'category', rest_base: 'categories' }
		const { site, ports, visits } = await startVisit({ taxonomies: json(200, { category, genre }) })
		const verified = await verifySiteCredential(site, credential, ports)
		expect(verified).toMatchObject({ ok: true, value: { taxonomies: [{ restBase: 'genres', slug: 'genre' }] } })
		const asked = visits.filter(({ url }) => url.includes('/wp/v2/taxonomies'))
		expect(asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([true])
	})

	it.each([
		['refuses to tell', json(403, { code: 'rest_cannot_view', message: 'No', data: { status: 403 } })],
		['sends the secret elsewhere', redirect('https://evil.example/types')],
		['says something else', json(200, 'types')],
		['is slow with everything', json(429, { code: 'slow', data: { status: 429 } }, { 'retry-after': '60' })],
	])('takes no offence at a site that %s of its post types and taxonomies', async (_, types) => {
		const { site, ports, visits } = await startVisit({ types, taxonomies: types })
		const verified = await verifySiteCredential(site, credential, ports)
		expect(verified).toMatchObject({ ok: true, value: { passwordUuid: UUID, postTypes: [], taxonomies: [] } })
		expect(visits.filter(({ host }) => host !== 'blog.example')).toEqual([])
	})

	it('does not ask for post types with the last requests of the budget', async () => {
		const { site, ports, visits } = await startVisit({ types: json(200, {}), taxonomies: json(200, {}) })
		const verified = await verifySiteCredential(site, credential, { ...ports, budget: createRequestBudget(4) })
		expect(verified).toMatchObject({ ok: true, value: { postTypes: [] } })
		expect(visits.some(({ url }) => /\/wp\/v2\/(?:types|taxonomies)/.test(url))).toBe(false)
	})

	it('keeps the canonical username when an e-mail address was typed, and never the e-mail address', async () => {
		const { site, ports } = await startVisit()
		const verified = await verifySiteCredential(site, { username: 'yuki@zoo.example', password: GROUPED }, ports)
		expect(verified).toMatchObject({
			ok: true,
			value: { username: 'yuki', notes: [{ code: 'login-also-by-email', params: { username: 'yuki' } }] },
		})
		expect(JSON.stringify(verified)).not.toContain('yuki@zoo.example')
	})

	it.each([
		['', GROUPED, 'site-credential/username-required'],
		['a\u0000b', GROUPED, 'site-credential/username-malformed'],
		['a'.repeat(61), GROUPED, 'site-credential/username-too-long'],
		['yuki', '', 'site-credential/password-required'],
		['yuki', PASSWORD.slice(1), 'site-credential/password-length'],
		['yuki', 'hunter2!', 'site-credential/looks-like-login-password'],
		['yuki', '••••••••', 'site-credential/mask'],
	])('sends nothing for %j and a password of a wrong shape', async (username, password, code) => {
		const { site, ports, visits } = await startVisit()
		expect(await verifySiteCredential(site, { username, password }, ports)).toMatchObject({
			ok: false,
			diagnosis: { code },
		})
		expect(visits).toHaveLength(0)
	})

	it.each([
		{ root: { url: 'https://evil.test/wp-json/', style: 'path' } },
		{ wordpressUrl: 'https://evil.test' },
	] as const)('sends nothing to a stored site whose addresses disagree: %j', async (tampered) => {
		const { site, ports, visits } = await startVisit()
		const verified = await verifySiteCredential({ ...site, ...tampered }, credential, ports)
		expect(verified).toMatchObject({ ok: false, diagnosis: { code: 'api/other-origin' } })
		expect(visits).toHaveLength(0)
	})

	it('is not content with somebody else where introspection is missing', async () => {
		const introspection = json(404, { code: 'rest_no_route', message: 'No route', data: { status: 404 } })
		const { site, ports } = await startVisit({ introspection, user: { username: 'cached-admin' } })
		expect(await verifySiteCredential(site, credential, ports)).toMatchObject({
			ok: false,
			diagnosis: { code: 'site-credential/not-what-authenticated', certainty: 'likely' },
		})
	})

	it('is not sure of a wrong password where a closed index hides whether the feature is on at all', async () => {
		const traits = { isClosedToVisitors: 'rest_login_required', applicationPasswords: 'off' } as const
		const { site, ports } = await startVisit(traits)
		const verified = await verifySiteCredential(site, { username: USERNAME, password: WRONG }, ports)
		expect(verified).toMatchObject({
			diagnosis: {
				code: 'site-credential/rejected',
				certainty: 'likely',
				alternatives: ['application-passwords/off', 'application-passwords/off-for-user'],
			},
		})
	})

	it('is not sure of a stripped header when the refusal is not WordPress’ own', async () => {
		const { animal } = wordpress()
		const { ask } = askAnimal((seen) =>
			seen.url.includes('/users/me')
				? json(401, { code: 'jwt_auth_bad_auth_header', message: 'Malformed.', data: { status: 401 } })
				: animal(seen),
		)
		const { site, ports } = await startVisit()
		expect(await verifySiteCredential(site, credential, { ...ports, ask })).toMatchObject({
			diagnosis: {
				code: 'site-credential/header-stripped',
				certainty: 'likely',
				alternatives: ['api/blocked'],
			},
		})
	})

	it('does not follow a redirect of XML-RPC with the secret', async () => {
		const { animal } = wordpress({ stripsAuthorization: true })
		const { ask, visits } = askAnimal((seen) =>
			seen.method === 'POST' ? redirect('https://evil.test/xmlrpc.php', 307) : animal(seen),
		)
		const { site, ports } = await startVisit({ stripsAuthorization: true })
		const verified = await verifySiteCredential(site, credential, { ...ports, ask })
		expect(verified).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/rejected-or-stripped' } })
		expect(visits.map(({ host }) => host)).toEqual(['blog.example', 'blog.example'])
	})
})

describe('readLatestPosts', () => {
	it('reads five posts and five drafts as plain text, with web links only', async () => {
		const { site, ports } = await startVisit()
		const read = await readLatestPosts(site, credential, ports)
		if (!read.ok) throw new Error(read.problem.code)
		expect([read.value.posts.length, read.value.drafts.length]).toEqual([5, 5])
		expect(read.value.posts[0]).toEqual({
			id: 1,
			title: 'Hello & welcome',
			status: 'publish',
			date: new Date('2026-11-20T10:00:00Z'),
			modified: new Date('2026-11-21T10:00:00Z'),
		})
		expect(read.value.drafts[1]).toEqual({
			id: 2,
			title: 'A <em>draft</em> & more',
			status: 'draft',
			link: 'https://blog.example/?p=2',
			modified: new Date('2026-11-21T10:00:00Z'),
		})
	})

	it('shows what visitors see to an account that may not edit', async () => {
		const { site, ports } = await startVisit({ role: 'subscriber' })
		const read = await readLatestPosts(site, credential, ports)
		expect(read.ok && [read.value.posts[0]?.title, read.value.drafts]).toEqual(['Hello & welcome', []])
	})

	it.each([
		['a revoked password', {}, WRONG],
		['a server that strips the credential', { stripsAuthorization: true }, GROUPED],
	])('never takes what visitors see for a proof: %s fails, and is tried once', async (_why, traits, password) => {
		const { site, ports, visits } = await startVisit(traits)
		expect(await readLatestPosts(site, { username: USERNAME, password }, ports)).toMatchObject({
			problem: { code: 'site-credential/rejected-or-stripped' },
		})
		expect(visits).toHaveLength(1)
	})

	it('sends nothing to an API on another origin', async () => {
		const { site, ports, visits } = await startVisit()
		const foreign = { ...site, root: { url: 'https://evil.test/wp-json/', style: 'path' } } as const
		expect(await readLatestPosts(foreign, credential, ports)).toMatchObject({ problem: { code: 'api/other-origin' } })
		expect(visits).toHaveLength(0)
	})

	it('fails by name when the site refuses', async () => {
		const { site, ports } = await startVisit()
		const { ask } = askAnimal(() => ({
			status: 503,
			headers: { 'retry-after': '600' },
			body: '<title>Maintenance</title>',
		}))
		expect(await readLatestPosts(site, credential, { ...ports, ask })).toMatchObject({
			problem: { code: 'site/maintenance' },
		})
		expect(await readLatestPosts(site, { ...credential, password: 'x' }, ports)).toMatchObject({
			problem: { code: 'site-credential/looks-like-login-password' },
		})
	})
})
