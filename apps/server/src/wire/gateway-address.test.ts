import { describe, expect, it } from 'vitest'
import { gatewayOrigin, gatewayUrl, slugOfHost, type GatewayAddress } from './gateway-address.ts'

const shared: GatewayAddress = { kind: 'shared', origin: 'https://postern.example' }
const hosts: GatewayAddress = { kind: 'hosts', scheme: 'https', suffix: 'sites.example', port: undefined }
const local: GatewayAddress = { kind: 'hosts', scheme: 'http', suffix: 'sites.localhost', port: 4600 }

describe('the address of a site behind the gateway', () => {
	it.each([
		[shared, 'https://postern.example/sites/blog/'],
		[{ kind: 'own', origin: 'https://gate.example' } as const, 'https://gate.example/sites/blog/'],
		[hosts, 'https://blog.sites.example/'],
		[{ ...hosts, port: 443 }, 'https://blog.sites.example/'],
		[{ ...hosts, port: 8443 }, 'https://blog.sites.example:8443/'],
		[local, 'http://blog.sites.localhost:4600/'],
	])('of %j is %s', (gateway, url) => {
		expect(gatewayUrl(gateway, 'blog')).toBe(url)
		expect(new URL(url).href, 'as a client will spell it').toBe(url)
	})

	it('is told from its origin, with every host below a suffix as one', () => {
		expect([shared, hosts, local].map(gatewayOrigin)).toEqual([
			'https://postern.example',
			'https://*.sites.example',
			'http://*.sites.localhost:4600',
		])
	})
})

describe('the site that a host names', () => {
	it.each([
		[hosts, 'blog.sites.example', 'blog'],
		[hosts, 'Blog-2.SITES.example', 'blog-2'],
		[local, 'blog.sites.localhost:4600', 'blog'],
		[local, 'blog.sites.localhost', 'blog'],
	])('is found: %j %s', (gateway, host, slug) => expect(slugOfHost(gateway, host)).toBe(slug))

	it.each([
		[shared, 'postern.example'],
		[hosts, 'sites.example'],
		[hosts, '.sites.example'],
		[hosts, 'a.blog.sites.example'],
		[hosts, 'blogsites.example'],
		[hosts, 'blog.sites.example:8443'],
		[hosts, 'blog.sites.example.'],
		[hosts, 'blog.sites.example.evil.example'],
		[hosts, '-blog.sites.example'],
		[hosts, 'a--b.sites.example'],
		[hosts, `${'a'.repeat(49)}.sites.example`],
		[hosts, ''],
	])('is none: %j %s', (gateway, host) => expect(slugOfHost(gateway, host)).toBeUndefined())
})
