import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRestHead } from './read-head.ts'
import { isRestTarget } from './read-target.ts'
import { formType, get, outcomeOf, post, wireOf } from './wire.testing.ts'

const malformed = 'gateway/path-malformed'
const refused = (name: string): string => `gateway/parameter-refused ${name}`
const me = 'GET /wp/v2/users/me'

describe('which targets are REST', () => {
	it('knows the three ways WordPress has', () => {
		const targets = ['/wp-json', '/wp-json/', '/wp-json?page=1', '/index.php/wp-json/wp/v2/posts', '/?rest_route=/']
		expect([...targets, '/index.php?a=1&rest_route=/wp/v2/posts'].map(isRestTarget)).not.toContain(false)
	})

	it('leaves everything else alone, another letter case of the prefix too', () => {
		const others = ['/', '/index.php', '/WP-JSON/wp/v2/posts', '/wp-jsonx', '/xmlrpc.php', '/wp-login.php?rest_route=/']
		expect([...others, '/?page=2', '/wp-json.php', '/blog/wp-json'].map(isRestTarget)).not.toContain(true)
	})

	it('T34 takes what would leave the site for REST, so that it is refused', () => {
		for (const target of ['//evil.example/wp-json/', '/\\evil.example', 'http://evil.example/wp-json/', '*', '']) {
			expect([isRestTarget(target), get(target)]).toEqual([true, malformed])
		}
	})
})

describe('#230 the spelling of a route', () => {
	it('is one for all that WordPress reads alike', () => {
		const spellings = ['/wp-json/WP/V2/Users/ME', '/wp-json/wp/v2/%75sers/me/', '/index.php/wp-json/wp/v2/users/%6D%65']
		for (const target of [...spellings, '/?rest_route=/wp/v2/users/me', '/index.php?rest_route=/WP/v2/USERS/ME/']) {
			expect(get(target)).toBe(me)
		}
	})

	it('names the index in four ways', () => {
		for (const target of ['/wp-json', '/wp-json/', '/index.php/wp-json/', '/?rest_route=/']) {
			expect(get(target)).toBe('GET /')
		}
	})

	it('keeps the letter case of ids, slugs and routes of plugins', () => {
		expect(get('/wp-json/WP/v2/Plugins/Akismet/Akismet')).toBe('GET /wp/v2/plugins/Akismet/Akismet')
		expect(get('/wp-json/wp/v2/plugins/Edit/Me')).toBe('GET /wp/v2/plugins/Edit/Me')
		expect(get('/wp-json/Acme/v1/Things/Me')).toBe('GET /Acme/v1/Things/Me')
		expect(get('/wp-json/wp/v2/posts/7/Revisions/8')).toBe('GET /wp/v2/posts/7/revisions/8')
		expect(get('/wp-json/OEMBED/1.0/Embed')).toBe('GET /oembed/1.0/embed')
		expect(get('/wp-json/wp/v2/Types/Edit')).toBe('GET /wp/v2/types/Edit')
		expect(get('/wp-json/WP/V2/Books/7/Autosaves')).toBe('GET /wp/v2/books/7/autosaves')
		expect(get('/wp-json/WP/V2/Nothing/Known')).toBe('GET /WP/V2/Nothing/Known')
	})

	it('takes no letters but those of ASCII: no Kelvin sign for a k', () => {
		expect(get('/wp-json/wp/v2/bloc%E2%84%AAs')).toBe('gateway/path-malformed')
	})

	it('takes the doubled slash of a template for the single one, and no other', () => {
		const template = 'GET /wp/v2/templates/twentytwentyfive/home'
		expect(get('/wp-json/wp/v2/templates/twentytwentyfive//home')).toBe(template)
		expect(get('/?rest_route=/wp/v2/templates/twentytwentyfive//home')).toBe(template)
		for (const route of [
			'/wp/v2//posts',
			'//wp/v2/posts',
			'/wp/v2/posts//',
			'/wp/v2/templates//a/b',
			'/a/b/templates/c//d',
		]) {
			expect([get(`/wp-json${route}`), get(`/?rest_route=${route}`)]).toEqual([malformed, malformed])
		}
	})

	it('T21 is refused where servers read it differently', () => {
		const tails = [
			'%2Fme',
			'%5Cme',
			'%00',
			'%25',
			'%2e%2e/x',
			'.%2E/x',
			'../x',
			'./x',
			';a',
			'%3Ba',
			'%',
			'%zz',
			'%C3',
			'%C0%AE',
		]
		const more = [
			'%0a',
			'%20',
			'+',
			'%2B',
			'%3F',
			'%23',
			'%26',
			'*',
			'%7F',
			'%EF%BC%8F',
			'%E2%80%AE',
			'\\',
			'#',
			' ',
			'é',
			'%C3%A9',
			'thing%C5%BF',
			'\u0000',
		]
		for (const tail of [...tails, ...more])
			expect([tail, get(`/wp-json/wp/v2/users/${tail}`)]).toEqual([tail, malformed])
	})

	it('is bounded', () => {
		expect(get(`/wp-json${'/a'.repeat(33)}`)).toBe(malformed)
		expect(get(`/wp-json/${'a'.repeat(8_192)}`)).toBe(malformed)
	})
})

