import { createEgress, parseAllowRules, portsOf, type Egress } from '@postern/egress'
import { Secret } from '@postern/vocabulary'
import {
	createRequestBudget,
	discover,
	readLatestPosts,
	verifySiteCredential,
	type DiscoveredSite,
	type DiscoverResult,
	type SiteCredentialInput,
	type VerifyResult,
} from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificates, testAuthority } from '../packages/egress/src/testing/certificates.ts'
import { putHttpsInFront, type HttpsFront } from './wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { people, wordpressVersions, type WordPressOptions } from './wordpress/wordpress-options.ts'

const NEVER_ISSUED = 'abcd EFGH 1234 ijkl MNOP 5678'
const REQUESTS = 12

/** Lockout plugins count this hook; more than one a try would lock a person out by our doing. */
const countFailedLogins = `
	add_action( 'wp_login_failed', function () {
		file_put_contents( WP_CONTENT_DIR . '/failed-logins', '.', FILE_APPEND );
	} );
`
/** Shown to everybody, to editors only, to nobody, without routes, and with routes elsewhere. */
const registerTypes = `
	add_action( 'init', function () {
		$shown = array( 'public' => true, 'show_in_rest' => true );
		register_post_type( 'book', array( 'label' => 'Books & “more”', 'rest_base' => 'books' ) + $shown );
		register_post_type( 'report', array( 'label' => 'Reports', 'capability_type' => 'page' ) + $shown );
		register_post_type( 'inner', array( 'public' => false, 'show_in_rest' => true ) );
		register_post_type( 'quiet', array( 'public' => true ) );
		register_post_type( 'elsewhere', array( 'rest_namespace' => 'shop/v1' ) + $shown );
	} );
`
/** As of the types; and with a capability that only who may edit others' posts has. */
const registerTaxonomies = `
	add_action( 'init', function () {
		$shown = array( 'public' => true, 'show_in_rest' => true );
		register_taxonomy( 'genre', 'post', array( 'label' => 'Genres', 'rest_base' => 'genres' ) + $shown );
		register_taxonomy( 'shelf', 'post', array( 'capabilities' => array( 'assign_terms' => 'edit_others_posts' ) ) + $shown );
		register_taxonomy( 'inner', 'post', array( 'public' => false, 'show_in_rest' => true ) );
		register_taxonomy( 'quiet', 'post', array( 'public' => true ) );
		register_taxonomy( 'elsewhere', 'post', array( 'rest_namespace' => 'shop/v1' ) + $shown );
	} );
`
const failedLogins = async (site: WordPressSite): Promise<number> =>
	Number(await site.runPhp(`return strlen( (string) @file_get_contents( WP_CONTENT_DIR . '/failed-logins' ) );`))

/** One attempt of a person: an address, then a username and a password, on one budget. */
type Attempt = {
	readonly discovered: DiscoverResult
	verify(credential: SiteCredentialInput): Promise<VerifyResult>
	close(): Promise<void>
}

async function attempt(address: string): Promise<Attempt> {
	const egress = openEgress(address)
	const budget = createRequestBudget(REQUESTS)
	const ports = { ask: egress.ask, clock: Date.now, budget }
	const discovered = await discover(address, { ...ports, ownOrigins: [], extraPorts: portsOf(allow(address)) })
	return {
		discovered,
		verify: (credential) => verifySiteCredential(found(discovered), credential, ports),
		close: egress.close,
	}
}

function openEgress(address: string): Egress {
	return createEgress({ allow: allow(address), userAgent: 'Postern conformance', ca: testAuthority })
}

function allow(address: string) {
	const rules = parseAllowRules(`127.0.0.1:${new URL(address).port}`)
	if (!rules.ok) throw new Error(rules.problem.code)
	return rules.value
}

function found(discovered: DiscoverResult): DiscoveredSite {
	if (!discovered.ok) throw new Error(`not discovered: ${JSON.stringify(discovered.diagnosis, null, 1)}`)
	return discovered.value
}

async function discoverAndVerify(address: string, credential: SiteCredentialInput): Promise<VerifyResult> {
	const { verify, close } = await attempt(address)
	try {
		return await verify(credential)
	} finally {
		await close()
	}
}

async function discoverOnly(address: string): Promise<DiscoverResult> {
	const { discovered, close } = await attempt(address)
	await close()
	return discovered
}

