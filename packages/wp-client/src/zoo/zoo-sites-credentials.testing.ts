import { html, json, type Page, refusal } from './zoo-pages.testing.ts'
import type { ZooSite } from './zoo-site.testing.ts'
import { GROUPED, WRONG } from './zoo-wordpress.testing.ts'

const nobody = { user: { roles: [], capabilities: [] }, introspection: refusal(404, 'rest_user_invalid_id') }

export const sitesThatRefuse: readonly ZooSite[] = [
	{
		row: 'Z12',
		behaviour: 'strips Authorization, XML-RPC on',
		expected: 'auth.header_stripped',
		traits: { stripsAuthorization: true },
	},
	{
		row: 'Z13',
		behaviour: 'strips Authorization, XML-RPC off',
		expected: 'auth.rejected_or_stripped',
		certainty: 'likely',
		traits: { stripsAuthorization: true, xmlRpc: 'off' },
	},
	{ row: 'Z15', behaviour: 'wrong password, stock', expected: 'auth.rejected', password: WRONG },
	{
		row: 'Z16',
		behaviour: 'a login password typed',
		expected: 'auth.looks_like_login_password',
		password: 'correct horse battery staple',
	},
	...(
		[
			['yuki', WRONG, 'auth.wrong_password'],
			['nobody', GROUPED, 'auth.unknown_user'],
			['nobody@zoo.example', GROUPED, 'auth.unknown_user'],
		] as const
	).map(([username, password, expected]): ZooSite => ({
		row: 'Z17',
		behaviour: `says precisely what is wrong with ${username}`,
		expected,
		username,
		password,
		traits: { isPrecise: true },
	})),
	{
		row: 'Z18',
		behaviour: 'application passwords off over https, Wordfence there',
		expected: 'app_passwords.off',
		traits: { applicationPasswords: 'off', namespaces: ['wordfence/v1', 'wp/v2', 'wp-site-health/v1'] },
	},
	{
		row: 'Z20',
		behaviour: 'plain http, production',
		expected: 'app_passwords.no_https',
		address: ({ http }) => `http://blog.example:${http}`,
	},
	{
		row: 'Z23',
		behaviour: 'REST closed even with credentials',
		expected: 'rest.blocked',
		certainty: 'likely',
		around: (next) => (seen) => (seen.url.startsWith('/wp-json') ? refusal(401, 'rest_cannot_access') : next(seen)),
	},
	{
		row: 'Z25',
		behaviour: 'All In One Security refuses valid credentials',
		expected: 'rest.blocked',
		certainty: 'likely',
		around: (next) => (seen) =>
			seen.url.startsWith('/wp-json')
				? refusal(500, 'wp_die', 'You are not authorized to perform this action.')
				: next(seen),
	},
	{ row: 'Z28', behaviour: 'subscriber', expected: 'perm.role_too_low', traits: { role: 'subscriber' } },
	{ row: 'Z29', behaviour: 'multisite non-member', expected: 'perm.not_a_member', traits: nobody },
	{
		row: 'Z41',
		behaviour: 'a cache returns the last authenticated body to everyone',
		expected: 'cache.shares_identity',
		around: (next) => {
			let kept: Page | undefined
			return (seen) => {
				const page = next(seen)
				if (!seen.url.includes('users/me?') || typeof page === 'function') return page
				if (page.status === 200) kept = page
				return kept ?? page
			}
		},
	},
	{
		row: 'Z52',
		behaviour: 'XML-RPC lists its methods, logins 405',
		expected: 'auth.rejected_or_stripped',
		certainty: 'likely',
		traits: { stripsAuthorization: true, xmlRpc: 'off' },
	},
	{
		row: 'Z33',
		behaviour: '200 HTML for everything',
		expected: 'not_json',
		around: () => () =>
			html(200, '<link rel="stylesheet" href="/wp-content/themes/x/style.css"><title>Our shop</title>'),
	},
	{
		row: 'Z39',
		behaviour: 'maintenance',
		expected: 'site.maintenance',
		around: () => () => html(503, '<title>Maintenance</title>', { 'retry-after': '600' }),
	},
	{
		row: 'Z40',
		behaviour: '500, critical error',
		expected: 'site.fatal',
		around: () => () =>
			html(500, '<div class="wp-die-message"><p>There has been a critical error on this website.</p></div>'),
	},
	{
		row: 'Z50',
		behaviour: 'wordpress.com by its name',
		expected: 'wpcom.unsupported',
		address: () => 'https://someone.wordpress.com',
	},
	{
		row: 'Z50',
		behaviour: 'a private site of wordpress.com',
		expected: 'wpcom.unsupported',
		around: (next) => (seen) =>
			seen.url.startsWith('/wp-json') || seen.url.includes('rest_route')
				? refusal(403, 'private_site', 'This site is private.')
				: next(seen),
	},
	{
		row: 'Z51',
		behaviour: 'not WordPress, speaks of wp-content',
		expected: 'not_wordpress',
		certainty: 'likely',
		around: () => (seen) =>
			html(seen.url === '/' ? 200 : 404, '<title>Notes</title></head><body>How to clean /wp-content/uploads by hand'),
	},
	{
		row: 'Z51',
		behaviour: 'another program that refuses in the shape of WordPress',
		expected: 'not_wordpress',
		certainty: 'likely',
		around: () => (seen) =>
			seen.url === '/' ? html(200, '<title>A shop</title>') : json(403, { code: 'forbidden', message: 'No.' }),
	},
]
