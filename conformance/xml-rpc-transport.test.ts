import { Secret } from '@postern/vocabulary'
import {
	createSitePassword,
	discover,
	findXmlRpc,
	listSitesOfLogin,
	readLatestPosts,
	verifyOverXmlRpc,
	verifySiteCredential,
	type DiscoveredSite,
	type DiscoverPorts,
} from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificates } from '../packages/egress/src/testing/certificates.ts'
import { reachSite } from './reach-site.ts'
import { putHttpsInFront, type HttpsFront } from './wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import {
	people,
	type SiteRole,
	type WordPressOptions,
	wordpressRoles,
	wordpressVersions,
} from './wordpress/wordpress-options.ts'

const sites: WordPressSite[] = []
const fronts: HttpsFront[] = []
afterAll(async () => {
	await Promise.all(fronts.map((front) => front.stop()))
	await Promise.all(sites.map((site) => site.stop()))
})
async function start(options: WordPressOptions): Promise<WordPressSite> {
	const site = await startWordPress(options)
	sites.push(site)
	return site
}

async function find(address: string, ports: DiscoverPorts): Promise<DiscoveredSite> {
	const found = await findXmlRpc(address, ports)
	if (!found.ok) throw new Error(JSON.stringify(found.diagnosis, null, 1))
	return found.value
}

async function credentialOf(site: WordPressSite, role: SiteRole) {
	const { password } = await site.createApplicationPassword(role, `XML-RPC ${crypto.randomUUID()}`)
	return { username: people[role].username, password }
}

const code = (
	result: { ok: true } | { ok: false; diagnosis: { code: string } } | { ok: false; problem: { code: string } },
) => (result.ok ? 'ok' : 'diagnosis' in result ? result.diagnosis.code : result.problem.code)

const layouts = wordpressVersions.flatMap((version) => (['', '/blog'] as const).map((path) => ({ version, path })))

describe.each(layouts)('XML-RPC of WordPress $version at "$path/", whose server drops the header', (layout) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await start({ ...layout, permalinks: 'pretty', behaviours: ['strip-authorization'], title: 'Zur Pforte' })
	})

	it('is found behind any page of the site, without any secret', async () => {
		site.forgetRequests()
		for (const page of ['/', '/wp-admin/', '/xmlrpc.php'])
			expect(await find(`${site.url}${page}`, reachSite(site.url))).toMatchObject({
				siteUrl: site.url,
				wordpressUrl: site.url,
				xmlRpcUrl: `${site.url}/xmlrpc.php`,
				transport: 'xml-rpc',
				title: expect.stringContaining('Zur Pforte'),
			})
		expect(site.requests().some(({ hasAuthorization }) => hasAuthorization)).toBe(false)
	})

	it.each(['contributor', 'author', 'editor', 'admin'] as const)(
		'tells who we are and what we may do: %s',
		async (role) => {
			const ports = reachSite(site.url)
			const found = await find(site.url, ports)
			const credential = await credentialOf(site, role)
			expect(code(await verifySiteCredential(found, credential, ports))).toBe('site-credential/header-stripped')
			const verified = await verifyOverXmlRpc(found, credential, reachSite(site.url))
			if (!verified.ok) throw new Error(verified.diagnosis.code)
			expect(verified.value).toMatchObject({
				username: people[role].username,
				displayName: people[role].displayName,
				roles: [wordpressRoles[role]],
				siteTitle: 'Zur Pforte',
				wordpressVersion: layout.version,
			})
			const known = await site.runPhp(`
			$user = get_user_by( 'login', '${people[role].username}' );
			$granted = array_keys( array_filter( $user->allcaps ) );
			return array_values( array_diff( $granted, $user->roles ) );
		`)
			expect(verified.value.capabilities).toEqual(Array.isArray(known) ? known.map(String).toSorted() : known)
			expect(verified.value.notes.map((note) => note.code)).toContain('xml-rpc-transport')
		},
	)

	it('reads the newest posts and drafts', async () => {
		const ports = reachSite(site.url)
		const found = await find(site.url, ports)
		const latest = await readLatestPosts(found, await credentialOf(site, 'editor'), reachSite(site.url))
		if (!latest.ok) throw new Error(latest.problem.code)
		expect([latest.value.posts.length, latest.value.drafts.length]).toEqual([3, 2])
		const [first] = latest.value.posts
		expect(first).toMatchObject({ status: 'publish', link: expect.stringContaining(site.url), date: expect.any(Date) })
		const titles = await site.runPhp(`
			$posts = get_posts( array( 'numberposts' => 3 ) );
			return array_map( function ( $post ) { return $post->post_title . ' ' . mysql2date( 'U', $post->post_date_gmt ); }, $posts );
		`)
		const seen = latest.value.posts.map(({ title, date }) => `${title} ${(date?.getTime() ?? 0) / 1_000}`)
		expect(seen.toSorted()).toEqual(Array.isArray(titles) ? titles.map(String).toSorted() : titles)
	})

	it('refuses by name what is wrong, a role that may not write, and what XML-RPC cannot do', async () => {
		const ports = reachSite(site.url)
		const found = await find(site.url, ports)
		const credential = await credentialOf(site, 'author')
		const wrong = { ...credential, password: 'abcd EFGH 1234 ijkl MNOP 5678' }
		expect(code(await verifyOverXmlRpc(found, wrong, reachSite(site.url)))).toBe('site-credential/rejected')
		expect(code(await readLatestPosts(found, wrong, reachSite(site.url)))).toBe('site-credential/rejected')
		site.forgetRequests()
		const login = { username: 'author', password: people.author.password }
		expect(code(await verifyOverXmlRpc(found, login, ports))).toBe('site-credential/looks-like-login-password')
		expect(code(await createSitePassword(found, credential, { name: 'x' }, ports))).toBe('api/rest-needed')
		expect(site.requests()).toEqual([])
		const subscriber = await credentialOf(site, 'subscriber')
		expect(code(await verifyOverXmlRpc(found, subscriber, reachSite(site.url)))).toBe('site-credential/role-too-low')
	})
})

