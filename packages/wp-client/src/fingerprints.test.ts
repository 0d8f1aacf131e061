import { expect, it } from 'vitest'
import { findCache, findClosingPlugin, findDisablingPlugin, findEdge, nameServer } from './fingerprints.ts'

it.each([
	[['wp/v2', 'wordfence/v1'], 'Wordfence'],
	[['wp/v2', 'hostinger-tools-plugin/v1'], 'Hostinger Tools'],
	[['fluent-auth'], 'FluentAuth'],
	[['solid-security/v1'], 'Solid Security'],
	[['hostinger-tools-plugin/v1', 'wordfence/v1'], 'Wordfence'],
])('names for %j the likeliest plugin', (namespaces, plugin) => {
	expect(findDisablingPlugin(namespaces)).toContain(plugin)
})

it('names no plugin without a mark of one', () => {
	expect(findDisablingPlugin(['wp/v2', 'my-wordfence/v1'])).toBe('')
	expect(findClosingPlugin({ code: 'rest_no_route', message: '' })).toBeUndefined()
	expect(findClosingPlugin({ code: 'toString', message: '' })).toBeUndefined()
	expect(findClosingPlugin({ code: 'wp_die', message: 'Error establishing a database connection' })).toBeUndefined()
	expect(findEdge(new Headers({ server: 'cloudflare' }), '<title>My blog</title>')).toBeUndefined()
})

it('keeps codes that many plugins share without a name', () => {
	expect(findClosingPlugin({ code: 'rest_forbidden', message: '' })).toBe('')
})

it.each([
	[{ server: 'nginx', 'x-powered-by': 'PleskLin' }, 'nginx (Plesk)'],
	[{ server: 'nginx', 'x-powered-by': 'WP Engine' }, 'nginx (WP Engine)'],
	[{ server: 'nginx', 'x-kinsta-cache': 'BYPASS' }, 'nginx (Kinsta)'],
	[{ server: 'hcdn' }, 'hcdn (Hostinger)'],
	[{ server: 'LiteSpeed' }, 'LiteSpeed'],
	[{ platform: 'hostinger' }, 'Hostinger'],
	[{}, ''],
])('F39 names the server of %j, and whose it is', (headers, named) => {
	expect(nameServer(new Headers(headers))).toBe(named)
})

it.each([
	[{ 'x-litespeed-cache': 'hit' }, 'x-litespeed-cache: hit'],
	[{ 'cf-cache-status': 'HIT' }, 'cf-cache-status: HIT'],
	[{ 'x-cache': 'HIT from edge' }, 'x-cache: HIT from edge'],
	[{ age: '120' }, 'age: 120'],
	[{ 'cf-cache-status': 'DYNAMIC', 'x-cache': 'MISS', age: '0' }, ''],
])('F24 says of %j what a cache says', (headers, said) => {
	expect(findCache(new Headers(headers))).toBe(said)
})

it.each([
	[{ server: 'imunify360-webshield/1.18' }, '', 'Imunify360'],
	[{ 'x-sucuri-block': 'SQLI' }, '', 'Sucuri'],
	[{ 'sg-captcha': 'challenge' }, '', 'SiteGround'],
])('F57 knows %j for %s', (headers, body, vendor) => {
	expect(findEdge(new Headers(headers), body)?.vendor).toBe(vendor)
})
