import { roles, scopes, type Scope } from '@postern/vocabulary'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessesOfRest } from './accesses-of-rest.ts'
import type { Principal } from './access.ts'
import { ask, authorsSite, callerWith, request, said, site } from './decide.testing.ts'
import { embedRelationsOf } from './embeds.ts'
import type { FieldValue, RestMethod, RestRequest } from './request.ts'
import { coreRoutes } from './routes/core-routes.ts'
import { findCoreRoute, inCanonicalCase, splitTemplate } from './routes/find-route.ts'

const notAllowed = 'application-password/not-allowed-here'
const everything = callerWith('site:everything', 'ns:wc/v3:write', 'ns:mcp:write')
const everyone: readonly Principal[] = [
	callerWith(...scopes, 'ns:wc/v3:write'),
	...roles.map((role) => ({ kind: 'member', role }) as const),
	{ kind: 'postern', purpose: 'health' },
]
const methods: readonly RestMethod[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
const examples = { digits: '7', word: 'some-Word_2', uuid: '0a1b-2c', file: 'a.file' } as const
const pathOf = (template: string) =>
	`/${splitTemplate(template)
		.map((part) => (part.kind === 'literal' ? part.text : examples[part.type]))
		.join('/')}`

describe('the table of routes', () => {
	it.each(coreRoutes.map((route) => [route.template, route] as const))(
		'%s is reached, in any letter case',
		(_, route) => {
			const path = pathOf(route.template)
			const segments = path.split('/').filter((segment) => segment !== '')
			expect(findCoreRoute(segments)?.route).toBe(route)
			const shouted = segments.map((segment, index) =>
				splitTemplate(route.template)[index]?.kind === 'literal' ? segment.toUpperCase() : segment,
			)
			expect(findCoreRoute(shouted)?.route).toBe(route)
			expect(inCanonicalCase(shouted)).toEqual(segments)
		},
	)

	it.each(coreRoutes.map((route) => [route.template, route] as const))(
		'%s is open to Everything or to nobody',
		(_, route) => {
			for (const method of methods) {
				const outcome = said(ask(everything, request(method, pathOf(route.template))))
				const isNever = Object.values(route.rules).some(({ kind }) => kind === 'never')
				// What stands in no rule, and a batch of nothing.
				const isKnown = outcome === 'free' || outcome.startsWith('if ')
				expect(isKnown && isNever).toBe(false)
				if (!isKnown) expect(outcome).toBe(notAllowed)
			}
		},
	)

	it('T30 lets a password without scopes see the index and who it is, and nothing else', () => {
		const open = coreRoutes.filter(({ template }) => ask(callerWith(), request('GET', pathOf(template))).ok)
		expect(open.map(({ template }) => template)).toEqual(['/', '/wp/v2', '/wp/v2/users/me'])
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
			expect(coreRoutes.filter(({ template }) => ask(callerWith(), request(method, pathOf(template))).ok)).toEqual([])
	})

	it('reads nothing more with a scope that is about something else', () => {
		const reading = (scope: Scope) =>
			coreRoutes.filter(({ template }) => ask(callerWith(scope), request('GET', pathOf(template))).ok).length
		expect(reading('posts:read')).toBe(3 + 6)
		expect(reading('search:read')).toBe(3 + 1)
		expect(reading('settings:read')).toBe(3 + 8)
		expect(reading('postern:passwords:manage')).toBe(3)
	})

	it.each([
		['GET', '/wp/v2/posts/7', 'posts:read'],
		['GET', '/wp/v2/pages/7/revisions/8', 'pages:read'],
		['DELETE', '/wp/v2/posts/7', 'posts:delete'],
		['POST', '/wp/v2/media', 'media:write'],
		['DELETE', '/wp/v2/media/7', 'media:delete'],
		['POST', '/wp/v2/comments', 'comments:write'],
		['DELETE', '/wp/v2/comments/7', 'comments:delete'],
		['PATCH', '/wp/v2/tags/7', 'terms:write'],
		['DELETE', '/wp/v2/categories/7', 'terms:delete'],
		['PUT', '/wp/v2/blocks/7', 'blocks:write'],
		['GET', '/wp/v2/users', 'users:read'],
		['POST', '/wp/v2/users', 'users:write'],
		['POST', '/wp/v2/users/me', 'users:write'],
		['DELETE', '/wp/v2/users/7', 'users:delete'],
		['GET', '/wp/v2/settings', 'settings:read'],
		['POST', '/wp/v2/settings', 'settings:write'],
		['POST', '/wp/v2/plugins', 'plugins:write'],
		['PUT', '/wp/v2/plugins/akismet/akismet', 'plugins:write'],
		['GET', '/wp/v2/themes/twentyten', 'themes:read'],
		['POST', '/wp/v2/templates/twentyten/home', 'themes:write'],
		['POST', '/wp/v2/global-styles/5', 'themes:write'],
		['POST', '/wp/v2/menus', 'themes:write'],
		['POST', '/wp/v2/widgets', 'themes:write'],
		['GET', '/wp-site-health/v1/tests/page-cache', 'settings:read'],
		['GET', '/wp-block-editor/v1/navigation-fallback', 'themes:write'],
		['GET', '/wp/v2/types', 'site:read'],
		['GET', '/oembed/1.0/embed', 'site:read'],
		['GET', '/wp/v2/search', 'search:read'],
		['GET', '/wp/v2/books', 'types:books:read'],
		['DELETE', '/wp/v2/BOOKS/7', 'types:books:delete'],
		['GET', '/wp/v2/genres', 'terms:read'],
		['POST', '/wp/v2/genres', 'terms:write'],
		['PATCH', '/wp/v2/Genres/7', 'terms:write'],
		['DELETE', '/wp/v2/genres/7', 'terms:delete'],
	] as const)('T30 %s %s takes %s', (method, route, scope) => {
		const others = scopes.filter((one) => one !== scope && one !== 'site:everything' && !one.endsWith(':publish'))
		const besides = others.filter((one) => one.split(':')[0] !== scope.split(':')[0])
		expect(said(ask(callerWith(...besides), request(method, route)))).toBe(
			`application-password/scope-missing ${scope}`,
		)
		expect(ask(callerWith(scope), request(method, route)).ok).toBe(true)
	})
})

describe('what no password reaches', () => {
	const passwords = ['me', '1'].flatMap((user) =>
		['', '/introspect', '/0a1b'].map((tail) => `/wp/v2/users/${user}/application-passwords${tail}`),
	)
	it.each(passwords)('T30 %s', (route) => {
		for (const principal of everyone)
			for (const method of methods) expect(said(ask(principal, request(method, route)))).toBe(notAllowed)
		const batch = request('POST', '/batch/v1', batchOf(request('POST', route.replace('wp/v2', 'WP/V2'))))
		expect(said(ask(everything, batch))).toBe(notAllowed)
	})

	it.each([
		'/wp/v2/unknown',
		'/wp/v2/unknown/7',
		'/wp/v2/posts/7/unknown',
		'/wp/v2/posts/seven',
		'/wp/v2/posts/7/revisions/8/9',
		'/wp/v2/posts/99999999999999999999',
		'/wp/v2/books/7/unknown',
		'/wp/v2/books/slug',
		'/wp/v2/genres/7/revisions',
		'/wp/v2/genres/slug',
		'/wp/v2/users/1/unknown',
		'/wp/v2/navigation/7/x',
		'/wp-block-editor/v1/unknown',
		'/wp-site-health/v1/tests/unknown',
		'/oembed/1.0/unknown',
		'/batch/v1/unknown',
		'/wc v3/orders',
		'/@evil.example',
	])('T32 unknown routes are denied to everybody: %s', (route) => {
		for (const principal of everyone)
			for (const method of methods) expect(said(ask(principal, request(method, route)))).toBe(notAllowed)
	})

	it('T32 whatever is not in the table below the namespaces of WordPress', () => {
		const segment = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
		fc.assert(
			fc.property(segment, fc.array(segment, { maxLength: 3 }), (base, rest) => {
				const asked = request('GET', ['', 'wp', 'v2', base, ...rest].join('/'))
				fc.pre(findCoreRoute(asked.segments) === undefined)
				for (const principal of everyone) expect(said(ask(principal, asked))).toBe(notAllowed)
			}),
		)
	})

	it('T32 a custom type that pretends to be below one of WordPress’ own bases', () => {
		const pretending = {
			...site,
			postTypes: new Map([
				['users', { name: 'x' }],
				['media', { name: 'y' }],
			]),
		}
		for (const route of ['/wp/v2/users/7/autosaves', '/wp/v2/media/7/revisions', '/wp/v2/Users/7/revisions/8'])
			expect(said(ask(callerWith('site:everything', 'types:users:publish'), request('GET', route), pretending))).toBe(
				notAllowed,
			)
	})

	it('T32 a custom type whose base is one of WordPress’ own', () => {
		expect(said(ask(callerWith('types:posts:publish'), request('GET', '/wp/v2/posts')))).toMatch(/missing posts:read$/)
	})
})

describe('routes of plugins', () => {
	const orders = request('GET', '/wc/v3/orders')
	it('T32 take the scope of their namespace, and Everything is not enough', () => {
		expect(said(ask(callerWith('site:everything'), orders))).toBe('application-password/scope-missing ns:wc/v3:read')
		for (const role of ['admin', 'owner'] as const) expect(ask({ kind: 'member', role }, orders).ok).toBe(true)
		expect(said(ask(callerWith('ns:wc/v3:read'), orders))).toBe('free')
		expect(said(ask(callerWith('ns:wc/v3:read'), request('HEAD', '/WC/v3/orders/5')))).toBe('free')
		expect(said(ask(callerWith('ns:wc/v3:read'), request('POST', '/wc/v3/orders')))).toMatch(/missing ns:wc\/v3:write$/)
		expect(said(ask(callerWith('ns:wc/v3:write'), request('DELETE', '/wc/v3/orders/5')))).toBe('free')
		expect(said(ask(callerWith('ns:wc/v2:write'), orders))).toMatch(/missing ns:wc\/v3:read$/)
	})

	it.each([
		['ns:mcp:write', '/mcp/mcp-adapter-default-server'],
		['ns:wp-abilities/v1:write', '/wp-abilities/v1/abilities/x/run'],
		['ns:my/deep/v1:write', '/my/deep/v1/thing'],
	] as const)('T30 %s is needed for %s', (scope, route) => {
		expect(ask(callerWith(...scopes), request('POST', route)).ok).toBe(false)
		expect(said(ask(callerWith(scope), request('POST', route)))).toBe('free')
	})

	it('T32 no namespace’s scope opens a route of WordPress', () => {
		for (const scope of ['ns:wp/v2:write', 'ns:wp:write', 'ns:batch/v1:write', 'ns:oembed/1.0:write'] as const) {
			expect(ask(callerWith(scope), request('GET', '/wp/v2/users')).ok).toBe(false)
			expect(ask(callerWith(scope), request('GET', '/wp/v2/unknown')).ok).toBe(false)
			expect(ask(callerWith(scope), request('GET', '/oembed/1.0/proxy')).ok).toBe(false)
		}
	})
})

describe('parameters that would beat the path', () => {
	const cases: readonly (readonly [RestMethod, string, string, string])[] = [
		['POST', '/wp/v2/posts/4', 'id', '5'],
		['DELETE', '/wp/v2/posts/4', 'id', '5'],
		['GET', '/wp/v2/posts/4', 'id', '5'],
		['GET', '/wp/v2/posts/4/revisions', 'parent', '5'],
		['GET', '/wp/v2/posts/4/revisions/6', 'parent', '5'],
		['DELETE', '/wp/v2/posts/4/revisions/6', 'id', '5'],
		['POST', '/wp/v2/posts/4/autosaves', 'id', '5'],
		['POST', '/wp/v2/users/4', 'id', '1'],
		['POST', '/wp/v2/users/me', 'id', '1'],
		['GET', '/wp/v2/users/me', 'user_id', '1'],
		['POST', '/wp/v2/plugins/a/b', 'plugin', 'c/d'],
		['GET', '/wp/v2/themes/a', 'stylesheet', 'b'],
		['POST', '/wp/v2/templates/a/b', 'id', 'a//c'],
		['GET', '/wp/v2/font-collections/a', 'slug', 'b'],
		['GET', '/wp/v2/block-types/core/a', 'name', 'b'],
		['GET', '/wp/v2/block-renderer/core/archives', 'name', 'core/rss'],
		['GET', '/wp/v2/types/post', 'type', 'page'],
		['POST', '/wp/v2/books/4', 'id', '5'],
		['POST', '/wp/v2/media/4/edit', 'id', '5'],
	]
	it.each(cases)('T25 are refused: %s %s with %s=%s', (method, route, name, value) => {
		const conflict = `gateway/parameter-conflict ${name}`
		for (const sent of [{ query: { [name]: value } }, { body: { [name]: value } }, { body: { [name]: [value] } }])
			expect(said(ask(everything, request(method, route, sent)))).toBe(conflict)
		const batch = request('POST', '/batch/v1', batchOf(request(method, route, { body: { [name]: value } })))
		expect(said(ask(everything, batch))).toBe(conflict)
	})

	it('T25 pass where they say the same', () => {
		for (const id of ['4', 4])
			expect(
				said(ask(callerWith('posts:draft'), request('POST', '/wp/v2/posts/4', { body: { id, title: 'x' } }))),
			).toBe('if own+draft')
		for (const id of ['04', ' 4', '4.0', 4.5, true, null, ['4']])
			expect(said(ask(everything, request('POST', '/wp/v2/posts/4', { body: { id } })))).toMatch(/conflict id$/)
	})

	it('T25 are fields where the path has none of that name', () => {
		expect(said(ask(callerWith('pages:draft'), request('POST', '/wp/v2/pages', { body: { parent: 5 } })))).toBe('free')
		expect(said(ask(callerWith('pages:read'), request('GET', '/wp/v2/pages', { query: { parent: '5' } })))).toBe('free')
		expect(said(ask(callerWith('comments:write'), request('POST', '/wp/v2/comments/7', { body: { parent: 5 } })))).toBe(
			'free',
		)
		expect(said(ask(callerWith('posts:read'), request('GET', '/wp/v2/posts', { query: { slug: 'x' } })))).toBe('free')
	})
})

describe('a block that is rendered', () => {
	const reading = (['posts', 'pages', 'media', 'comments', 'terms', 'blocks', 'site'] as const).map(
		(name): Scope => `${name}:read`,
	)
	const rendering = (post_id: FieldValue) =>
		request('GET', '/wp/v2/block-renderer/core/post-content', { query: { post_id } })
	const shown = (principal: Principal, post_id: FieldValue) => {
		const permit = ask(principal, rendering(post_id))
		if (!permit.ok) return said(permit)
		return permit.value.conditions.map((any) => any.map(({ lookUp }) => lookUp.kind === 'rest' && lookUp.restBase))
	}

	it('T30 shows a post only of a type that may be read', () => {
		const ofCore = ['posts', 'pages', 'media', 'blocks']
		expect(shown(callerWith(...reading), '7')).toEqual([ofCore])
		expect(shown(callerWith(...reading, 'types:books:read'), 7)).toEqual([[...ofCore, 'books']])
		expect(shown(callerWith('site:everything'), '7')).toEqual([])
		expect(said(ask(callerWith(...reading), request('GET', '/wp/v2/block-renderer/core/archives')))).toBe('free')
	})

	it.each([' 7', '7.0', '1e1', '-7', '', 7.5, true, null, ['7']])('T30 of a post with no plain id: %j', (post_id) => {
		expect(shown(callerWith(...reading), post_id)).toMatch(/missing site:everything$/)
	})
})

describe('a text with blocks that WordPress fills', () => {
	const loop = (attributes: string, name = 'query') => `<!-- wp:${name} ${attributes} --><!-- /wp:${name} -->`
	const saving = (content: FieldValue, ...granted: readonly Scope[]) =>
		said(
			ask(callerWith('posts:draft', ...granted), request('POST', '/wp/v2/posts', { body: { content } }), authorsSite),
		)
	const pages = '{"query":{"perPage":9,"postType":"page"}}'

	it.each([
		['pages', loop(pages), 'pages:read'],
		['pages by the long name', loop(pages, 'core/query'), 'pages:read'],
		['pages, over two lines', `<!--\n\twp:query\n${pages}\n/-->`, 'pages:read'],
		['pages, then posts', loop('{"query":{"postType":"page","postType":"post"}}'), 'pages:read'],
		['a custom type', loop('{"query":{"postType":"book"}}'), 'types:books:read'],
		['a type that nobody knows', loop('{"query":{"postType":"secret"}}'), 'site:everything'],
		['a type in hidden letters', loop('{"query":{"post\\u0054ype":"page"}}'), 'site:everything'],
		['a list of types', loop('{"query":{"postType":["page"]}}'), 'site:everything'],
		['pages, closed before they are opened', `<!-- /wp:query ${pages} /-->`, 'pages:read'],
		['a synced pattern', '<!-- wp:block {"ref":7} /-->', 'blocks:read'],
		['a synced pattern, closed before it is opened', '<!-- /wp:block {"ref":7} /-->', 'blocks:read'],
		['a feed', loop('{"feedURL":"http://127.0.0.1/"}', 'rss'), 'site:everything'],
		['a pattern of the theme', '<!-- wp:pattern {"slug":"core/query-standard-posts"} /-->', 'site:everything'],
		['a part of a template', '<!-- wp:template-part {"slug":"header"} /-->', 'site:everything'],
		['a feed, closed before it is opened', '<!--\f/wp:core/rss /-->', 'site:everything'],
	] as const)('T30 takes what it shows: %s', (_, content, scope) => {
		const missing = `application-password/scope-missing ${scope}`
		expect(saving(content)).toBe(missing)
		expect(saving({ raw: content })).toBe(missing)
		expect(saving(content, scope)).toBe('free')
	})

	it('is free where it shows what may be read', () => {
		for (const content of [
			loop('{"query":{"postType":"post"}}'),
			loop('{}', 'post-template'),
			loop(pages, 'queries'),
			pages,
		])
			expect(saving(content)).toBe('free')
	})

	it.each([
		['no type at all', loop('{}', 'post-template')],
		['a type beside the query', loop('{"seen":{"postType":"page"},"query":{}}')],
		['a type in the text', `${loop('{"query":{}}')}<p>"postType":"page"</p>`],
		['a type that shows nothing', loop('{"query":{"postType":"wp_block"}}')],
	])('T30 shows posts, WordPress’ default, by %s', (_, content) => {
		const shown = request('POST', '/wp/v2/pages', { body: { content } })
		const missing = 'application-password/scope-missing posts:read'
		expect(said(ask(callerWith('pages:draft', 'blocks:read'), shown))).toBe(missing)
	})

	it.each([
		['no block', `<!--${' '.repeat(2_000_000)}`],
		['many beginnings', '<!-- '.repeat(400_000)],
		['a type that never comes', loop('{}') + `"postType"${' '.repeat(500)}`.repeat(4_000)],
		['types without an end', `${loop('{}')}${'"postType":"'.repeat(200_000)}\\`],
	])('is looked through in linear time: %s', (_, content) => {
		const begun = process.cpuUsage()
		saving(content)
		expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(1_000)
	})
})

describe('one revision', () => {
	const conditionsOf = (principal: Principal, method: RestMethod, route: string) => {
		const permit = ask(principal, request(method, route))
		return permit.ok ? permit.value.conditions : said(permit)
	}
	const of = (restBase: string) => ({ id: 7, lookUp: { kind: 'rest', restBase, revision: 8 } })

	it.each([
		['posts', 'posts'],
		['pages', 'pages'],
		['books', 'types:books'],
	] as const)(
		'T30 is read and deleted with the scopes of %s only where it is one of the post in the path',
		(base, family) => {
			const route = `/wp/v2/${base}/7/revisions/8`
			expect(conditionsOf(callerWith(`${family}:read`), 'GET', route)).toEqual([[of(base)]])
			expect(conditionsOf(callerWith(`${family}:delete`), 'DELETE', route)).toEqual([[{ ...of(base), isOwn: true }]])
			expect(conditionsOf(callerWith(`${family}:delete`, `${family}:others`), 'DELETE', route)).toEqual([
				[of(base), { ...of(base), isOwn: true }],
			])
		},
	)

	it.each([
		['blocks', 'blocks:read', 'blocks:delete'],
		['navigation', 'themes:read', 'themes:write'],
	] as const)('T30 nor those of %s', (base, read, remove) => {
		expect(conditionsOf(callerWith(read), 'GET', `/wp/v2/${base}/7/revisions/8`)).toEqual([[of(base)]])
		expect(conditionsOf(callerWith(remove), 'DELETE', `/wp/v2/${base}/7/revisions/8`)).toEqual([[of(base)]])
		expect(conditionsOf(callerWith('site:everything'), 'DELETE', `/wp/v2/${base}/7/revisions/8`)).toEqual([])
	})

	it.each(['templates/a/b', 'templates/a/b/c', 'templates/5', 'template-parts/a/b'])(
		'T30 is deleted below %s with Everything',
		(item) => {
			const deletion = request('DELETE', `/wp/v2/${item}/revisions/8`)
			expect(said(ask(callerWith('themes:write', 'posts:delete'), deletion))).toMatch(/missing site:everything$/)
			expect(said(ask(everything, deletion))).toBe('free')
		},
	)
})

describe('a comment', () => {
	it.each(['trash', 'TRASH', ' trash', 'trash!', 't.r/a s\tｈh', 'tr\u00e4ash', ['trash'], true])(
		'T30 is moved to the trash with the scope to delete, however that is spelled: %j',
		(status) => {
			const trash = request('POST', '/wp/v2/comments/7', { body: { status } })
			expect(said(ask(callerWith('comments:write'), trash))).toMatch(/missing comments:delete$/)
			expect(said(ask(callerWith('comments:write', 'comments:delete'), trash))).toBe('free')
		},
	)

	it.each(['hold', 'approved', 'spam', 'untrash'])('T30 is moderated without it: %s', (status) => {
		const moderated = request('POST', '/wp/v2/comments/7', { body: { status } })
		expect(said(ask(callerWith('comments:write'), moderated))).toBe('free')
	})
})

describe('batch', () => {
	const draft = request('POST', '/wp/v2/posts', { body: { title: 'x' } })
	it('T27 is decided item by item, and one refusal refuses all', () => {
		const drafting = callerWith('posts:draft')
		expect(said(ask(drafting, request('POST', '/batch/v1', batchOf(draft, draft))))).toBe('free')
		const mixed = batchOf(draft, request('POST', '/wp/v2/users', { body: { username: 'x' } }))
		expect(said(ask(drafting, request('POST', '/batch/v1', mixed)))).toMatch(/missing users:write$/)
		const publishing = batchOf(draft, request('PUT', '/wp/v2/posts/7', { body: { status: 'publish' } }))
		expect(said(ask(drafting, request('POST', '/batch/v1', publishing)))).toMatch(/missing posts:publish$/)
	})

	it('T27 carries the conditions of each item', () => {
		const items = batchOf(
			request('PUT', '/wp/v2/posts/7', { body: { title: 'x' } }),
			request('DELETE', '/wp/v2/posts/8'),
		)
		expect(said(ask(callerWith('posts:draft', 'posts:delete'), request('POST', '/batch/v1', items)))).toBe(
			'if own+draft, and own',
		)
	})

	it('T27 holds no other batch, and not nothing', () => {
		expect(said(ask(everything, request('POST', '/batch/v1', batchOf())))).toBe(notAllowed)
		const nested = batchOf(request('POST', '/batch/v1', batchOf(draft)))
		expect(said(ask(everything, request('POST', '/batch/v1', nested)))).toBe(notAllowed)
		expect(said(ask(everything, request('POST', '/batch/v1', batchOf(request('POST', '/BATCH/v1')))))).toBe(notAllowed)
		expect(said(ask(everything, request('POST', '/batch/v1', { body: { requests: [] } })))).toBe(notAllowed)
		expect(said(ask(everything, request('POST', '/wp/v2/posts', batchOf(draft))))).toBe(notAllowed)
	})
})

describe('_embed', () => {
	const embedding = (_embed: string | readonly string[], route = '/wp/v2/posts') =>
		request('GET', route, { query: { _embed } })
	const leftOut = (principal: Principal, asked: RestRequest) => {
		const permit = ask(principal, asked)
		return permit.ok ? permit.value.leftOut : said(permit)
	}

	it.each(['', '1', 'true', '0'])('T28 bare (%j) brings what is granted, and leaves the rest out', (bare) => {
		expect(leftOut(callerWith('posts:read'), embedding(bare))).toEqual([
			'author',
			'replies',
			'wp:featuredmedia',
			'wp:term',
		])
		expect(leftOut(callerWith('posts:read', 'users:read', 'comments:read'), embedding(bare))).toEqual([
			'wp:featuredmedia',
			'wp:term',
		])
		expect(leftOut(callerWith('site:everything'), embedding(bare))).toEqual([])
	})

	it('T28 a list that names nothing is as bare', () => {
		for (const nothing of [' , ', [], ['']] as const)
			expect(leftOut(callerWith('posts:read'), embedding(nothing))).toHaveLength(4)
	})

	it.each([
		['author', 'users:read'],
		['wp:term,author', 'users:read'],
		['wp:term author', 'users:read'],
		[['wp:term', 'author'], 'users:read'],
		['replies', 'comments:read'],
		['wp:featuredmedia', 'media:read'],
		['acf:post', 'site:everything'],
	] as const)('T28 by name is refused where it is not granted: %j takes %s', (names, scope) => {
		expect(leftOut(callerWith('posts:read', 'terms:read'), embedding(names))).toBe(
			`application-password/scope-missing ${scope}`,
		)
		expect(leftOut(callerWith('posts:read', 'terms:read', scope), embedding(names))).toEqual([])
	})

	it('T28 reaches no type by way of another', () => {
		const up = embedding('up', '/wp/v2/comments')
		expect(leftOut(callerWith('comments:read', 'posts:read'), up)).toMatch(/missing pages:read, media:read$/)
		expect(leftOut(callerWith('comments:read', 'posts:read', 'pages:read', 'media:read'), up)).toMatch(
			/missing types:books:read$/,
		)
		expect(leftOut(callerWith('types:books:read'), embedding('up', '/wp/v2/books'))).toEqual([])
	})

	it('T28 brings along with a custom taxonomy what it brings along with WordPress’ own', () => {
		expect(leftOut(callerWith('terms:read'), embedding('', '/wp/v2/genres'))).toEqual([])
		expect(leftOut(callerWith('terms:read'), embedding('author', '/wp/v2/genres'))).toMatch(/missing site:everything$/)
	})

	it('T28 is written out as what is known of the route', () => {
		expect(embedRelationsOf(request('GET', '/wp/v2/posts'), site)).toEqual([
			'author',
			'replies',
			'wp:featuredmedia',
			'wp:term',
			'up',
		])
		expect(embedRelationsOf(request('GET', '/wp/v2/books/7'), site)).toContain('author')
		expect(embedRelationsOf(request('GET', '/wp/v2/genres/7'), site)).toEqual(['up'])
		expect(embedRelationsOf(request('GET', '/wc/v3/orders'), site)).toEqual([])
		expect(leftOut(callerWith('ns:wc/v3:read'), embedding('', '/wc/v3/orders'))).toEqual([])
		expect(leftOut(callerWith('ns:wc/v3:read'), embedding('x', '/wc/v3/orders'))).toMatch(/missing site:everything$/)
	})

	it('T28 of what was written counts, too', () => {
		const writing = request('POST', '/wp/v2/posts', { query: { _embed: 'author' }, body: { title: 'x' } })
		expect(said(ask(callerWith('posts:draft'), writing))).toMatch(/missing users:read$/)
	})
})

describe('what makes the site ask others', () => {
	const editor = callerWith(...scopes.filter((scope) => scope !== 'site:everything'))
	it.each([
		['GET', '/oembed/1.0/proxy', { query: { url: 'http://127.0.0.1/' } }],
		['OPTIONS', '/oembed/1.0/proxy', {}],
		['GET', '/wp-block-editor/v1/url-details', { query: { url: 'http://127.0.0.1/' } }],
		['POST', '/wp/v2/media/7/edit', { body: { src: 'http://127.0.0.1/' } }],
		['POST', '/wp/v2/media/7/edit', { query: { src: 'http://127.0.0.1/' } }],
		['GET', '/wp/v2/block-renderer/core/rss', { query: { attributes: { feedURL: 'http://127.0.0.1/' } } }],
		['POST', '/wp/v2/block-renderer/core/legacy-widget', {}],
		['POST', '/wp/v2/block-renderer/plugin/block', {}],
		['POST', '/wp/v2/widgets', { body: { id_base: 'rss' } }],
		['PUT', '/wp/v2/widgets/rss-2', { body: { instance: {} } }],
		['POST', '/wp/v2/widget-types/rss/render', {}],
	] as const)('T36 takes Everything: %s %s', (method, route, sent) => {
		expect(said(ask(editor, request(method, route, sent)))).toBe('application-password/scope-missing site:everything')
		expect(said(ask(everything, request(method, route, sent)))).toBe('free')
	})

	it('T36 and not where it does not', () => {
		expect(
			said(ask(callerWith('media:write'), request('POST', '/wp/v2/media/7/edit', { body: { rotation: 90 } }))),
		).toBe('free')
		expect(
			said(ask(callerWith('themes:write'), request('POST', '/wp/v2/widgets', { body: { id_base: 'text' } }))),
		).toBe('free')
	})
})

describe('content with scripts', () => {
	const storing = (route: string, body: Readonly<Record<string, string>>) => request('POST', route, { body })
	it.each([
		['/wp/v2/posts', 'content', 'posts:publish'],
		['/wp/v2/posts/7/autosaves', 'excerpt', 'posts:publish'],
		['/wp/v2/pages', 'title', 'pages:publish'],
		['/wp/v2/books/7', 'what_a_plugin_adds', 'types:books:publish'],
		['/wp/v2/media/7', 'caption', 'media:write'],
		['/wp/v2/comments', 'content', 'comments:write'],
		['/wp/v2/tags', 'description', 'terms:write'],
		['/wp/v2/blocks', 'content', 'blocks:write'],
		['/wp/v2/templates/a/b', 'content', 'themes:write'],
		['/wp/v2/settings', 'what_a_plugin_adds', 'settings:write'],
	] as const)('T31 takes a scope of its own: %s, %s', (route, field, scope) => {
		const script = storing(route, { [field]: '<script>alert(1)</script>' })
		expect(said(ask(callerWith(scope), script))).toBe('application-password/scope-missing html:unfiltered')
		expect(ask(callerWith(scope, 'html:unfiltered'), script).ok).toBe(true)
		expect(ask(callerWith(scope), storing(route, { [field]: '<p>x</p>' })).ok).toBe(true)
	})

	it('T31 in a title and a comment is also what would lie over a page', () => {
		const overlay = '<a href="https://example.org/" style="position:fixed;top:0;left:0">x</a>'
		for (const [route, body, scope] of [
			['/wp/v2/posts', { title: overlay }, 'posts:draft'],
			['/wp/v2/comments/7', { content: overlay }, 'comments:write'],
		] as const)
			expect(said(ask(callerWith(scope), storing(route, body)))).toMatch(/missing html:unfiltered$/)
		expect(said(ask(callerWith('posts:draft'), storing('/wp/v2/posts', { content: overlay })))).toBe('free')
		const comment = storing('/wp/v2/comments/7', { content: '<p>Yes, <em>quite</em>.</p>' })
		expect(said(ask(callerWith('comments:write'), comment))).toBe('free')
	})

	it('T31 in the query and in a batch, too', () => {
		const inQuery = request('POST', '/wp/v2/posts', { query: { content: '<iframe>' } })
		expect(said(ask(callerWith('posts:draft'), inQuery))).toMatch(/missing html:unfiltered$/)
		expect(said(ask(callerWith('posts:draft'), request('POST', '/batch/v1', batchOf(inQuery))))).toMatch(
			/missing html:unfiltered$/,
		)
	})

	it('T31 is left to WordPress where the account may not store it anyway', () => {
		const script = storing('/wp/v2/posts', { content: '<script>' })
		expect(said(ask(callerWith('posts:draft'), script, authorsSite))).toBe('free')
	})
})

describe('methods', () => {
	it('HEAD and OPTIONS ask for what GET does', () => {
		for (const method of ['HEAD', 'OPTIONS'] as const) {
			expect(said(ask(callerWith('posts:read'), request(method, '/wp/v2/posts/7')))).toBe('free')
			expect(said(ask(callerWith('posts:read'), request(method, '/wp/v2/users')))).toMatch(/missing users:read$/)
		}
		expect(said(ask(callerWith('media:write'), request('OPTIONS', '/wp/v2/media/7/edit')))).toBe('free')
	})

	it('name as a write what changes something, and nothing else', () => {
		const isWrite = (method: RestMethod, route: string) => {
			const accesses = accessesOfRest(request(method, route), site)
			return accesses.ok && accesses.value.some((access) => access.isWrite)
		}
		for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) expect(isWrite(method, '/wp/v2/posts/7')).toBe(false)
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
			expect(isWrite(method, '/wp/v2/posts/7')).toBe(true)
		expect(isWrite('GET', '/wp-block-editor/v1/navigation-fallback')).toBe(true)
		expect(isWrite('POST', '/wc/v3/orders')).toBe(true)
	})

	it('T26 context=edit and drafts are part of reading', () => {
		const drafts = request('GET', '/wp/v2/posts', { query: { status: ['draft'], context: 'edit' } })
		expect(said(ask(callerWith('posts:read'), drafts))).toBe('free')
	})

	it('T23 files go where media is uploaded, and nowhere else', () => {
		const file = { body: { kind: 'file', contentType: 'image/png', filename: 'a.png' } } as const
		expect(said(ask(callerWith('media:write'), request('POST', '/wp/v2/media', file)))).toBe('free')
		for (const route of ['/wp/v2/posts', '/wp/v2/media/7', '/wc/v3/orders', '/wp/v2/users/me'])
			expect(said(ask(everything, request('POST', route, file)))).toBe(notAllowed)
	})
})

function batchOf(...requests: readonly RestRequest[]) {
	return { body: { kind: 'batch', validation: 'normal', requests } } as const
}
