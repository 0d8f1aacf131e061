import { describe, expect, it } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { BASIC, visit, type Outcome } from './visit.testing.ts'
import { type Animal, enclose, html, redirect } from './zoo-server.testing.ts'
import { capabilitiesOf, type RoleName, UUID, wordpress } from './zoo-wordpress.testing.ts'

function siteOf({ discovered }: Outcome) {
	if (!discovered.ok) throw new Error(`Not discovered: ${discovered.diagnosis.code}`)
	return discovered.value
}

function accountOf({ verified }: Outcome) {
	if (verified?.ok !== true) throw new Error(`Not verified: ${verified?.diagnosis.code}`)
	return verified.value
}

function notesOf(outcome: Outcome): string[] {
	return [...siteOf(outcome).notes, ...accountOf(outcome).notes].map(({ code }) => code)
}

describe('sites that connect', () => {
	it('Z1 stock, pretty permalinks, https', async () => {
		const { animal } = wordpress()
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}/`, zoo)
		const origin = `https://blog.example:${zoo.httpsPort}`
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome)).toMatchObject({
			siteUrl: origin,
			homeUrl: origin,
			wordpressUrl: origin,
			title: 'The Zoo',
			root: { url: `${origin}/wp-json/`, style: 'path' },
			foundBy: 'link-header',
			applicationPasswords: 'on',
			authorizationEndpoint: `${origin}/wp-admin/authorize-application.php`,
			wordpressVersion: '6.5.5',
			isIndexClosed: false,
			adminUrl: `${origin}/wp-admin/profile.php#application-passwords-section`,
			notes: [],
		})
		expect(accountOf(outcome)).toMatchObject({
			userId: 7,
			username: 'yuki',
			displayName: 'Yuki',
			roles: ['author'],
			passwordUuid: UUID,
			passwordName: 'Postern',
			notes: [],
		})
		expect(outcome.visits.map(({ url }) => url.replace(/_postern=[^&]*/, '_postern'))).toEqual([
			'/',
			'/wp-json/',
			'/wp-json/wp/v2/users/me?context=edit&_postern',
			expect.stringContaining('/wp-json/wp/v2/'),
			expect.stringContaining('/wp-json/wp/v2/'),
			expect.stringContaining('/wp-json/wp/v2/'),
			expect.stringContaining('/wp-json/wp/v2/'),
		])
		expect(outcome.visits.map(({ headers }) => headers.authorization).filter((sent) => sent !== undefined)).toEqual([
			BASIC,
			BASIC,
			BASIC,
			BASIC,
		])
	})

	it('Z2 plain permalinks: the advertised root is followed to the letter', async () => {
		const { animal } = wordpress({ permalinks: 'plain' })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(notesOf(outcome)).toEqual(['plain-permalinks'])
		expect(siteOf(outcome).root).toEqual({
			url: `https://blog.example:${zoo.httpsPort}/index.php?rest_route=/`,
			style: 'query',
		})
		const asked = outcome.visits.filter(({ url }) => url.includes('rest_route'))
		expect(asked.length).toBe(6)
		expect(asked.every(({ url }) => url.startsWith('/index.php?rest_route=/') && url.split('?').length === 2)).toBe(
			true,
		)
	})

	it('Z3 plain permalinks, nothing advertised, a theme that answers 200 under /wp-json', async () => {
		const { animal } = wordpress({ permalinks: 'plain', advertises: [] })
		const theme: Animal = (seen) =>
			seen.url.startsWith('/wp-json') ? html(200, '<title>Page not found</title>') : animal(seen)
		const zoo = await enclose(theme)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome).foundBy).toBe('rest-route')
		expect(notesOf(outcome)).toEqual(['plain-permalinks'])
	})

	it('F18 pretty permalinks, but the way through /wp-json is blocked: not taken for plain ones', async () => {
		const { animal } = wordpress({ advertises: [] })
		const zoo = await enclose((seen) =>
			seen.url.startsWith('/wp-json') ? html(403, '<title>Forbidden</title>') : animal(seen),
		)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(notesOf(outcome)).toEqual(['api-found-elsewhere'])
	})

	it('Z5 custom prefix', async () => {
		const { animal } = wordpress({ prefix: '/api/' })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(notesOf(outcome)).toEqual(['api-found-elsewhere'])
	})

	it.each(['header', 'tag', 'redirect', 'rsd'] as const)('Z6 sub-directory, found by %s', async (way) => {
		const { animal } = wordpress({ folder: '/blog' })
		const front: Animal = (seen) => {
			const root = `https://${seen.headers.host}/blog/wp-json/`
			if (seen.url !== '/') return animal(seen)
			if (way === 'redirect') return redirect('/blog/')
			if (way === 'header') return html(200, '<title>Front</title>', { link: `<${root}>; rel="https://api.w.org/"` })
			if (way === 'tag') return html(200, `<link rel="https://api.w.org/" href="${root}">`)
			return html(200, '<link rel="EditURI" href="/blog/xmlrpc.php?rsd">')
		}
		const zoo = await enclose(front)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome).siteUrl).toBe(`https://blog.example:${zoo.httpsPort}/blog`)
		expect(siteOf(outcome).adminUrl).toContain('/blog/wp-admin/profile.php')
		expect(notesOf(outcome)).toEqual(['address-corrected'])
	})

	it('F3 WordPress in /wp, the site in front of it: wp-admin and XML-RPC are where WordPress is', async () => {
		const { animal } = wordpress({ core: '/wp', stripsAuthorization: true })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels['auth.header_stripped'])
		expect(siteOf(outcome)).toMatchObject({
			siteUrl: `https://blog.example:${zoo.httpsPort}`,
			wordpressUrl: `https://blog.example:${zoo.httpsPort}/wp`,
		})
	})

	it.each([
		['/wp-admin/post.php?post=5&action=edit', true],
		['/wp-login.php', true],
		['/wp-json/wp/v2/posts', true],
		['/2026/11/a-post/', true],
		['/', false],
		['', false],
	])('Z7 an address with %s behind it', async (tail, isCorrected) => {
		const { animal } = wordpress()
		const zoo = await enclose(animal)
		const outcome = await visit(` HTTPS://Blog.Example:${zoo.httpsPort}${tail} `, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome).siteUrl).toBe(`https://blog.example:${zoo.httpsPort}`)
		expect(notesOf(outcome)).toEqual(isCorrected ? ['address-corrected'] : [])
	})

	it('F1 a post below a folder that advertises nothing: its parents are tried', async () => {
		const { animal } = wordpress({ folder: '/blog', advertises: [] })
		const hidden: Animal = (seen) => (seen.url.includes('rest_route') ? html(404, '<title>No</title>') : animal(seen))
		const zoo = await enclose(hidden)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}/blog/a-post/`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome)).toMatchObject({ foundBy: 'parent', siteUrl: `https://blog.example:${zoo.httpsPort}/blog` })
	})

	it('F1 a page that names an API which is refused: the site in the folder above is another one', async () => {
		const [first, second] = [wordpress(), wordpress({ folder: '/second', advertises: ['header'] })]
		const network: Animal = (seen) => {
			if (!seen.url.startsWith('/second/')) return first.animal(seen)
			return /wp-json|rest_route/.test(seen.url) ? html(403, '<title>Blocked</title>') : second.animal(seen)
		}
		const zoo = await enclose(network)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}/second/`, zoo)
		expect(outcome.code).toBe('edge/firewall')
		expect(zoo.visits.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
	})

	it('Z8 http→https and apex→www: the first two hops see no Authorization', async () => {
		const { animal } = wordpress()
		const chain: Animal = (seen) => {
			if (!seen.isTls) return redirect(`https://blog.example:${zoo.httpsPort}${seen.url}`)
			if (seen.host === 'blog.example') return redirect(`https://www.blog.example:${zoo.httpsPort}${seen.url}`, 308)
			return animal(seen)
		}
		const zoo = await enclose(chain)
		const outcome = await visit(`http://blog.example:${zoo.httpPort}/`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome).siteUrl).toBe(`https://www.blog.example:${zoo.httpsPort}`)
		expect(notesOf(outcome)).toEqual(['address-corrected', 'https-used'])
		for (const seen of outcome.visits.filter(({ host, isTls }) => host === 'blog.example' || !isTls))
			expect(seen.headers.authorization).toBeUndefined()
	})

	it.each([
		'rest_not_logged_in',
		'rest_cannot_access',
		'rest_login_required',
		'rest_unauthorized',
		'itsec_rest_api_access_restricted',
	])('Z22 REST closed to anonymous visitors with %s, open with credentials', async (code) => {
		const { animal } = wordpress({ isClosedToVisitors: code })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(siteOf(outcome)).toMatchObject({ isIndexClosed: true, applicationPasswords: 'unknown', title: 'The Zoo' })
		expect(accountOf(outcome).namespaces).toContain('wp/v2')
		expect(accountOf(outcome).authorizationEndpoint).toContain('/wp-admin/authorize-application.php')
		expect(notesOf(outcome)).toEqual(['api-closed-to-visitors'])
	})

	it.each<[RoleName, string[]]>([
		['contributor', ['limited-account']],
		['author', []],
		['editor', []],
		['administrator', ['administrator-account']],
	])('Z28 %s: connects, with the exact capabilities', async (role, notes) => {
		const { animal } = wordpress({ role })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels.ok)
		expect(accountOf(outcome).capabilities).toEqual([...capabilitiesOf[role]].sort())
		expect(notesOf(outcome)).toEqual(notes)
	})

	it('Z31 a byte order mark before the JSON, in silence; Z32 a PHP notice, quoted in a note', async () => {
		const { animal } = wordpress()
		let before = '\uFEFF'
		const zoo = await enclose((seen) => {
			const page = animal(seen)
			return typeof page !== 'function' && seen.url.startsWith('/wp-json')
				? { ...page, body: before + String(page.body) }
				: page
		})
		const marked = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect([marked.code, notesOf(marked)]).toEqual([specLabels.ok, []])
		before = '<br />\n<b>Warning</b>: Undefined array key 1 in <b>/var/www/plugin.php</b> on line <b>7</b><br />\n'
		const quoted = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(quoted.code).toBe(specLabels.ok)
		expect(siteOf(quoted).notes).toEqual([
			{
				code: 'php-notices',
				params: { file: '/var/www/plugin.php', line: 7, message: 'Warning : Undefined array key 1' },
			},
		])
	})

	it('Z49 a title with markup, controls and bidi marks arrives as plain text', async () => {
		const title = '&lt;img src=x onerror=alert(1)&gt; Tom &amp; Jerry&#039;s\u0000\u202E zoo'
		const { animal } = wordpress({ title, user: { name: '<b>Yuki</b>\u0007\u2066' } })
		const zoo = await enclose(animal)
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(siteOf(outcome).title).toBe("<img src=x onerror=alert(1)> Tom & Jerry's zoo")
		expect(accountOf(outcome).displayName).toBe('<b>Yuki</b>')
		expect(JSON.stringify([outcome.discovered, outcome.verified, outcome.events])).not.toMatch(
			/[\u202A-\u202E\u2066-\u2069]|\\u00/,
		)
	})

	it('Z52 XML-RPC lists methods but takes no logins: as good as off', async () => {
		const { animal } = wordpress({ xmlRpc: 'off', stripsAuthorization: true })
		const zoo = await enclose(animal)
		expect((await visit(`https://blog.example:${zoo.httpsPort}`, zoo)).code).toBe(
			specLabels['auth.rejected_or_stripped'],
		)
	})

	it('Z55 a filter on the User-Agent "node" lets Postern pass', async () => {
		const { animal } = wordpress()
		const zoo = await enclose((seen) => {
			const agent = seen.headers['user-agent'] ?? ''
			return /^(?:node|Mozilla\/5\.0|undici)?$/.test(agent) ? html(403, '<title>Forbidden</title>') : animal(seen)
		})
		expect((await visit(`https://blog.example:${zoo.httpsPort}`, zoo)).code).toBe(specLabels.ok)
	})
})