describe.each(wordpressVersions)('WordPress %s', (version) => {
	it('whose XML-RPC lets nobody sign in is told, and one whose file is closed', async () => {
		const off = await start({
			version,
			permalinks: 'pretty',
			plugins: ["add_filter( 'xmlrpc_enabled', '__return_false' );"],
		})
		const found = await find(off.url, reachSite(off.url))
		const credential = await credentialOf(off, 'author')
		expect(code(await verifyOverXmlRpc(found, credential, reachSite(off.url)))).toBe('xml-rpc/off')
		expect(code(await listSitesOfLogin(found, credential, reachSite(off.url)))).toBe('xml-rpc/off')
		const closed = await start({
			version,
			permalinks: 'pretty',
			plugins: ["if ( defined( 'XMLRPC_REQUEST' ) ) { http_response_code( 403 ); exit( 'Forbidden' ); }"],
		})
		expect(code(await findXmlRpc(closed.url, reachSite(closed.url)))).toBe('xml-rpc/blocked')
	})

	it('with a role of a plugin’s making is asked whether it may write', async () => {
		const site = await start({
			version,
			permalinks: 'pretty',
			plugins: [
				`
				add_role( 'poet', 'Poet', array( 'read' => true, 'edit_posts' => true ) );
				add_role( 'guest', 'Guest', array( 'read' => true ) );
			`,
			],
		})
		const found = await find(site.url, reachSite(site.url))
		const setRole = (role: string) =>
			site.runPhp(`get_user_by( 'login', 'author' )->set_role( '${role}' ); return true;`)
		await setRole('poet')
		const credential = await credentialOf(site, 'author')
		expect(await verifyOverXmlRpc(found, credential, reachSite(site.url))).toMatchObject({
			ok: true,
			value: { roles: ['poet'], permissions: ['read', 'draft'] },
		})
		await setRole('guest')
		expect(code(await verifyOverXmlRpc(found, credential, reachSite(site.url)))).toBe('site-credential/role-too-low')
	})
})

