import type { Random } from './random.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** What a request is about, in the plainest words; a spelling then says it in another way. */
export type PlainRequest = {
	readonly family: string
	readonly method: string
	/** `/wp/v2/posts/7`; `/` for the index. */
	readonly route: string
	readonly query: readonly (readonly [name: string, value: string])[]
	/** Undefined: nothing to say. */
	readonly fields: Readonly<Record<string, Json>> | undefined
}

/** What there is on the site to be asked for. */
export type Pool = {
	readonly published: readonly number[]
	readonly drafts: readonly number[]
	readonly pages: readonly number[]
	readonly media: readonly number[]
	readonly comments: readonly number[]
	readonly categories: readonly number[]
	readonly tags: readonly number[]
	readonly blocks: readonly number[]
	readonly books: readonly number[]
	readonly genres: readonly number[]
	readonly users: readonly number[]
	readonly passwordUuid: string
}

type Made = { readonly route: string; readonly fields?: Readonly<Record<string, Json>> }
type Family = {
	readonly name: string
	readonly methods: readonly string[]
	make(random: Random, pool: Pool): Made
}

const reads = ['GET']
const onCollection = ['GET', 'POST']
const onItem = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

const titles = ['Notes', 'A <b>gate</b>', '京都', '', 'a&b=c', 'x+y %41', '"q"'] as const
const contents = [
	'<p>Plain</p>',
	'<script>alert(1)</script>',
	'<p onclick="x()">y</p>',
	'',
	'<!-- wp:html --><iframe src="x"></iframe>',
] as const
const statuses = ['draft', 'pending', 'publish', 'private', 'future', 'trash', 'Publish', 'inherit', ''] as const

/** What a post may be told, with what a draft must not be told among it. */
function postFields(random: Random): Record<string, Json> {
	const fields: Record<string, Json> = { title: random.pick(titles) }
	if (random.chance(0.4)) fields['status'] = random.pick(statuses)
	if (random.chance(0.2)) fields['content'] = random.pick(contents)
	if (random.chance(0.1)) fields['date'] = random.pick(['2030-01-01T00:00:00', '2020-01-01T00:00:00', ''])
	if (random.chance(0.08)) fields['password'] = random.pick(['secret', ''])
	if (random.chance(0.08)) fields['sticky'] = random.chance(0.5)
	if (random.chance(0.08)) fields['author'] = random.pick([1, 2, 3])
	if (random.chance(0.08)) fields['meta'] = random.pick<Json>([{ a: 'b' }, [], { footnotes: '' }])
	if (random.chance(0.08)) fields['categories'] = [1]
	if (random.chance(0.05)) fields['excerpt'] = { raw: 'short' }
	if (random.chance(0.05)) fields['template'] = ''
	if (random.chance(0.05)) fields['comment_status'] = 'closed'
	return fields
}

const fixed = (name: string, methods: readonly string[], route: string, fields?: Record<string, Json>): Family => ({
	name,
	methods,
	make: () => (fields === undefined ? { route } : { route, fields }),
})
const of = (name: string, methods: readonly string[], make: Family['make']): Family => ({ name, methods, make })
const someId = (random: Random, ids: readonly number[]): number => (random.chance(0.9) ? random.pick(ids) : 424_242)

/** Post types: a collection, an item, its revisions and its autosaves. */
function postType(base: string, ids: (pool: Pool) => readonly number[]): readonly Family[] {
	const item = (random: Random, pool: Pool): string => `/wp/v2/${base}/${someId(random, ids(pool))}`
	return [
		of(base, onCollection, (random) => ({ route: `/wp/v2/${base}`, fields: postFields(random) })),
		of(`${base}/{id}`, onItem, (random, pool) => ({ route: item(random, pool), fields: postFields(random) })),
		of(`${base}/{id}/revisions`, reads, (random, pool) => ({ route: `${item(random, pool)}/revisions` })),
		of(`${base}/{id}/autosaves`, onCollection, (random, pool) => ({
			route: `${item(random, pool)}/autosaves`,
			fields: { title: random.pick(titles) },
		})),
	]
}

function terms(base: string, ids: (pool: Pool) => readonly number[]): readonly Family[] {
	const fields = (random: Random): Record<string, Json> => ({ name: random.pick(['Garden', 'Gate']), parent: 0 })
	return [
		of(base, onCollection, (random) => ({ route: `/wp/v2/${base}`, fields: fields(random) })),
		of(`${base}/{id}`, onItem, (random, pool) => ({
			route: `/wp/v2/${base}/${someId(random, ids(pool))}`,
			fields: { name: random.pick(['Garden', 'Gate']) },
		})),
	]
}