describe('rest_route in the query', () => {
	it('#227 is left out where it repeats the path, and refused where it says something else', () => {
		expect(get('/wp-json/wp/v2/posts?rest_route=/WP/v2/%70osts/&page=2')).toBe('GET /wp/v2/posts?page=2')
		expect(get('/wp-json/wp/v2/posts?rest_route=/wp/v2/users')).toBe('gateway/parameter-conflict rest_route')
	})

	it('T22 is refused however PHP would re-spell its name', () => {
		const spelled = [
			'rest.route',
			'rest+route',
			'rest%20route',
			'rest[route',
			'rest%5Broute',
			'+rest_route',
			'rest_route%00x',
		]
		for (const name of [...spelled, '%20rest.route', 'rest_route[]', 'rest_route%5Bx%5D', 'rest%2Eroute']) {
			expect(get(`/wp-json/wp/v2/posts?${name}=/wp/v2/posts`)).toMatch(/^gateway\/parameter-refused /)
			expect(get(`/?${name}=/wp/v2/posts`)).not.toContain('GET')
		}
	})

	it('T22 is refused twice, alike or not, and read once when its letters are encoded', () => {
		expect(get('/?rest_route=/wp/v2/posts&rest_route=/wp/v2/posts')).toBe(refused('rest_route'))
		expect(get('/?%72est_route=/wp/v2/posts')).toBe('GET /wp/v2/posts')
		expect(get('/wp-json/wp/v2/posts?%72est_route=/wp/v2/users/me')).toBe('gateway/parameter-conflict rest_route')
	})

	it('has to be a route', () => {
		for (const route of ['', 'wp/v2/posts', '/wp/v2/%2575sers', '/wp/v2/../x', '/wp/v2/posts%0a', '/wp/v2/posts?x']) {
			expect(get(`/?rest_route=${route}`)).toBe(malformed)
		}
	})
})

describe('parameters of the query', () => {
	it('are lists and maps as PHP reads them', () => {
		const query = 'include[]=5&include[]=7&filter%5Bmeta%5D%5Ba%5D=b+c&_fields=id,title&x%5B1%5D=b&x[0]=a&_embed'
		expect(readRestHead(wireOf({ target: `/wp-json/wp/v2/posts?${query}` }))).toMatchObject({
			value: {
				query: new Map<string, unknown>([
					['include', ['5', '7']],
					['filter', { meta: { a: 'b c' } }],
					['_fields', 'id,title'],
					['x', ['a', 'b']],
					['_embed', ''],
				]),
			},
		})
	})

	it('T29 are given once, or alike', () => {
		expect(get('/wp-json/wp/v2/posts?page=2&page=2')).toBe('GET /wp/v2/posts?page=2')
		expect(get('/wp-json/wp/v2/posts?page=2&page=3')).toBe('gateway/parameter-conflict page')
		expect(get('/wp-json/wp/v2/posts?a[b]=2&a[b]=3')).toBe('gateway/parameter-conflict a[b]')
		expect(get('/wp-json/wp/v2/posts?a=2&a[]=3')).toBe(refused('a[]'))
		expect(get('/wp-json/wp/v2/posts?a[]=2&a=3')).toBe(refused('a'))
	})

	it('T29 are a hundred at most, eight deep, and UTF-8', () => {
		const some = (count: number): string => Array.from({ length: count }, (_, index) => `p${index}=1`).join('&')
		expect(get(`/wp-json/?${some(100)}`)).toMatch(/^GET/)
		expect(get(`/wp-json/?${some(101)}`)).toBe(refused('p100'))
		expect(get(`/wp-json/?a${'[b]'.repeat(8)}=1`)).toMatch(/^GET/)
		expect(get(`/wp-json/?a${'[b]'.repeat(9)}=1`)).toMatch(/^gateway\/parameter-refused/)
		for (const value of ['%FF', '%C3', '%', '%zz', '%00']) expect(get(`/wp-json/?a=${value}`)).toBe(refused('a'))
	})

	it('T22 have plain names', () => {
		for (const name of [
			'a.b',
			'a%20b',
			'a]',
			'a[b',
			'a[b]c',
			'a[b[c]]',
			'1a',
			'a[b.c]',
			'%C3%A9',
			'',
			'__proto__',
			'a[__proto__]',
			'a[-1]',
			'a[9999999999]',
		]) {
			expect([name, get(`/wp-json/?${name}=1`)]).toEqual([name, expect.stringMatching(/^gateway\/parameter-refused/)])
		}
	})

	it('#232 #235 are none that change what runs or hide how it went', () => {
		for (const name of [
			'_jsonp',
			'_envelope',
			'_wpnonce',
			'_wp_http_referer',
			'doing_wp_cron',
			'error',
			'preview',
			'preview_id',
			'wc-api',
			'json',
		]) {
			expect(get(`/wp-json/wp/v2/posts?${name}=1`)).toBe(refused(name))
			expect(get(`/wp-json/wp/v2/posts?${name}[]=1`)).toBe(refused(`${name}[]`))
		}
	})
})