describe.each(wordpressVersions)('a staging login in front of WordPress %s', (version) => {
	const login = { username: 'staging', password: 'open sesame' }
	const edge = { username: login.username, password: new Secret(login.password) }

	async function stage(exempt: RegExp = /^$/) {
		const site = await start({ version, permalinks: 'pretty', behaviours: ['behind-https'] })
		const front = await putHttpsInFront(site, certificates.good, { login: { ...login, exempt } })
		fronts.push(front)
		return { site, front }
	}

	it('is named without one, and refused by name with a wrong one', async () => {
		const { site, front } = await stage()
		site.forgetRequests()
		expect(code(await discover(front.url, reachSite(front.url)))).toBe('edge/basic-auth')
		expect(code(await findXmlRpc(front.url, reachSite(front.url)))).toBe('edge/basic-auth')
		const wrong = { ...edge, password: new Secret('open barley') }
		expect(code(await discover(front.url, reachSite(front.url, { edge: wrong })))).toBe('edge/login-refused')
		expect(code(await findXmlRpc(front.url, reachSite(front.url, { edge: wrong })))).toBe('edge/login-refused')
		expect(site.requests()).toEqual([])
	})

	it('lets REST in no further than the login, and XML-RPC the whole way', async () => {
		const { site, front } = await stage()
		const credential = await credentialOf(site, 'author')
		const rest = await discover(front.url, reachSite(front.url, { edge }))
		if (!rest.ok) throw new Error(rest.diagnosis.code)
		expect(rest.value.applicationPasswords).toBe('on')
		const refused = await verifySiteCredential(rest.value, credential, reachSite(front.url, { edge }))
		expect(code(refused)).toBe('edge/basic-auth')
		const found = await find(front.url, reachSite(front.url, { edge }))
		const ports = () => reachSite(front.url, { edge })
		expect(await verifyOverXmlRpc(found, credential, ports())).toMatchObject({
			ok: true,
			value: { username: 'author' },
		})
		expect(await readLatestPosts(found, credential, ports())).toMatchObject({ ok: true })
		expect(await listSitesOfLogin(found, credential, ports())).toMatchObject({ ok: true, value: [{ isAdmin: false }] })
	})

	it('that exempts the API lets REST in', async () => {
		const { site, front } = await stage(/^\/wp-json\//)
		const credential = await credentialOf(site, 'author')
		const ports = reachSite(front.url, { edge })
		const rest = await discover(front.url, ports)
		if (!rest.ok) throw new Error(rest.diagnosis.code)
		expect(await verifySiteCredential(rest.value, credential, reachSite(front.url, { edge }))).toMatchObject({
			ok: true,
		})
	})
})

describe.each(wordpressVersions)(
	'a network of WordPress %s, whose author administers another of its sites',
	(version) => {
		let site: WordPressSite
		beforeAll(async () => {
			site = await start({ version, permalinks: 'pretty', network: ['second', 'third'] })
			await site.runPhp(`
			$user = get_user_by( 'login', 'author' );
			add_user_to_blog( 2, $user->ID, 'administrator' );
			return true;
		`)
		})
		const ways = [
			[discover, verifySiteCredential],
			[findXmlRpc, verifyOverXmlRpc],
		] as const

		it('tells on which of its sites a login is a member, over both transports', async () => {
			const credential = await credentialOf(site, 'author')
			const expected = [
				{ url: `${site.url}/`, isAdmin: false },
				{ url: `${site.url}/second/`, isAdmin: true },
			]
			for (const [look] of ways) {
				const found = await look(site.url, reachSite(site.url))
				if (!found.ok) throw new Error(found.diagnosis.code)
				const listed = await listSitesOfLogin(found.value, credential, reachSite(site.url))
				expect(listed).toMatchObject({ ok: true, value: expected })
			}
		})

		it('lets a member in as what they are at the very site that is asked, and nobody who is none', async () => {
			const credential = await credentialOf(site, 'author')
			const verdictAt = async (address: string, [look, verify]: (typeof ways)[number]) => {
				const found = await look(address, reachSite(site.url))
				if (!found.ok) return found.diagnosis.code
				const verified = await verify(found.value, credential, reachSite(site.url))
				if (!verified.ok) return verified.diagnosis.code
				return verified.value.permissions.includes('manage-site') ? 'administrator' : 'less'
			}
			const [rest, xmlRpc] = ways
			const addresses = ['', '/second/', '/third/'].map((folder) => `${site.url}${folder}`)
			const verdicts = (way: (typeof ways)[number]) => Promise.all(addresses.map((address) => verdictAt(address, way)))
			expect(await verdicts(rest)).toEqual(['less', 'administrator', 'site-credential/not-a-member'])
			// Its web server has no rules for a network: the files of the further sites are not found, and those of the first are not theirs.
			expect(await verdicts(xmlRpc)).toEqual(['less', 'xml-rpc/blocked', 'xml-rpc/blocked'])
		})
	},
)
