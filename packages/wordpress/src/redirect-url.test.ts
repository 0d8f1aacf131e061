import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendOutcome, readRedirectUrl } from './redirect-url.ts'

const environments = [
	['production', false],
	['local', true],
] as const

/** What it is, or why not. */
function read(text: string, allowHttp = false): string {
	const url = readRedirectUrl(text, { allowHttp })
	return url.ok ? url.kind : `${url.error} ${url.reason}`
}

const format = 'invalid_redirect_url_format format'
const scheme = 'invalid_redirect_url_format scheme'
const insecure = 'invalid_redirect_scheme insecure'
const collision = 'invalid_redirect_url_format collision'

describe.each(environments)('a redirect URL in %s', (_environment, allowHttp) => {
	it.each(['https://app.example/cb', 'https://app.example', 'https://app.example:8443/cb?a=1&b[]=x%20y', 'https://h/'])(
		'#157 may be %s',
		(url) => {
			expect(readRedirectUrl(url, { allowHttp })).toMatchObject({ ok: true, url, kind: 'https' })
		},
	)

	it.each(['wordpress://example', 'myapp://callback?x=1', 'com.example.app://oauth/cb', 'MyApp://cb'])(
		'#158 may open an app: %s',
		(url) => {
			expect(readRedirectUrl(url, { allowHttp })).toMatchObject({ ok: true, url, kind: 'app' })
		},
	)

	it.each(['http://127.0.0.1:3000/', 'http://[::1]:3000/', 'http://127.0.0.1', 'http://[::1]?a=b'])(
		'#160 may lead to this very device: %s',
		(url) => {
			expect(read(url, allowHttp)).toBe('loopback')
		},
	)

	it.each([
		'javascript:alert(1)',
		'JavaScript://x/',
		'data:text/html,x',
		'DATA://h/x',
		'javascript://app.example/%0aalert(1)',
		'\tjava\nscript:alert(1)',
		'\u00A0javascript:alert(1)',
	])('#161 never runs a script: %j', (url) => {
		expect(read(url, allowHttp)).toBe(scheme)
	})

	it.each([
		'myapp:callback',
		'com.example.app:/cb',
		'myapp:///cb',
		'https://',
		'https:///x',
		'//evil/x',
		'/rel',
		'foo',
		'',
		'https:evil.example',
		'https:/evil.example',
		'://x',
		'1app://x',
		'https//x',
	])('#161 #162 has a scheme and a host: %j', (url) => {
		expect(read(url, allowHttp)).toBe(format)
	})

	it.each([
		'https://user:pass@h/',
		'https://user@h/',
		'https://user:@h/',
		'https://@h/',
		'http://a@127.0.0.1/',
		'myapp://a@b/',
	])('#163 names nobody: %s', (url) => {
		expect(read(url, allowHttp)).toBe(format)
	})

	it.each(['HTTP://h/', 'Http://app.example/cb', 'hTTP://127.0.0.1/', 'HTTP://[::1]:1/cb'])(
		'#164 is no http in capitals: %s',
		(url) => {
			expect(read(url, allowHttp)).toBe(insecure)
		},
	)

	it.each([
		'vbscript://x/y',
		'file://host/x',
		'file:///etc',
		'ftp://x/',
		'intent://x/#Intent;end',
		'blob:https://h/x',
		'about:blank',
		'view-source://x',
		'ws://x/',
		'wss://x/',
		'mailto:a@b.example',
		'tel:1',
		'sms:1',
		'filesystem:https://h/x',
		'chrome://settings',
		'chrome-extension://x/y',
		'ms-word://x',
		'ms-settings:x',
		'search-ms:x',
		'VBScript:x',
	])('#162 #165 is of no scheme that runs, reads or calls something: %s', (url) => {
		expect(read(url, allowHttp)).toBe(scheme)
	})

	it.each([
		['a fragment', 'https://app.example/cb#x'],
		['an empty fragment', 'https://app.example/cb#'],
		['a space', 'https://exa mple.org/'],
		['a space in the path', 'https://app.example/a b'],
		['a space in front', ' https://app.example/'],
		['a line feed at the end', 'https://app.example/\n'],
		['a tab inside', 'https://app.\texample/'],
		['a NUL', 'https://app.example/\u0000'],
		['a backslash', 'https://evil.example\\@good.example/'],
		['a backslash for slashes', 'https:\\\\evil.example'],
		['letters beyond ASCII', 'https://münchen.example/'],
		['a full-width dot', 'https://evil。example/'],
		['dot segments', 'https://app.example/a/../b'],
		['encoded dot segments', 'https://app.example/a/%2e%2e/b'],
		['an encoded host', 'https://%65vil.example/'],
		['a number for a host', 'https://2130706433/'],
		['a hexadecimal host', 'https://0x7f.1/'],
		['a host with an empty label', 'https://app..example/'],
		['a host that ends in a dot', 'https://app.example./'],
		['a broken punycode host', 'https://xn--a\u00AD.example/'],
		['an IPv6 host in long form', 'https://[0:0:0:0:0:0:0:1]/'],
		['a port that is none', 'https://app.example:99999/'],
		['an empty port', 'https://app.example:/'],
		['a quote in the query', 'https://app.example/?a=\'"'],
		['markup', 'https://app.example/"><script>'],
	])('cannot be read in two ways: %s', (_what, url) => {
		expect(read(url, allowHttp)).toBe(format)
	})

	it.each([
		'site_url',
		'user_login',
		'password',
		'PASSWORD',
		'password[]',
		'password[a][b]',
		'user.login',
		'user+login',
		'user%20login',
		'user%2Elogin',
		'p%61ssword',
		'+password',
		'%20%20password',
		'user[login',
		'password%00x',
		'password%5B%5D',
		'site%5Furl',
	])('brings no outcome of its own along, as PHP would read it: %s', (name) => {
		expect(read(`https://app.example/cb?a=1&${name}=x`, allowHttp)).toBe(collision)
		expect(read(`myapp://cb?${name}`, allowHttp)).toBe(collision)
		expect(read(`https://app.example/cb?a=1;${name}=x`, allowHttp)).toBe(collision)
	})

	it('is of a scheme of two letters at least, which is no drive of Windows', () => {
		expect(read('c://users/cb', allowHttp)).toBe(scheme)
		expect(read(`${'a'.repeat(32)}://cb`, allowHttp)).toBe(scheme)
		expect(read(`${'a'.repeat(31)}://cb`, allowHttp)).toBe('app')
	})

	it('may bring anything else along', () => {
		expect(read('https://app.example/cb?state=password&my_password=1&x=site_url&passwords=2', allowHttp)).toBe('https')
	})

	it('is of 2,048 characters at most', () => {
		const url = `https://app.example/${'a'.repeat(2_028)}`
		expect(read(url, allowHttp)).toBe('https')
		expect(read(`${url}a`, allowHttp)).toBe('invalid_redirect_url_format too-long')
	})

	it('is taken for what every parser takes it for, or refused', () => {
		const pieces = [
			'https://',
			'http://',
			'a://',
			'app',
			'.example',
			'127.0.0.1',
			'[::1]',
			':80',
			'/',
			'?',
			'#',
			'@',
			'\\',
			'%',
			'&',
			'=',
			' ',
			'..',
			'x',
		]
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
				const text = parts.join('')
				const url = readRedirectUrl(text, { allowHttp })
				if (!url.ok) return
				const parsed = new URL(text)
				expect([parsed.username, parsed.password, parsed.hash]).toEqual(['', '', ''])
				expect(text.toLowerCase().startsWith(`${url.scheme}://${url.host}`)).toBe(true)
				expect(url.host).toContain(parsed.hostname)
				expect(url.kind === 'loopback').toBe(/^http:\/\/(?:127\.0\.0\.1|\[::1\])(?:[:/?]|$)/.test(text))
				expect(url.kind === 'http' && !allowHttp).toBe(false)
			}),
			{ numRuns: 2_000 },
		)
	})
})