const sites: WordPressSite[] = []
const fronts: HttpsFront[] = []
afterAll(async () => {
	await Promise.all(fronts.map((front) => front.stop()))
	await Promise.all(sites.map((site) => site.stop()))
})
async function start(options: WordPressOptions): Promise<WordPressSite> {
	const plugins = [...(options.plugins ?? []), countFailedLogins]
	const site = await startWordPress({ ...options, plugins })
	sites.push(site)
	return site
}

const layouts = wordpressVersions.flatMap((version) =>
	(['pretty', 'plain'] as const).flatMap((permalinks) =>
		(['', '/blog'] as const).map((path) => ({ version, permalinks, path })),
	),
)

describe.each(layouts)('WordPress $version, $permalinks permalinks, at "$path/"', (layout) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await start({ ...layout, title: 'Café “Zur Pforte” & 門' })
	})

	it('is discovered without any secret: its name, its API and that application passwords are on', async () => {
		site.forgetRequests()
		const discovered = found(await discoverOnly(site.url))
		expect(discovered).toMatchObject({
			siteUrl: site.url,
			homeUrl: site.url,
			wordpressUrl: site.url,
			title: 'Café “Zur Pforte” & 門',
			applicationPasswords: 'on',
			authorizationEndpoint: `${site.url}/wp-admin/authorize-application.php`,
			root: { style: layout.permalinks === 'pretty' ? 'path' : 'query' },
			isIndexClosed: false,
		})
		expect(discovered.notes.some((note) => note.code === 'plain-permalinks')).toBe(layout.permalinks === 'plain')
		expect(site.requests().filter((request) => request.hasAuthorization)).toEqual([])
	})

	it.each([
		['admin', ['administrator'], ['publish', 'manage-users', 'manage-site']],
		['editor', ['editor'], ['publish', 'pages', 'edit-others']],
		['author', ['author'], ['draft', 'publish', 'upload']],
	] as const)('lets the %s in, and says who they are and what they may do', async (user, roles, permissions) => {
		const issued = await site.createApplicationPassword(user, 'Postern')
		site.forgetRequests()
		const result = await discoverAndVerify(site.url, { username: user.toUpperCase(), password: issued.password })
		expect(result).toMatchObject({
			ok: true,
			value: {
				username: user,
				displayName: people[user].displayName,
				roles,
				permissions: expect.arrayContaining([...permissions]),
				passwordUuid: issued.uuid,
				passwordName: 'Postern',
			},
		})
		expect(site.requests().length).toBeLessThanOrEqual(REQUESTS)
		expectNoSecret(result, issued.password)
	})

	it('lets a contributor in, and remarks that they may not publish', async () => {
		const { password } = await site.createApplicationPassword('contributor', 'Postern')
		const result = await discoverAndVerify(site.url, { username: 'contributor', password })
		expect(result).toMatchObject({ ok: true, value: { username: 'contributor', roles: ['contributor'] } })
		expect(result.ok && result.value.permissions).not.toContain('publish')
		expect(result.ok && result.value.notes.map((note) => note.code)).toContain('limited-account')
	})

	it('says of a subscriber that the login is right and the role too low', async () => {
		const { password } = await site.createApplicationPassword('subscriber', 'Postern')
		expect(await discoverAndVerify(site.url, { username: 'subscriber', password })).toMatchObject({
			ok: false,
			diagnosis: {
				code: 'site-credential/role-too-low',
				certainty: 'sure',
				rung: 'permissions',
				params: { username: 'subscriber', role: 'subscriber' },
			},
		})
	})

	it('names a wrong and a revoked password for what they are, with one failed login each', async () => {
		const revoked = await site.createApplicationPassword('author', 'Revoked')
		await site.revokeApplicationPassword('author', revoked.uuid)
		for (const password of [NEVER_ISSUED, revoked.password]) {
			site.forgetRequests()
			const before = await failedLogins(site)
			const result = await discoverAndVerify(site.url, { username: 'author', password: new Secret(password) })
			expect(result).toMatchObject({
				ok: false,
				diagnosis: { code: 'site-credential/rejected', certainty: 'sure', rung: 'login' },
			})
			expect(await failedLogins(site)).toBe(before + 1)
			expect(site.requests().length).toBeLessThanOrEqual(REQUESTS)
			expectNoSecret(result, password)
		}
	})

	it('never sends a login password anywhere', async () => {
		const attempted = await attempt(site.url)
		site.forgetRequests()
		const result = await attempted.verify({ username: 'author', password: people.author.password })
		await attempted.close()
		expect(result).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/looks-like-login-password' } })
		expect(site.requests()).toEqual([])
		expectNoSecret(result, people.author.password)
	})
})

