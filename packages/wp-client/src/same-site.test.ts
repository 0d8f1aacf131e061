import { expect, it } from 'vitest'
import { isOnWordpressCom, isSameHost, isSameSite } from './same-site.ts'

it.each([
	['https://a.example/', 'http://www.a.example/x', true],
	['https://www.a.example/', 'https://a.example/', true],
	['https://a.example:8443/', 'https://a.example/', false],
	['https://a.example/', 'https://b.a.example/', false],
	['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/', true],
])('%s and %s are one host: %s', (one, other, same) => {
	expect(isSameHost(new URL(one), new URL(other))).toBe(same)
})

it.each([
	['https://a.example.co.uk/', 'https://blog.example.co.uk/', true],
	['https://a.co.uk/', 'https://b.co.uk/', false],
	['https://me.github.io/', 'https://you.github.io/', false],
	['https://a.test/', 'https://www.a.test/', true],
	['https://localhost/', 'http://localhost:8080/', true],
	['https://10.0.0.1/', 'https://10.0.0.2/', false],
	['https://example.com/', 'https://example.com.evil.test/', false],
])('%s and %s have one owner: %s', (one, other, same) => {
	expect(isSameSite(new URL(one), new URL(other))).toBe(same)
})

it('knows wordpress.com, and names that only end like it', () => {
	expect(isOnWordpressCom(new URL('https://x.wordpress.com/'))).toBe(true)
	expect(isOnWordpressCom(new URL('https://mywordpress.com/'))).toBe(false)
})