it('#159 leads over plain http only in the environment local', () => {
	for (const url of ['http://example.org', 'http://localhost:3000/cb', 'http://127.0.0.2/', 'http://[::2]/']) {
		expect(read(url)).toBe(insecure)
		expect(read(url, true)).toBe('http')
	}
})

it('#160 calls no name this very device', () => {
	for (const url of [
		'http://localhost',
		'http://127.0.0.2',
		'http://127.1/',
		'http://127.0.0.1.evil.example/',
		'http://2130706433/',
	])
		expect(read(url)).toBe(insecure)
})

it.each([
	['https://App.Example:8443/cb', { scheme: 'https', host: 'app.example:8443' }],
	['http://[::1]:3000/', { scheme: 'http', host: '[::1]:3000' }],
	['MyApp://cb?x', { scheme: 'myapp', host: 'cb' }],
	['https://xn--mnchen-3ya.example/', { host: 'xn--mnchen-3ya.example', unicodeHost: 'münchen.example' }],
])('#181 tells whom the person is sent to: %s', (url, expected) => {
	expect(readRedirectUrl(url, { allowHttp: false })).toMatchObject(expected)
})

it('#181 shows no look-alike in its own letters', () => {
	const url = readRedirectUrl('https://xn--pypal-4ve.example/', { allowHttp: false })
	expect(url).toMatchObject({ ok: true, host: 'xn--pypal-4ve.example' })
	expect(url).not.toHaveProperty('unicodeHost')
})

