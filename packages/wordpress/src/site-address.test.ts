import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSiteAddress, stripKnownTail } from './site-address.ts'

const ownOrigins = ['https://postern.example', 'http://localhost:3000', 'http://127.0.0.1:3000']
const parse = (typed: string, extraPorts: readonly number[] = []) => parseSiteAddress(typed, { ownOrigins, extraPorts })
const href = (typed: string): string => {
	const parsed = parse(typed)
	return parsed.ok ? parsed.value.url.href : parsed.problem.code
}

const words = (text: string): string[] => text.trim().split(/\s+/)

describe('what people paste', () => {
	it.each([
		['blog.example', 'https://blog.example/'],
		['  https://blog.example  ', 'https://blog.example/'],
		['\u200b\ufeffblog.example\u200b\u00a0\u3000\n', 'https://blog.example/'],
		['\u2068blog.example\u2069', 'https://blog.example/'],
		['HTTP://Blog.EXAMPLE/News', 'http://blog.example/News'],
		['https://blog.example./', 'https://blog.example/'],
		['https://blog.example/?rest_route=/#top', 'https://blog.example/'],
		['blog.example:8080', 'https://blog.example:8080/'],
		['blog.example:8080/news/', 'https://blog.example:8080/news/'],
		['blog.example:443', 'https://blog.example/'],
		['localhost:8080', 'https://localhost:8080/'],
		['http://blog.example//news//', 'http://blog.example/news/'],
		['https://blog.example/2024/05/a-post/', 'https://blog.example/2024/05/a-post/'],
		['https://日本語.example/ブログ/', 'https://xn--wgv71a119e.example/%E3%83%96%E3%83%AD%E3%82%B0/'],
		['[2606:4700:4700::1111]:8080', 'https://[2606:4700:4700::1111]:8080/'],
		['http:127.0.0.1', 'http://127.0.0.1/'],
		['http:/127.0.0.1/', 'http://127.0.0.1/'],
		['my_site.blog.example', 'https://my_site.blog.example/'],
		['wordpress', 'https://wordpress/'],
		['3a5f2b1c', 'https://3a5f2b1c/'],
	])('%j is %s', (typed, expected) => expect(href(typed)).toBe(expected))

	it.each(
		words(`
			/wp-admin /wp-admin/ /wp-admin/edit.php?post_type=page /wp-admin/network/sites.php /wp-login.php /wp-login.php?redirect_to=%2F /wp-json /wp-json/ /wp-json/wp/v2/posts
			/xmlrpc.php /xmlrpc.php?rsd /index.php /index.php/wp-json/wp/v2 /wp-content/uploads/a.png /WP-ADMIN/ /wp-cron.php //wp-admin//
		`),
	)('leaves %s away, in the root and in a folder', (tail) => {
		expect(href(`https://blog.example${tail}`)).toBe('https://blog.example/')
		expect(href(`https://blog.example/a/news${tail}`)).toBe('https://blog.example/a/news/')
	})

	it.each([
		'/my-wp-admin/',
		'/wp-administration/',
		'/wp-json-guide/',
		'/login/',
		'/index.php.html',
		'/about-wp-login.php',
	])('keeps %s, which only looks like a part of WordPress', (path) => expect(stripKnownTail(path)).toBe(path))

	it('takes a long row of scripts off in a moment', () => {
		const before = process.cpuUsage()
		expect(stripKnownTail(`/blog${'/index.php'.repeat(20_000)}/wp-admin/x`)).toBe('/blog/')
		expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
	})

	it('remembers the scheme that was typed, if one was', () => {
		for (const [typed, scheme] of [
			['http://blog.example', 'http'],
			['https://blog.example', 'https'],
			['blog.example', undefined],
		]) {
			expect(parse(typed ?? '')).toMatchObject({ ok: true, value: { typedScheme: scheme } })
		}
	})
})