/** Every family of routes there is on a plain WordPress, and two of plugins. */
const families: readonly Family[] = [
	fixed('index', reads, '/'),
	fixed('namespace index', reads, '/wp/v2'),
	...postType('posts', ({ published, drafts }) => [...published, ...drafts]),
	...postType('pages', ({ pages }) => pages),
	...postType('blocks', ({ blocks }) => blocks),
	...postType('books', ({ books }) => books),
	of('media', reads, () => ({ route: '/wp/v2/media' })),
	of('media/{id}', onItem, (random, pool) => ({
		route: `/wp/v2/media/${someId(random, pool.media)}`,
		fields: { title: random.pick(titles), ...(random.chance(0.2) ? { status: random.pick(statuses) } : {}) },
	})),
	of('media/{id}/edit', ['POST'], (random, pool) => ({
		route: `/wp/v2/media/${someId(random, pool.media)}/edit`,
		fields: { src: 'http://127.0.0.1/x.png', rotation: 90 },
	})),
	of('media/{id}/post-process', ['POST'], (random, pool) => ({
		route: `/wp/v2/media/${someId(random, pool.media)}/post-process`,
		fields: { action: 'create-image-subsizes' },
	})),
	of('comments', onCollection, (random, pool) => ({
		route: '/wp/v2/comments',
		fields: { post: random.pick(pool.published), content: random.pick(contents) },
	})),
	of('comments/{id}', onItem, (random, pool) => ({
		route: `/wp/v2/comments/${someId(random, pool.comments)}`,
		fields: { content: random.pick(contents), ...(random.chance(0.3) ? { status: 'spam' } : {}) },
	})),
	...terms('categories', ({ categories }) => categories),
	...terms('tags', ({ tags }) => tags),
	...terms('genres', ({ genres }) => genres),
	of('taxonomies', reads, (random) => ({ route: random.pick(['/wp/v2/taxonomies', '/wp/v2/taxonomies/category']) })),
	of('types', reads, (random) => ({ route: random.pick(['/wp/v2/types', '/wp/v2/types/post']) })),
	of('statuses', reads, (random) => ({ route: random.pick(['/wp/v2/statuses', '/wp/v2/statuses/draft']) })),
	of('search', reads, () => ({ route: '/wp/v2/search' })),
	of('users', onCollection, () => ({
		route: '/wp/v2/users',
		fields: { username: 'mallory', email: 'mallory@example.test', password: 'no such gate', roles: ['administrator'] },
	})),
	of('users/{id}', onItem, (random, pool) => ({
		route: `/wp/v2/users/${someId(random, pool.users)}`,
		fields: random.pick<Record<string, Json>>([
			{ password: 'another gate' },
			{ name: 'Mallory' },
			{ roles: ['administrator'] },
		]),
	})),
	of('users/me', onItem, (random) => ({
		route: '/wp/v2/users/me',
		fields: random.pick<Record<string, Json>>([{ password: 'another gate' }, { name: 'Mallory' }]),
	})),
	of('application-passwords', ['GET', 'POST', 'DELETE'], (random, pool) => ({
		route: `/wp/v2/users/${random.pick(['me', ...pool.users.map(String)])}/application-passwords`,
		fields: { name: 'one more' },
	})),
	of('application-passwords/{uuid}', onItem, (random, pool) => ({
		route: `/wp/v2/users/${random.pick(['me', ...pool.users.map(String)])}/application-passwords/${random.pick([pool.passwordUuid, 'introspect'])}`,
		fields: { name: 'renamed' },
	})),
	of('settings', ['GET', 'POST', 'PUT', 'PATCH'], (random) => ({
		route: '/wp/v2/settings',
		fields: random.pick<Record<string, Json>>([
			{ title: 'Taken over' },
			{ url: 'http://evil.test' },
			{ email: 'm@example.test' },
		]),
	})),
	of('plugins', onCollection, () => ({ route: '/wp/v2/plugins', fields: { slug: 'hello', status: 'active' } })),
	of('plugins/{plugin}', ['GET', 'POST', 'PUT', 'DELETE'], (random) => ({
		route: random.pick(['/wp/v2/plugins/hello', '/wp/v2/plugins/akismet/akismet']),
		fields: { status: 'active' },
	})),
	of('themes', reads, (random) => ({ route: random.pick(['/wp/v2/themes', '/wp/v2/themes/twentytwentythree']) })),
	of('templates', onCollection, (random) => ({
		route: random.pick(['/wp/v2/templates', '/wp/v2/template-parts', '/wp/v2/templates/lookup?slug=home']),
		fields: { slug: 'mine', content: 'x' },
	})),
	of('templates/{id}', onItem, (random) => ({
		route: random.pick(['/wp/v2/templates/twentytwentythree//home', '/wp/v2/template-parts/twentytwentythree//header']),
		fields: { content: 'x' },
	})),
	of('global-styles', ['GET', 'POST', 'PUT'], (random) => ({
		route: random.pick(['/wp/v2/global-styles/5', '/wp/v2/global-styles/themes/twentytwentythree']),
		fields: { title: 'x' },
	})),
	of('navigation', onCollection, () => ({ route: '/wp/v2/navigation', fields: { title: 'x' } })),
	of('menus', onCollection, (random) => ({
		route: random.pick(['/wp/v2/menus', '/wp/v2/menu-items', '/wp/v2/menu-locations']),
		fields: { name: 'x' },
	})),
	of('widgets', onCollection, (random) => ({
		route: random.pick(['/wp/v2/widgets', '/wp/v2/sidebars', '/wp/v2/widget-types']),
		fields: { id_base: 'text', sidebar: 'sidebar-1' },
	})),
	of('block-types', reads, (random) => ({
		route: random.pick(['/wp/v2/block-types', '/wp/v2/block-types/core/paragraph', '/wp/v2/block-patterns/categories']),
	})),
	of('block-renderer', onCollection, () => ({
		route: '/wp/v2/block-renderer/core/latest-posts',
		fields: { context: 'edit' },
	})),
	of('directories', reads, (random) => ({
		route: random.pick(['/wp/v2/block-directory/search', '/wp/v2/pattern-directory/patterns']),
	})),
	of('asks elsewhere', reads, (random) => ({
		route: random.pick([
			'/oembed/1.0/proxy',
			'/wp-block-editor/v1/url-details',
			'/wp-site-health/v1/tests/https-status',
		]),
	})),
	of('oembed', reads, () => ({ route: '/oembed/1.0/embed' })),
	of('plugin namespace', onCollection, () => ({ route: '/acme/v1/things', fields: { what: 'thing', id: 9 } })),
	of('plugin namespace/{id}', onItem, (random) => ({
		route: `/acme/v1/things/${random.pick([1, 7])}`,
		fields: { what: 'thing' },
	})),
	of('dangerous namespace', onCollection, () => ({ route: '/mcp/things', fields: { what: 'thing' } })),
	of('no such route', onItem, (random) => ({
		route: random.pick(['/wp/v2/nothing', '/wp/v3/posts', '/wp/v2/posts/x', '/nothing', '/wp/v2/posts/7/nothing']),
		fields: { title: 'x' },
	})),
]