describe('#231 the method that runs', () => {
	const overriding = (method: string, by: string, query = ''): string =>
		outcomeOf({ method, target: `/wp-json/wp/v2/posts/7${query}`, headers: { 'X-HTTP-Method-Override': by } })

	it('is the one a POST is re-named to', () => {
		expect(overriding('POST', 'DELETE')).toBe('DELETE /wp/v2/posts/7')
		expect(overriding('POST', 'put', '?_method=PUT')).toBe('PUT /wp/v2/posts/7')
		expect(outcomeOf({ method: 'POST', target: '/wp-json/wp/v2/posts/7?_method=patch' })).toBe('PATCH /wp/v2/posts/7')
	})

	it('T24 is never another one than that of a GET', () => {
		for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
			expect(overriding(method, 'DELETE')).toBe('gateway/header-refused x-http-method-override')
			expect(outcomeOf({ method, target: '/wp-json/wp/v2/posts/7?_method=DELETE' })).toBe(refused('_method'))
		}
		expect(get('/wp-json/wp/v2/posts/7?%5Fmethod=DELETE')).toBe(refused('_method'))
	})

	it('T24 is refused where it is two, none that exists, or spelled for CGI', () => {
		expect(overriding('POST', 'PUT', '?_method=DELETE')).toBe('gateway/parameter-conflict _method')
		expect(overriding('POST', 'TRACE')).toMatch(/^request\/method-not-allowed/)
		expect(overriding('POST', '')).toMatch(/^request\/method-not-allowed/)
		expect(outcomeOf({ method: 'POST', target: '/wp-json/?_method[]=PUT' })).toBe(refused('_method[]'))
		expect(outcomeOf({ method: 'POST', target: '/wp-json/?.method=PUT' })).toBe(refused('.method'))
		for (const name of ['X_HTTP_METHOD_OVERRIDE', 'x-http_method-override', 'X.HTTP.Method.Override', 'Content_Type']) {
			const sent = { method: 'POST', target: '/wp-json/', headers: { [name]: 'PUT' } }
			expect(outcomeOf(sent)).toBe(`gateway/header-refused ${name.toLowerCase()}`)
		}
		expect(outcomeOf({ target: '/wp-json/', headers: { X_Mailer: 'a' } })).toBe('GET /')
	})

	it('T24 is refused in two headers', () => {
		const rawHeaders = ['X-HTTP-Method-Override', 'PUT', 'x-http-method-override', 'PUT']
		expect(readRestHead({ method: 'POST', target: '/wp-json/', rawHeaders })).toMatchObject({
			problem: { code: 'gateway/header-refused' },
		})
	})

	it('T33 is one of seven, in capitals', () => {
		for (const method of ['TRACE', 'CONNECT', 'get', 'Post', 'PROPFIND', '']) {
			expect(outcomeOf({ method, target: '/wp-json/' })).toMatch(/^request\/method-not-allowed/)
		}
	})
})

