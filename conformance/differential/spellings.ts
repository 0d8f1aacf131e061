import type { PlainRequest, Pool } from './plain-request.ts'
import type { Random } from './random.ts'
import type { WireBody } from './bodies.ts'

/** A request on its way to the wire: what a spelling may change. */
export type Draft = {
	method: string
	/** Before the question mark. */
	path: string
	/** Each as it will stand in the query. */
	query: string[]
	headers: (readonly [string, string])[]
	body: WireBody | undefined
}

export type Spelling = {
	readonly name: string
	/** One of the rules that it is about, for the table. */
	readonly rule: string
	/** Undefined where it makes no sense for this request. */
	spell(draft: Draft, given: { readonly plain: PlainRequest; readonly random: Random; readonly pool: Pool }): void
}

/** What somebody would rather reach than what they may. */
const wanted = ['/wp/v2/users/me', '/wp/v2/users', '/wp/v2/settings', '/wp/v2/users/me/application-passwords'] as const
const otherMethods = ['DELETE', 'delete', 'POST', 'PUT', 'Patch', 'GET', 'HEAD', 'OPTIONS', 'TRACE', 'BREW'] as const

/** As PHP reads the name of a parameter, all of these are the one in the middle; and some that are not. */
const respelled = (name: string): readonly string[] => [
	name,
	name.replace('_', '.'),
	name.replace('_', '+'),
	name.replace('_', '%20'),
	name.replace('_', '['),
	name.replace('_', '%5B'),
	name.replace('_', '%5f'),
	`%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
	`+${name}`,
	`%20${name}`,
	`%09${name}`,
	`${name}%00x`,
	`${name}[]`,
	`${name}[0]`,
	`${name}%5B%5D`,
	name.toUpperCase(),
	`${name}]`,
]

const replaceOne = (text: string, random: Random, found: RegExp, by: (one: string) => string): string => {
	const all = [...text.matchAll(found)]
	if (all.length === 0) return text
	const one = random.pick(all)
	return text.slice(0, one.index) + by(one[0]) + text.slice(one.index + one[0].length)
}
const inRoute = (draft: Draft, change: (route: string) => string): void => {
	draft.path = `/wp-json${change(draft.path.slice('/wp-json'.length))}`
}
const byRule = (rule: string, all: Readonly<Record<string, Spelling['spell']>>): readonly Spelling[] =>
	Object.entries(all).map(([name, spell]) => ({ name, rule, spell }))

const paths = byRule('path', {
	'trailing slash': (draft) => void (draft.path += '/'),
	capitals: (draft) => inRoute(draft, (route) => route.toUpperCase()),
	'one capital': (draft, { random }) =>
		inRoute(draft, (route) => replaceOne(route, random, /[a-z]/g, (one) => one.toUpperCase())),
	'doubled slash': (draft, { random }) => void (draft.path = replaceOne(draft.path, random, /\//g, () => '//')),
	'encoded slash': (draft, { random }) =>
		inRoute(draft, (route) => replaceOne(route, random, /(?<=.)\//g, () => random.pick(['%2F', '%2f']))),
	'encoded letter': (draft, { random }) =>
		inRoute(draft, (route) => replaceOne(route, random, /[a-z]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)),
	'encoded prefix': (draft) => void (draft.path = draft.path.replace('wp-json', 'wp%2Djson')),
	'encoded twice': (draft, { random }) =>
		inRoute(draft, (route) => replaceOne(route, random, /[a-z]/g, (one) => `%25${one.charCodeAt(0).toString(16)}`)),
	'dot segment': (draft, { random }) =>
		inRoute(draft, (route) =>
			replaceOne(route, random, /\//g, () =>
				random.pick(['/./', '/%2e/', '/x/../', '/x/%2e%2e/', '/x/.%2E/', '/..%2f']),
			),
		),
	'out of the API': (draft, { random }) =>
		void (draft.path = random.pick([
			'/wp-json/../wp-login.php',
			'/wp-json/%2e%2e/wp-admin/users.php',
			'/wp-json/..%2fxmlrpc.php',
			'/wp-json/x/../../index.php',
			'/wp-json/../../../etc/passwd',
		])),
	'no REST at all': (draft, { random }) =>
		void (draft.path = random.pick([
			'/wp-login.php',
			'/wp-admin/admin-ajax.php',
			'/',
			'/feed/',
			'/wp-content/database/.ht.sqlite',
			'/wp-cron.php',
			'/index.php',
			'/wp-jsonx/wp/v2/posts',
			'/?p=1',
		])),
	backslash: (draft, { random }) =>
		inRoute(draft, (route) => replaceOne(route, random, /\//g, () => random.pick(['\\', '%5c', '/\\../']))),
	NUL: (draft, { random }) =>
		inRoute(draft, (route) => random.pick([`${route}%00`, `${route}%00/x`, route.replace('/wp', '/wp%00')])),
	'newline behind': (draft, { random }) =>
		void (draft.path += random.pick(['%0a', '%0A', '%0d%0a', '%09', '%20', '/%0a'])),
	semicolon: (draft, { random }) =>
		inRoute(draft, (route) => random.pick([`${route};x=1`, route.replace('/v2', '/v2;a=b')])),
	'encoded question mark': (draft) => void (draft.path += '%3frest_route=/wp/v2/users/me'),
	'encoded ampersand': (draft, { random }) =>
		void (draft.path += random.pick(['%26rest_route=/wp/v2/users', '&rest_route=/wp/v2/users', '%26_method=DELETE'])),
	hash: (draft) => void (draft.path += '#/../users/me'),
	'no ASCII': (draft, { random }) =>
		inRoute(draft, (route) =>
			random.pick([
				`${route}\xe9`,
				route.replace('s', '%C5%BF'),
				route.replace('/', '%C0%AF'),
				`${route}%ff`,
				route.replace('p', '%ef%bd%90'),
			]),
		),
	'prefix in capitals': (draft) => void (draft.path = draft.path.replace('/wp-json', '/WP-JSON')),
	'index.php in front': (draft, { random }) =>
		void (draft.path = `${random.pick(['/index.php', '/INDEX.PHP', '/wp-login.php', '/index.php/index.php'])}${draft.path}`),
	absolute: (draft, { random }) =>
		void (draft.path = `${random.pick(['http://localhost', 'http://evil.test', '//evil.test'])}${draft.path}`),
	'another blog': (draft) => void (draft.path = `/blog${draft.path}`),
	'file behind': (draft, { random }) =>
		inRoute(draft, (route) => `${route}${random.pick(['.json', '/index.php', '.php', '%2ejson'])}`),
	'id spelled oddly': (draft, { random }) =>
		inRoute(draft, (route) =>
			route.replace(/\d+/, (id) =>
				random.pick([
					`0${id}`,
					`+${id}`,
					`${id}.0`,
					`%20${id}`,
					`${id}e0`,
					`0x${Number(id).toString(16)}`,
					`${id}%2c5`,
					`-${id}`,
					`%3${id}`,
				]),
			),
		),
	long: (draft) => inRoute(draft, (route) => `${route}/${'a'.repeat(3_000)}`),
})

const routes = byRule('rest_route', {
	'rest_route alone': (draft, { plain, random }) => {
		draft.path = random.pick(['/', '/index.php', ''])
		draft.query.unshift(
			`rest_route=${random.pick([plain.route, encodeURIComponent(plain.route), `${plain.route}/`, plain.route.toUpperCase()])}`,
		)
	},
	'rest_route respelled, alone': (draft, { plain, random }) => {
		draft.path = random.pick(['/', '/index.php'])
		draft.query.unshift(`${random.pick(respelled('rest_route'))}=${plain.route}`)
	},
	'rest_route, the same': (draft, { plain, random }) =>
		void draft.query.push(`rest_route=${random.pick([plain.route, encodeURIComponent(plain.route)])}`),
	'rest_route, another': (draft, { random }) =>
		void draft.query.push(`${random.pick(respelled('rest_route'))}=${random.pick(wanted)}`),
	'rest_route twice': (draft, { plain, random }) => {
		draft.path = '/'
		draft.query.unshift(`rest_route=${plain.route}`, `rest_route=${random.pick(wanted)}`)
	},
	'rest_route, odd value': (draft, { plain, random }) => {
		draft.path = random.pick(['/', '/index.php'])
		draft.query.unshift(
			`rest_route=${random.pick([plain.route.slice(1), `${plain.route}%0a`, `/${plain.route}`, `${plain.route}%00`, `/..${plain.route}`, `${plain.route}%3Fid=5`, `${plain.route}%26id=5`, '', encodeURIComponent(encodeURIComponent(plain.route)), `http://evil.test${plain.route}`, plain.route.replaceAll('/', '//'), `+${plain.route}`])}`,
		)
	},
})

const methods = byRule('method', {
	_method: (draft, { random }) =>
		void draft.query.push(`${random.pick(respelled('_method'))}=${random.pick(otherMethods)}`),
	'_method, the same': (draft) => void draft.query.push(`_method=${draft.method}`),
	'override header': (draft, { random }) =>
		void draft.headers.push([
			random.pick([
				'X-HTTP-Method-Override',
				'x-http-method-override',
				'X_HTTP_METHOD_OVERRIDE',
				'X-HTTP-Method',
				'X-Method-Override',
			]),
			random.pick(otherMethods),
		]),
	'POST that overrides': (draft, { plain, random }) => {
		draft.method = 'POST'
		if (random.chance(0.5)) draft.headers.push(['X-HTTP-Method-Override', plain.method])
		else draft.query.push(`_method=${plain.method}`)
	},
	'both overrides': (draft, { random }) => {
		draft.headers.push(['X-HTTP-Method-Override', random.pick(otherMethods)])
		draft.query.push(`_method=${random.pick(otherMethods)}`)
	},
	'lower case': (draft) => void (draft.method = draft.method.toLowerCase()),
	HEAD: (draft) => void (draft.method = 'HEAD'),
	OPTIONS: (draft) => void (draft.method = 'OPTIONS'),
	'other verbs': (draft, { random }) =>
		void (draft.method = random.pick(['TRACE', 'CONNECT', 'PROPFIND', 'BREW', 'PURGE'])),
})

const ids = [
	'id',
	'ID',
	'user_id',
	'uuid',
	'parent',
	'slug',
	'name',
	'plugin',
	'stylesheet',
	'post',
	'type',
	'taxonomy',
	'namespace',
] as const
const parameters = byRule('parameter', {
	'another id in the query': (draft, { random, pool }) =>
		void draft.query.push(
			`${random.pick([...ids, ...respelled('user_id'), 'id[]', 'id[0]', '+id', 'i%64', 'id%00'])}=${random.pick([...pool.published, ...pool.users, 5])}`,
		),
	'the same id in the query': (draft, { plain }) => void draft.query.push(`id=${/\d+/.exec(plain.route)?.[0] ?? '1'}`),
	_embed: (draft, { random }) =>
		void draft.query.push(
			random.pick([
				'_embed',
				'_embed=1',
				'_embed=author',
				'_embed=author,wp:term',
				'_embed[]=up&_embed[]=replies',
				'_embed=true',
				'_embed=wp:featuredmedia',
				'+_embed=1',
				'_embed.x=1',
				'_embed=nothing',
			]),
		),
	_envelope: (draft, { random }) =>
		void draft.query.push(random.pick(['_envelope', '_envelope=1', '+_envelope=1', '_envelope[]=1', '_envelope=0'])),
	_jsonp: (draft, { random }) =>
		void draft.query.push(random.pick(['_jsonp=x', '+_jsonp=x', '_jsonp[]=x', '_jsonp=', '%5fjsonp=x', '.jsonp=x'])),
	'WordPress’ own': (draft, { random }) =>
		void draft.query.push(
			random.pick([
				'_wpnonce=abc',
				'doing_wp_cron=1',
				'preview=true',
				'wc-api=x',
				'json=1',
				'p=1',
				'attachment_id=3',
				'_wp_http_referer=/',
				'wp-sitemap=1',
				'feed=rss',
				'robots=1',
				'error=1',
			]),
		),
	'a name twice': (draft, { random }) =>
		void draft.query.push(
			...random.pick([
				['status=publish', 'status=draft'],
				['context=view', 'context=edit'],
				['context=view', 'context[]=edit'],
				['id=4', 'id=5'],
				['per_page=1', 'per_page=2'],
			]),
		),
	lists: (draft, { random }) =>
		void draft.query.push(
			...random.pick([
				['status[]=publish', 'status[]=draft'],
				['status[0]=draft', 'status[7]=private'],
				['status[a]=draft'],
				['include[]=1', 'include[]=2'],
				['status[][]=draft'],
				['status[a][b]=draft'],
			]),
		),
	'brackets that do not match': (draft, { random }) =>
		void draft.query.push(
			random.pick([
				'status[=draft',
				'status]=draft',
				'status[0=draft',
				'status[a]b=draft',
				'[status]=draft',
				'status[a]]=draft',
				'status[[a]=draft',
				'st[atus=draft',
			]),
		),
	'power in the query': (draft, { random }) =>
		void draft.query.push(
			random.pick([
				'status=publish',
				'context=edit',
				'author=1',
				'date=2030-01-01T00:00:00',
				'password=x',
				'sticky=true',
				'meta[x]=1',
				'roles[]=administrator',
				'content=%3Cscript%3E',
				'title=x',
			]),
		),
	'over 1000': (draft) =>
		void draft.query.push(...Array.from({ length: 1_001 }, (_, at) => `x${at}=1`), 'status=publish'),
	semicolons: (draft) => void draft.query.push('per_page=1;status=draft'),
	'odd bytes': (draft, { random }) =>
		void draft.query.push(
			random.pick([
				'search=%ff',
				'search=%00',
				'search=%0d%0aX:y',
				'search=%',
				'search=%zz',
				'search=%u0041',
				'search=\xe9',
				'=x',
				'&&',
				'search',
				'a b=c',
				'%00=x',
				'__proto__[x]=1',
				'constructor=1',
				'search=+%2B',
			]),
		),
	'plainly more': (draft, { random }) =>
		void draft.query.push(
			random.pick(['per_page=3', '_fields=id', '_locale=user', 'orderby=id', 'search=gate', '_pretty=1', 'offset=1']),
		),
})

const headers = byRule('header', {
	'of browsers': (draft) =>
		void draft.headers.push(
			['Cookie', 'wordpress_logged_in_x=admin%7C1'],
			['X-WP-Nonce', 'abc'],
			['Referer', 'http://evil.test/'],
		),
	forwarding: (draft) =>
		void draft.headers.push(
			['X-Forwarded-For', '1.2.3.4'],
			['X-Forwarded-Host', 'evil.test'],
			['Forwarded', 'for=1.2.3.4'],
			['X-Real-IP', '1.2.3.4'],
			['Client-IP', '1.2.3.4'],
			['Via', '1.1 x'],
		),
	'other addresses': (draft) =>
		void draft.headers.push(
			['X-Original-URL', '/wp-json/wp/v2/users/me'],
			['X-Rewrite-URL', '/wp-json/wp/v2/users/me'],
		),
	underscores: (draft, { random }) =>
		void draft.headers.push([
			random.pick(['Content_Type', 'X_Forwarded_For', 'X_WP_Nonce', 'Authorization_']),
			'application/json',
		]),
	'hop by hop': (draft, { random }) =>
		void draft.headers.push(
			...random.pick<readonly (readonly [string, string])[]>([
				[['TE', 'trailers']],
				[
					['Upgrade', 'h2c'],
					['Connection', 'Upgrade'],
				],
				[['Connection', 'Authorization']],
				[['Connection', 'Content-Length']],
				[['Keep-Alive', 'timeout=5']],
				[['Proxy-Authorization', 'Basic eDp5']],
			]),
		),
	'two types': (draft) =>
		void draft.headers.push(
			['Content-Type', 'application/json'],
			['Content-Type', 'application/x-www-form-urlencoded'],
		),
	coding: (draft, { random }) => void draft.headers.push(['Content-Encoding', random.pick(['gzip', 'identity', 'br'])]),
	disposition: (draft) => void draft.headers.push(['Content-Disposition', 'attachment; filename="x.php"']),
	range: (draft) => void draft.headers.push(['Range', 'bytes=0-0,1-1,2-2']),
})

export const spellings: readonly Spelling[] = [...paths, ...routes, ...methods, ...parameters, ...headers]