describe('the outcome in the address', () => {
	const outcome = { site_url: 'https://postern.example', user_login: 'jané a', password: 'abcdEFGH1234ijklMNOP6789' }

	it('#171 #173 follows what the query holds already', () => {
		expect(appendOutcome('https://app.example/cb?state=x%2Fy&b', outcome)).toBe(
			'https://app.example/cb?state=x%2Fy&b&site_url=https%3A%2F%2Fpostern.example&user_login=jan%C3%A9%20a&password=abcdEFGH1234ijklMNOP6789',
		)
		expect(appendOutcome('myapp://cb', { success: 'false' })).toBe('myapp://cb?success=false')
		expect(appendOutcome('https://app.example?', { success: 'false' })).toBe('https://app.example?success=false')
	})

	it('#173 takes the place of fields of the same name, however they are encoded', () => {
		expect(
			appendOutcome('https://a.example/?x=1&p%61ssword=evil&y=2&password=more', { password: 'p', site_url: 's' }),
		).toBe('https://a.example/?x=1&password=p&y=2&site_url=s')
	})

	it('#173 stands before a fragment', () => {
		expect(appendOutcome('https://a.example/#top?x', { success: 'false', error: 'disabled' })).toBe(
			'https://a.example/?success=false&error=disabled#top?x',
		)
	})

	it('#173 #174 is read back as it was given, beside what was there', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 12 })
		const before = fc.webUrl({ withQueryParameters: true, withFragments: true })
		fc.assert(
			fc.property(before, text, text, (url, login, password) => {
				const merged = new URL(appendOutcome(url, { user_login: login, password }))
				const names = ['user_login', 'password']
				expect(merged.searchParams.getAll('user_login')).toEqual([login])
				expect(merged.searchParams.getAll('password')).toEqual([password])
				const rest = (searchParams: URLSearchParams) => [...searchParams].filter(([name]) => !names.includes(name))
				expect(rest(merged.searchParams)).toEqual(rest(new URL(url).searchParams))
				expect(merged.hash).toBe(new URL(url).hash)
			}),
		)
	})
})