describe.each(wordpressVersions)('WordPress %s', (version) => {
	it('is found from whatever page of it a person pastes', async () => {
		const site = await start({ version, permalinks: 'pretty', path: '/blog' })
		const pasted = ['/', '/wp-admin', '/wp-login.php', '/wp-json/', '/2026/03/opening-the-side-door/', '/xmlrpc.php']
		for (const page of pasted) {
			expect(found(await discoverOnly(`  ${site.url}${page} `)).siteUrl).toBe(site.url)
		}
		const host = await discoverOnly(new URL('/', site.url).href)
		expect(host).toMatchObject({ ok: false, diagnosis: { code: 'site/not-wordpress' } })
	})

	it('shows its latest posts and drafts to a login, and to nobody else what a login would see', async () => {
		const site = await start({ version, permalinks: 'pretty' })
		const kept = found(await discoverOnly(site.url))
		const egress = openEgress(site.url)
		const read = (username: string, password: string) =>
			readLatestPosts(kept, { username, password }, { ask: egress.ask, clock: Date.now })
		const author = await site.createApplicationPassword('author', 'Postern')
		const contributor = await site.createApplicationPassword('contributor', 'Postern')
		const subscriber = await site.createApplicationPassword('subscriber', 'Postern')
		for (const [user, { password }] of [
			['author', author],
			['contributor', contributor],
			['subscriber', subscriber],
		] as const) {
			const posts = await read(user, password)
			expect(posts, user).toMatchObject({ ok: true, value: { posts: [{ status: 'publish' }, {}, {}] } })
		}
		await site.revokeApplicationPassword('author', author.uuid)
		// Without a login WordPress speaks of the status, as to a small role: the posts cannot tell the two apart.
		const anonymous = await fetch(`${site.url}/wp-json/wp/v2/posts?context=edit&status=publish,future`)
		expect([anonymous.status, (await anonymous.json()).code]).toEqual([400, 'rest_invalid_param'])
		site.forgetRequests()
		expect(await read('author', author.password)).toMatchObject({ ok: false })
		expect(site.requests().filter((request) => request.hasAuthorization)).toHaveLength(1)
		await egress.close()
	})

	it('says which custom post types the account may edit, and of nothing else that is one of its own', async () => {
		const site = await start({ version, permalinks: 'pretty', plugins: [registerTypes] })
		const typesOf = async (user: 'editor' | 'author') => {
			const { password } = await site.createApplicationPassword(user, 'Postern')
			const result = await discoverAndVerify(site.url, { username: user, password })
			return result.ok ? result.value.postTypes : result.diagnosis.code
		}
		const book = { restBase: 'books', name: 'Books & “more”', slug: 'book' }
		expect(await typesOf('editor')).toEqual([book, { restBase: 'report', name: 'Reports', slug: 'report' }])
		expect(await typesOf('author')).toEqual([book])
	})

	it('says which custom taxonomies the account may use, and of nothing else that is one of its own', async () => {
		const site = await start({ version, permalinks: 'pretty', plugins: [registerTaxonomies] })
		const taxonomiesOf = async (user: 'editor' | 'author') => {
			const { password } = await site.createApplicationPassword(user, 'Postern')
			const result = await discoverAndVerify(site.url, { username: user, password })
			return result.ok ? result.value.taxonomies : result.diagnosis.code
		}
		const genre = { restBase: 'genres', slug: 'genre' }
		expect(await taxonomiesOf('editor')).toEqual([genre, { restBase: 'shelf', slug: 'shelf' }])
		expect(await taxonomiesOf('author')).toEqual([genre])
	})

	it('behind a web server that strips the header is told apart from a wrong password', async () => {
		const site = await start({ version, permalinks: 'pretty', behaviours: ['strip-authorization'] })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		const right = await discoverAndVerify(site.url, { username: 'author', password })
		expect(right).toMatchObject({
			ok: false,
			diagnosis: { code: 'site-credential/header-stripped', certainty: 'sure', rung: 'login' },
		})
		const wrong = await discoverAndVerify(site.url, { username: 'author', password: NEVER_ISSUED })
		expect(wrong).toMatchObject({ ok: false, diagnosis: { code: 'site-credential/rejected' } })
	})

	it('that strips the header and has XML-RPC off is not accused of more than we know', async () => {
		const plugins = ["add_filter( 'xmlrpc_enabled', '__return_false' );"]
		const site = await start({ version, permalinks: 'pretty', behaviours: ['strip-authorization'], plugins })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		const result = await discoverAndVerify(site.url, { username: 'author', password })
		expect(result).toMatchObject({
			ok: false,
			diagnosis: { code: 'site-credential/rejected-or-stripped', certainty: 'likely' },
		})
	})

	it('closed to visitors lets a right login through', async () => {
		const site = await start({ version, permalinks: 'pretty', behaviours: ['rest-closed-to-visitors'] })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		expect(found(await discoverOnly(site.url))).toMatchObject({ isIndexClosed: true, applicationPasswords: 'unknown' })
		const result = await discoverAndVerify(site.url, { username: 'author', password })
		expect(result).toMatchObject({ ok: true, value: { username: 'author' } })
	})

	it('in production without HTTPS says so before a password is typed', async () => {
		const site = await start({ version, permalinks: 'pretty', environment: 'production' })
		expect(await discoverOnly(site.url)).toMatchObject({
			ok: false,
			diagnosis: { code: 'application-passwords/no-https', rung: 'application-passwords' },
		})
	})

	it('in production behind HTTPS lets a right login in', async () => {
		const site = await start({ version, permalinks: 'pretty', environment: 'production', behaviours: ['behind-https'] })
		const { password } = await site.createApplicationPassword('editor', 'Postern')
		const { url } = await behindHttps(site)
		const result = await discoverAndVerify(url, { username: 'editor', password })
		expect(result).toMatchObject({ ok: true, value: { username: 'editor', roles: ['editor'] } })
	})

	it('with the feature switched off behind HTTPS says that, and that somebody must switch it on', async () => {
		const behaviours = ['behind-https', 'application-passwords-off'] as const
		const site = await start({ version, permalinks: 'pretty', environment: 'production', behaviours })
		const { url } = await behindHttps(site)
		expect(await discoverOnly(url)).toMatchObject({
			ok: false,
			diagnosis: { code: 'application-passwords/off', rung: 'application-passwords' },
		})
	})

	it('that does not know of the HTTPS in front of it is told apart from one without', async () => {
		const site = await start({ version, permalinks: 'pretty', environment: 'production' })
		const { url } = await behindHttps(site, 'http')
		expect(await discoverOnly(url)).toMatchObject({
			ok: false,
			diagnosis: { code: 'application-passwords/https-not-recognized', rung: 'application-passwords' },
		})
	})

	it('in maintenance and after a crash is not called anything else', async () => {
		const resting = await start({ version, permalinks: 'pretty' })
		await resting.runPhp(`return file_put_contents( ABSPATH . '.maintenance', '<?php $upgrading = time();' );`)
		expect(await discoverOnly(resting.url)).toMatchObject({ ok: false, diagnosis: { code: 'site/maintenance' } })
		const crash = "add_action( 'template_redirect', function () { throw new Error( 'a broken plugin' ); } );"
		const crashInApi = "add_action( 'rest_api_init', function () { throw new Error( 'a broken plugin' ); } );"
		const broken = await start({ version, permalinks: 'pretty', plugins: [crash, crashInApi] })
		expect(await discoverOnly(broken.url)).toMatchObject({ ok: false, diagnosis: { code: 'site/fatal-error' } })
	})
})

async function behindHttps(site: WordPressSite, scheme: 'https' | 'http' = 'https'): Promise<HttpsFront> {
	const front = await putHttpsInFront(site, certificates.good, { scheme })
	fronts.push(front)
	return front
}

/** Neither as typed nor without spaces, nor as it travels. */
function expectNoSecret(result: VerifyResult, password: string): void {
	const shown = JSON.stringify(result)
	for (const form of [password, password.replaceAll(' ', ''), Buffer.from(password).toString('base64')]) {
		expect(shown).not.toContain(form)
	}
}