describe('what is refused', () => {
	it.each([
		['', 'address/required'],
		['   ', 'address/required'],
		['\u200b\ufeff', 'address/required'],
		[`https://blog.example/${'a'.repeat(2_048)}`, 'address/too-long'],
		['\0blog.example', 'address/malformed'],
		['blog.example\x1b', 'address/malformed'],
		['blog example', 'address/malformed'],
		['https://blog.exa\tmple/', 'address/malformed'],
		['https://blog.example\\@evil.example/', 'address/malformed'],
		['https://blog.example/\u202egnp.exe', 'address/malformed'],
		['//blog.example/', 'address/malformed'],
		['/wp-admin/', 'address/malformed'],
		['http:///blog.example/', 'address/malformed'],
		['https:////blog.example/', 'address/malformed'],
		['http://', 'address/malformed'],
		['http://blog.example%00.evil/', 'address/malformed'],
		['http://blog%2eexample%2fevil/', 'address/malformed'],
		['http://[::1', 'address/malformed'],
		['http://[fe80::1%25eth0]/', 'address/malformed'],
		['http://blog.example:99999/', 'address/malformed'],
		['ftp://blog.example/', 'address/scheme-unsupported'],
		['javascript:alert(1)', 'address/scheme-unsupported'],
		["javascript:alert('a@b')", 'address/scheme-unsupported'],
		['mailto:me@blog.example', 'address/scheme-unsupported'],
		['data:text/html,x', 'address/scheme-unsupported'],
		['ws://blog.example', 'address/scheme-unsupported'],
		['https://user@blog.example/', 'address/credentials-inside'],
		['https://user:pw@blog.example/', 'address/credentials-inside'],
		['user:pw@blog.example', 'address/credentials-inside'],
		['me@blog.example', 'address/credentials-inside'],
		['blog.example:22', 'address/port-not-allowed'],
		['https://blog.example:0/', 'address/port-not-allowed'],
		['https://blog..example/', 'address/host-malformed'],
		['https://blog.example../', 'address/host-malformed'],
		['https://-blog.example/', 'address/host-malformed'],
		['https://blog-.example/', 'address/host-malformed'],
		['https://blog.example.1e3/', 'address/host-malformed'],
		['https://blog.1abc/', 'address/host-malformed'],
		['https://1e3/', 'address/host-malformed'],
		["https://blog'.example/", 'address/host-malformed'],
		['https://*.example/', 'address/host-malformed'],
		[`https://${'a'.repeat(64)}.example/`, 'address/host-malformed'],
		[`https://${'a.'.repeat(124)}example/`, 'address/host-malformed'],
		['https://postern.example/sites/a/', 'address/own'],
		['http://POSTERN.example.', 'address/own'],
		['http://localhost:3000/', 'address/own'],
	])('%j: %s', (typed, code) => {
		const parsed = parse(typed, [3000])
		expect(parsed.ok ? parsed.value.url.href : parsed.problem.code).toBe(code)
	})

	it.each([
		['http://127.0.0.1:10003/', '127.0.0.1', '127.0.0.1:10003'],
		['localhost:8881', 'localhost', 'localhost:8881'],
		['http://[::1]:9000/blog', '[::1]', '[::1]:9000'],
		['http://my-site.local:10004/', 'my-site.local', 'my-site.local:10004'],
	])('%s: a site at home on any port, and the rule that lets Postern reach it', (typed, host, allow) => {
		expect(parse(typed)).toMatchObject({ ok: false, problem: { code: 'address/blocked', params: { host, allow } } })
	})

	it('does not offer Postern itself to Postern', () => {
		const parsed = parseSiteAddress('http://localhost:4600', { ownOrigins: ['http://localhost:4600'] })
		expect(parsed).toMatchObject({ ok: false, problem: { code: 'address/own' } })
	})

	it.each([
		['https://blog.sites.example/', 'address/own'],
		['http://a.b.Sites.example', 'address/own'],
		['https://sites.example/', 'ok'],
		['https://blogsites.example/', 'ok'],
		['https://blog.sites.example:8443/', 'ok'],
	])('does not offer the sites behind Postern’s own gateway, each with its host: %s %s', (typed, code) => {
		const parsed = parseSiteAddress(typed, { ownOrigins: ['https://*.sites.example'] })
		expect(parsed.ok ? 'ok' : parsed.problem.code).toBe(code)
	})

	it('names the first thing wrong, in a fixed order', () => {
		expect(href(`ftp://user@blog..example:22/${'a'.repeat(3_000)}`)).toBe('address/too-long')
		expect(href('ftp://user@blog..example:22/ \\')).toBe('address/malformed')
		expect(href('ftp://user@blog..example:22/')).toBe('address/scheme-unsupported')
		expect(href('http://user@blog..example:22/')).toBe('address/credentials-inside')
		expect(href('http://blog..example:22/')).toBe('address/port-not-allowed')
		expect(href('http://blog..example/')).toBe('address/host-malformed')
	})

	it('spares other ports of the host Postern runs on, and other hosts', () => {
		expect(parse('http://localhost:8080').ok).toBe(true)
		expect(parse('https://blog.postern.example').ok).toBe(true)
	})

	it('never throws, and what it lets through has no secrets, no query and no odd host', () => {
		const pieces = fc.constantFrom(
			'http',
			'https',
			':',
			'/',
			'//',
			'@',
			'a',
			'.',
			'..',
			'%',
			'[',
			']',
			'::1',
			'#',
			'?',
			'8080',
			'xn--',
			'é',
			'\\',
		)
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.array(pieces).map((some) => some.join('')),
				),
				(typed) => {
					const parsed = parse(typed)
					if (!parsed.ok) return
					const { url } = parsed.value
					expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', ''])
					expect(['http:', 'https:']).toContain(url.protocol)
					expect(url.pathname).not.toMatch(/\/\/|wp-admin\//)
					expect(url.hostname).toMatch(/^(\[[0-9a-f:]+\]|[a-z0-9_.-]+)$/)
					expect(href(url.href)).toBe(url.href)
				},
			),
			{ numRuns: 2_000 },
		)
	})
})

describe('how the host is shown', () => {
	it('in both forms', () => {
		expect(parse('https://münchen.example/')).toMatchObject({
			ok: true,
			value: { asciiHost: 'xn--mnchen-3ya.example', unicodeHost: 'münchen.example', isMixedScript: false, isIp: false },
		})
	})

	it.each(['http://127.1/', 'http://[::1]/', 'http://0x7f000001/'])('%s is an IP address', (typed) => {
		expect(parse(typed)).toMatchObject({ ok: true, value: { isIp: true } })
	})

	it('with a warning for a name of two scripts', () => {
		expect(parse('https://раypal.example/')).toMatchObject({
			ok: true,
			value: { asciiHost: 'xn--ypal-43d9g.example', isMixedScript: true },
		})
	})
})