const readQueries: readonly (readonly [string, string])[] = [
	['context', 'edit'],
	['context', 'view'],
	['context', 'embed'],
	['status', 'draft'],
	['status', 'publish,private'],
	['per_page', '2'],
	['page', '2'],
	['search', 'gate & co'],
	['_fields', 'id,title'],
	['_locale', 'user'],
	['author', '3'],
	['order', 'asc'],
	['slug', 'hello'],
	['include', '1,2,3'],
	['password', 'x'],
	['url', 'http://127.0.0.1/'],
	['parent', '0'],
]

export function makePlainRequest(random: Random, pool: Pool): PlainRequest {
	const family = random.pick(families)
	const method = random.pick(family.methods)
	const { route, fields } = family.make(random, pool)
	const hasFields = method !== 'GET' && method !== 'DELETE'
	const query: (readonly [string, string])[] = []
	if (!hasFields) while (random.chance(0.35) && query.length < 4) query.push(random.pick(readQueries))
	if (method === 'DELETE' && random.chance(0.7)) query.push(['force', random.pick(['true', '1', 'false'])])
	if (method === 'DELETE' && family.name.startsWith('users')) query.push(['reassign', '1'])
	return { family: family.name, method, route, query, fields: hasFields ? (fields ?? {}) : undefined }
}
