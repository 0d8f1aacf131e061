import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readApiRoot, restUrl } from './api-root.ts'

const root = (address: string) => {
	const found = readApiRoot(address)
	if (found === undefined) throw new Error(`no root: ${address}`)
	return found
}

describe('restUrl', () => {
	it.each([
		['https://a.example/wp-json/', 'https://a.example/wp-json/wp/v2/users/me?context=edit'],
		['https://a.example/blog/api', 'https://a.example/blog/api/wp/v2/users/me?context=edit'],
		['https://a.example/?rest_route=/', 'https://a.example/?rest_route=/wp/v2/users/me&context=edit'],
		[
			'https://a.example/wp/index.php?rest_route=/',
			'https://a.example/wp/index.php?rest_route=/wp/v2/users/me&context=edit',
		],
		['https://a.example/?lang=ja&rest_route=%2F', 'https://a.example/?lang=ja&rest_route=/wp/v2/users/me&context=edit'],
		['https://a.example/wp-json/?lang=ja', 'https://a.example/wp-json/wp/v2/users/me?lang=ja&context=edit'],
	])('spells a route under %s without a second question mark', (announced, expected) => {
		expect(restUrl(root(announced), '/wp/v2/users/me', { context: 'edit' }).href).toBe(expected)
	})

	it('gives the root itself for the empty route', () => {
		expect(restUrl(root('https://a.example/index.php?rest_route=/'), '').href).toBe(
			'https://a.example/index.php?rest_route=/',
		)
	})

	it('never leaves the origin of the root, whatever the route and the query hold', () => {
		const roots = fc.constantFrom('https://a.example/wp-json/', 'https://a.example/?rest_route=/')
		fc.assert(
			fc.property(roots, fc.string(), fc.dictionary(fc.string(), fc.string()), (announced, route, query) => {
				const url = restUrl(root(announced), route, query)
				expect(url.origin).toBe('https://a.example')
				expect(url.search.indexOf('?', 1)).toBe(-1)
			}),
		)
	})
})

it('joins a route to a root of any number of slashes, in time that grows with their number', () => {
	const slashes = '/'.repeat(100_000)
	const begun = process.cpuUsage()
	for (const url of [`https://a.example${slashes}x`, `https://a.example/?rest_route=${slashes}x`]) {
		const href = restUrl({ url, style: url.includes('?') ? 'query' : 'path' }, 'wp/v2').href
		expect(href.endsWith('//x/wp/v2')).toBe(true)
	}
	expect(restUrl({ url: 'https://a.example/b///', style: 'path' }, '/wp/v2').href).toBe('https://a.example/b/wp/v2')
	expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000)
})

describe('readApiRoot', () => {
	it.each(['javascript:alert(1)', 'ftp://a.example/', 'https://me:pw@a.example/wp-json/', 'no address'])(
		'takes no root from %s',
		(address) => expect(readApiRoot(address)).toBeUndefined(),
	)

	it('resolves a root announced relative to the page', () => {
		expect(readApiRoot('/blog/wp-json', 'https://a.example/x/')).toEqual({
			url: 'https://a.example/blog/wp-json/',
			style: 'path',
		})
	})
})