describe('the kind of body', () => {
	const kindOf = (method: string, target: string, headers: Readonly<Record<string, string>>): unknown => {
		const head = readRestHead(wireOf({ method, target, headers, body: 'x' }))
		return head.ok ? head.value.expects : head.problem.code
	}
	const posts = '/wp-json/wp/v2/posts'
	const media = '/wp-json/wp/v2/media'
	const mib = 1_048_576

	it('T29 is told by one exact content type', () => {
		for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"']) {
			expect(kindOf('POST', posts, { 'Content-Type': type })).toEqual({ kind: 'json', maxBytes: mib })
		}
		expect(kindOf('PUT', posts, { 'Content-Type': formType })).toEqual({ kind: 'form', maxBytes: mib })
		const others = [
			'application/json; charset=utf-7',
			'application/json; x=1',
			'application/hal+json',
			'text/json',
			'text/plain',
			'',
		]
		for (const type of [
			...others,
			'application/json, text/plain',
			'multipart/form-data',
			'multipart/form-data; boundary="a b"',
		]) {
			expect([type, kindOf('POST', posts, { 'Content-Type': type })]).toEqual([type, 'request/content-type'])
		}
		expect(kindOf('POST', posts, {})).toBe('request/content-type')
	})

	it('T26 is none for methods that only read', () => {
		for (const method of ['GET', 'HEAD', 'OPTIONS']) {
			expect(kindOf(method, posts, { 'Content-Type': 'application/json' })).toBe('gateway/body-malformed')
		}
		expect(outcomeOf({ target: posts, headers: { 'Content-Type': 'application/json', 'Content-Length': '0' } })).toBe(
			'GET /wp/v2/posts',
		)
	})

	it('T29 is never encoded', () => {
		const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }
		expect(kindOf('POST', posts, headers)).toBe('request/content-encoding')
	})

	it('is nothing where nothing was sent', () => {
		expect(outcomeOf({ method: 'POST', target: posts })).toBe('POST /wp/v2/posts')
		expect(post(posts, '', formType)).toBe('POST /wp/v2/posts')
	})

	it('is a stream for uploads of media alone', () => {
		const file = { 'Content-Type': 'image/jpeg', 'Content-Disposition': 'attachment; filename="a b.jpg"' }
		expect(kindOf('POST', media, file)).toEqual({ kind: 'file', contentType: 'image/jpeg', filename: 'a-b.jpg' })
		expect(kindOf('POST', media, { 'Content-Type': 'image/png' })).toMatchObject({ kind: 'file', filename: null })
		const form = { 'Content-Type': 'multipart/form-data; boundary=b' }
		expect(kindOf('POST', media, form)).toEqual({ kind: 'form-with-file', boundary: 'b' })
		expect(kindOf('POST', posts, form)).toEqual({ kind: 'form', maxBytes: mib, boundary: 'b' })
		expect(kindOf('PUT', media, file)).toBe('request/content-type')
		expect(kindOf('POST', `${media}/7`, file)).toBe('request/content-type')
	})

	it('is an upload of office documents too, whose type only sounds like XML', () => {
		for (const [filename, name] of [
			['minutes.docx', 'wordprocessingml.document'],
			['figures.xlsx', 'spreadsheetml.sheet'],
			['talk.pptx', 'presentationml.presentation'],
			['talk.ppsx', 'presentationml.slideshow'],
		]) {
			const contentType = `application/vnd.openxmlformats-officedocument.${name}`
			const head = { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${filename}"` }
			expect(kindOf('POST', media, head)).toEqual({ kind: 'file', contentType, filename })
		}
	})

	it('T23 is no upload of what a site or a browser would run', () => {
		for (const type of [
			'text/html',
			'image/svg+xml',
			'text/javascript',
			'application/x-httpd-php',
			'application/xml',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document+xml',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
			'application/vnd.openxmlformats-officedocument',
			'text/vnd.openxmlformats-officedocument.wordprocessingml.document',
		]) {
			expect(kindOf('POST', media, { 'Content-Type': type })).toBe('request/content-type')
		}
		const named = { 'Content-Type': 'image/jpeg', 'Content-Disposition': 'attachment; filename="a.php.jpg"' }
		expect(kindOf('POST', media, named)).toBe('gateway/header-refused')
	})
})

describe('any target', () => {
	const pieces = [
		'/wp-json',
		'/wp',
		'/v2',
		'/posts',
		'/users',
		'/me',
		'/',
		'//',
		'/.',
		'/..',
		'%2e',
		'%2f',
		'%5c',
		'%75',
		'%25',
		';',
		'?',
		'&',
		'rest_route=',
		'rest.route=',
		'_method=',
		'a[]=1',
		'a[b]=2',
		'+',
		'\\',
		'#',
		'%00',
		'é',
		'/index.php',
		'7',
		'=',
	]
	const targets = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''))

	it('T21 T34 is refused, or goes on plainly and means the same when it is read again', () => {
		fc.assert(
			fc.property(fc.constantFrom('', '/wp-json', '/?rest_route='), targets, (start, rest) => {
				const outcome = get(start + rest)
				if (!outcome.startsWith('GET ')) return
				const [route = '', query = ''] = outcome.slice(4).split('?')
				expect(route).toMatch(/^\/(?:[A-Za-z0-9_~@:,.%-]+\/)*[A-Za-z0-9_~@:,.%-]*$/)
				expect(route.split('/')).not.toContain('..')
				expect(route.split('/')).not.toContain('.')
				expect(route).not.toMatch(/%(?:2f|5c|00|25|2e)/i)
				expect(query).not.toMatch(/(?:^|&)(?:rest_route|_method)=/)
				expect(get(`/wp-json${outcome.slice(4)}`)).toBe(outcome)
			}),
			{ numRuns: 3_000 },
		)
	})
})
