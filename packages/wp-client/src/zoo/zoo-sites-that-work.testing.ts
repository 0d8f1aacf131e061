import { approving } from './zoo-approval.testing.ts'
import { type Animal, html, redirect } from './zoo-pages.testing.ts'
import type { Ports, ZooSite } from './zoo-site.testing.ts'

/** Changes the API's answers only. */
function spoilApi(next: Animal, spoil: (body: string) => string): Animal {
	return (seen) => {
		const page = next(seen)
		if (typeof page === 'function' || !seen.url.startsWith('/wp-json')) return page
		return { ...page, body: spoil(String(page.body)) }
	}
}

const subFolder =
	(way: 'header' | 'tag' | 'redirect') =>
	(next: Animal): Animal =>
	(seen) => {
		const root = `https://${seen.headers.host}/blog/wp-json/`
		if (seen.url !== '/') return next(seen)
		if (way === 'redirect') return redirect('/blog/')
		if (way === 'header') return html(200, '<title>Front</title>', { link: `<${root}>; rel="https://api.w.org/"` })
		return html(200, `<link rel="https://api.w.org/" href="${root}">`)
	}

const hopToSecureWww =
	(next: Animal, ports: () => Ports): Animal =>
	(seen) => {
		if (!seen.isTls) return redirect(`https://blog.example:${ports().https}${seen.url}`)
		if (seen.host === 'blog.example') return redirect(`https://www.blog.example:${ports().https}${seen.url}`, 308)
		return next(seen)
	}

export const sitesThatWork: readonly ZooSite[] = [
	{ row: 'Z1', behaviour: 'stock, pretty permalinks, https', expected: 'ok', notes: [] },
	{
		row: 'Z2',
		behaviour: 'plain permalinks, root advertised',
		expected: 'ok',
		notes: ['plain-permalinks'],
		traits: { permalinks: 'plain' },
	},
	{
		row: 'Z3',
		behaviour: 'plain permalinks, nothing advertised, theme answers 200 under /wp-json',
		expected: 'ok',
		notes: ['plain-permalinks'],
		traits: { permalinks: 'plain', advertises: [] },
		around: (next) => (seen) =>
			seen.url.startsWith('/wp-json') ? html(200, '<title>Page not found</title>') : next(seen),
	},
	{
		row: 'Z5',
		behaviour: 'custom prefix /api/',
		expected: 'ok',
		notes: ['api-found-elsewhere'],
		traits: { prefix: '/api/' },
	},
	...(['header', 'tag', 'redirect'] as const).map((way): ZooSite => ({
		row: 'Z6',
		behaviour: `sub-directory, by ${way}`,
		expected: 'ok',
		notes: ['address-corrected'],
		traits: { folder: '/blog' },
		around: subFolder(way),
	})),
	{
		row: 'Z7',
		behaviour: 'a page of wp-admin is pasted',
		expected: 'ok',
		notes: ['address-corrected'],
		address: ({ https }) => `https://blog.example:${https}/wp-admin/post.php?post=5&action=edit`,
	},
	{
		row: 'Z8',
		behaviour: 'http→https and apex→www',
		expected: 'ok',
		notes: ['address-corrected', 'https-used'],
		address: ({ http }) => `http://blog.example:${http}/`,
		around: hopToSecureWww,
	},
	{
		row: 'Z22',
		behaviour: 'REST closed to visitors, open with credentials',
		expected: 'ok',
		notes: ['api-closed-to-visitors'],
		traits: { isClosedToVisitors: 'rest_cannot_access' },
	},
	...(['contributor', 'author', 'editor', 'administrator'] as const).map((role): ZooSite => ({
		row: 'Z28',
		behaviour: role,
		expected: 'ok',
		notes: role === 'contributor' ? ['limited-account'] : role === 'administrator' ? ['administrator-account'] : [],
		traits: { role },
	})),
	{
		row: 'Z31',
		behaviour: 'a byte order mark before the JSON',
		expected: 'ok',
		notes: [],
		around: (next) => spoilApi(next, (body) => `\uFEFF${body}`),
	},
	{
		row: 'Z32',
		behaviour: 'a PHP notice before the JSON',
		expected: 'ok',
		notes: ['php-notices'],
		around: (next) =>
			spoilApi(
				next,
				(body) => `<br />\n<b>Warning</b>: Undefined key in <b>/var/www/plugin.php</b> on line <b>7</b><br />\n${body}`,
			),
	},
	{
		row: 'Z49',
		behaviour: 'a title with markup, controls and bidi marks',
		expected: 'ok',
		notes: [],
		traits: {
			title: '&lt;img src=x onerror=alert(1)&gt; \u001B[31m\u0000\u202E zoo',
			user: { name: '<b>Yuki</b>\u0007' },
		},
	},
	...(['approves', 'rejects', 'names-another-site', 'replays-the-state', 'forgets-the-state'] as const).map(
		(kind): ZooSite => ({
			row: 'Z54',
			behaviour: `one click: ${kind}`,
			expected: 'ok',
			notes: [],
			around: (next, _, lives) => approving(kind, lives)(next),
		}),
	),
	{
		row: 'Z55',
		behaviour: 'a filter on the User-Agent "node"',
		expected: 'ok',
		around: (next) => (seen) =>
			/^(?:node|Mozilla\/5\.0|undici)?$/.test(seen.headers['user-agent'] ?? '')
				? html(403, '<title>Forbidden</title>')
				: next(seen),
	},
	{
		row: 'Z56',
		behaviour: 'a name in Unicode',
		expected: 'ok',
		notes: ['international-host'],
		address: ({ https }) => `https://münchen.example:${https}`,
	},
	{
		row: 'Z56',
		behaviour: 'an IPv6 literal',
		expected: 'ok',
		notes: [],
		listenOn: '::1',
		address: ({ https }) => `https://[::1]:${https}`,
	},
	{
		row: 'Z56',
		behaviour: 'a trailing dot',
		expected: 'ok',
		address: ({ https }) => `https://blog.example.:${https}`,
	},
	{
		row: 'Z58',
		behaviour: 'a password revoked between two looks',
		expected: 'ok',
		afterwards: {
			change: ({ passwords }) => void passwords.list().every(({ uuid }) => passwords.revoke(uuid)),
			expected: 'auth.rejected',
		},
	},
]
