import type { StaticScope } from '@postern/vocabulary'
import type { Embeds, Escalation, PostFamily, Route, Rule } from './route.ts'

const open: Rule = { kind: 'open' }
const never: Rule = { kind: 'never' }
const all = (...scopes: readonly StaticScope[]): Rule => ({ kind: 'scopes', scopes })
const escalating = (scope: StaticScope, ...escalations: readonly Escalation[]): Rule => ({
	kind: 'scopes',
	scopes: [scope],
	escalations,
})

/** `own-type`: the reading scope of the type itself. */
const embedsOfPosts: Embeds = {
	author: ['users:read'],
	replies: ['comments:read'],
	'wp:featuredmedia': ['media:read'],
	'wp:term': ['terms:read'],
	up: ['own-type'],
}
const embedsOfThemes: Embeds = {
	about: ['themes:read'],
	'wp:widget': ['themes:read'],
	'wp:menu': ['themes:read'],
	'wp:menu-location': ['themes:read'],
	'wp:menu-item-object': ['any-post', 'terms:read'],
	'wp:term': ['terms:read'],
	font_faces: ['themes:read'],
	parent: ['themes:read'],
	author: ['users:read'],
	self: ['themes:read'],
}

/** All routes of a type of posts whose scopes tell drafts from the rest. */
export function routesOfPosts(family: PostFamily, base: string): readonly Route[] {
	const read: Rule = { kind: 'post-read', family }
	const root = `/wp/v2/${base}`
	const edit: Rule = { kind: 'post-edit', family }
	const embeds = embedsOfPosts
	return [
		{ template: root, rules: { GET: read, POST: { kind: 'post-create', family } }, embeds },
		{
			template: `${root}/<id:digits>`,
			rules: { GET: read, EDIT: edit, DELETE: { kind: 'post-delete', family } },
			embeds,
		},
		{ template: `${root}/<parent:digits>/revisions`, rules: { GET: read }, embeds },
		{
			template: `${root}/<parent:digits>/revisions/<id:digits>`,
			rules: { GET: { kind: 'revision-read', family }, DELETE: { kind: 'revision-delete', family } },
			embeds,
		},
		// Of a draft it saves the draft itself, whatever fields come with it.
		{ template: `${root}/<id:digits>/autosaves`, rules: { GET: read, POST: edit }, embeds },
		{ template: `${root}/<parent:digits>/autosaves/<id:digits>`, rules: { GET: read }, embeds },
	]
}

type Verbs = { readonly read: StaticScope; readonly write: StaticScope; readonly remove: StaticScope }

/** A collection and its items. */
function items(base: string, { read, write, remove }: Verbs, embeds: Embeds = {}): readonly Route[] {
	const template = `/wp/v2/${base}`
	return [
		{ template, rules: { GET: all(read), POST: all(write) }, embeds },
		{ template: `${template}/<id:digits>`, rules: { GET: all(read), EDIT: all(write), DELETE: all(remove) }, embeds },
	]
}

/** Revisions and autosaves of the items below a base. */
function versions(base: string, { read, write, remove }: Verbs): readonly Route[] {
	const ofRevision = (scope: StaticScope): Rule => ({ kind: 'scopes', scopes: [scope], revisionBelow: base })
	const rules = { GET: ofRevision(read), DELETE: ofRevision(remove) }
	return versionsOf(`/wp/v2/${base}/<id:digits>`, { read, write }, rules)
}

function versionsOf(
	item: string,
	{ read, write }: Pick<Verbs, 'read' | 'write'>,
	ofRevision: Route['rules'],
): readonly Route[] {
	const child = item.replaceAll('<id:', '<parent:')
	return [
		{ template: `${child}/revisions`, rules: { GET: all(read) } },
		{ template: `${child}/revisions/<id:digits>`, rules: ofRevision },
		{ template: `${item}/autosaves`, rules: { GET: all(read), POST: all(write) } },
		{ template: `${child}/autosaves/<id:digits>`, rules: { GET: all(read) } },
	]
}

const ofMedia: Verbs = { read: 'media:read', write: 'media:write', remove: 'media:delete' }
const ofTerms: Verbs = { read: 'terms:read', write: 'terms:write', remove: 'terms:delete' }
const ofBlocks: Verbs = { read: 'blocks:read', write: 'blocks:write', remove: 'blocks:delete' }
const ofThemes: Verbs = { read: 'themes:read', write: 'themes:write', remove: 'themes:write' }
const blockEmbeds: Embeds = { author: ['users:read'], 'wp:term': ['terms:read'], 'wp:featuredmedia': ['media:read'] }

/** All routes of a taxonomy. */
export function routesOfTerms(base: string): readonly Route[] {
	return items(base, ofTerms, { up: ['terms:read'] })
}

const content: readonly Route[] = [
	...routesOfPosts('posts', 'posts'),
	...routesOfPosts('pages', 'pages'),
	...items('media', ofMedia, {
		author: ['users:read'],
		replies: ['comments:read'],
		'wp:featuredmedia': ['media:read'],
		'wp:term': ['terms:read'],
		'wp:attached-to': ['any-post'],
		up: ['any-post'],
	}),
	{ template: '/wp/v2/media/<id:digits>/post-process', rules: { POST: all('media:write') } },
	// The address in `src` is one that the site opens.
	{
		template: '/wp/v2/media/<id:digits>/edit',
		rules: { POST: escalating('media:write', { field: 'src', scope: 'site:everything' }) },
	},
	{ template: '/wp/v2/media/<id:digits>/sideload', rules: { POST: all('media:write') } },
	{ template: '/wp/v2/media/<id:digits>/finalize', rules: { POST: all('media:write') } },
	...comments(),
	...['categories', 'tags', 'wp_pattern_category'].flatMap(routesOfTerms),
	...items('blocks', ofBlocks, blockEmbeds),
	...versions('blocks', ofBlocks),
	{
		template: '/wp/v2/search',
		rules: { GET: all('search:read') },
		embeds: { self: ['any-post', 'terms:read'] },
	},
]

function comments(): readonly Route[] {
	const write = escalating('comments:write', { field: 'status', value: /^trash$/i, scope: 'comments:delete' })
	const embeds: Embeds = {
		author: ['users:read'],
		up: ['any-post'],
		'in-reply-to': ['comments:read'],
		children: ['comments:read'],
	}
	const read = all('comments:read')
	const lines = ['content']
	return [
		{ template: '/wp/v2/comments', rules: { GET: read, POST: write }, embeds, lines },
		{
			template: '/wp/v2/comments/<id:digits>',
			rules: { GET: read, EDIT: write, DELETE: all('comments:delete') },
			embeds,
			lines,
		},
	]
}

const facts = all('site:read')
const site: readonly Route[] = [
	{ template: '/', rules: { GET: open }, embeds: { 'wp:featuredmedia': ['media:read'] } },
	{ template: '/wp/v2', rules: { GET: open } },
	{ template: '/oembed/1.0', rules: { GET: facts } },
	{ template: '/wp-block-editor/v1', rules: { GET: facts } },
	{ template: '/wp-site-health/v1', rules: { GET: facts } },
	{ template: '/batch/v1', rules: { POST: { kind: 'batch' } } },
	{ template: '/wp/v2/types', rules: { GET: facts } },
	{ template: '/wp/v2/types/<type:word>', rules: { GET: facts } },
	{ template: '/wp/v2/taxonomies', rules: { GET: facts } },
	{ template: '/wp/v2/taxonomies/<taxonomy:word>', rules: { GET: facts } },
	{ template: '/wp/v2/statuses', rules: { GET: facts } },
	{ template: '/wp/v2/statuses/<status:word>', rules: { GET: facts } },
	{ template: '/wp/v2/block-types', rules: { GET: facts } },
	{ template: '/wp/v2/block-types/<namespace:word>', rules: { GET: facts } },
	{ template: '/wp/v2/block-types/<namespace:word>/<name:word>', rules: { GET: facts } },
	{ template: '/wp/v2/block-patterns/patterns', rules: { GET: facts } },
	{ template: '/wp/v2/block-patterns/categories', rules: { GET: facts } },
	{ template: '/wp/v2/pattern-directory/patterns', rules: { GET: facts } },
	{ template: '/wp/v2/icons', rules: { GET: facts } },
	{ template: '/wp/v2/icons/<name:word>/<name:word>', rules: { GET: facts } },
	{ template: '/oembed/1.0/embed', rules: { GET: facts } },
	...rendering(),
	// Here the site asks others for what a caller names.
	{ template: '/oembed/1.0/proxy', rules: { GET: all('site:everything') } },
	{ template: '/wp-block-editor/v1/url-details', rules: { GET: all('site:everything') } },
]

/** A block can show whatever the site has; those of plugins run the plugin, a feed asks others. */
function rendering(): readonly Route[] {
	const read = all('posts:read', 'pages:read', 'media:read', 'comments:read', 'terms:read', 'blocks:read', 'site:read')
	const everything = all('site:everything')
	const root = '/wp/v2/block-renderer'
	return [
		{ template: `${root}/core/rss`, rules: { GET: everything, POST: everything }, reserved: ['name'] },
		{ template: `${root}/core/legacy-widget`, rules: { GET: everything, POST: everything }, reserved: ['name'] },
		{ template: `${root}/core/<block:word>`, rules: { GET: read, POST: read }, reserved: ['name'], shows: 'post_id' },
		{ template: `${root}/<name:word>/<name:word>`, rules: { GET: everything, POST: everything } },
	]
}

const ofPasswords = { GET: never, EDIT: never, DELETE: never } as const
const administration: readonly Route[] = [
	{ template: '/wp/v2/users', rules: { GET: all('users:read'), POST: all('users:write') }, isPlain: true },
	{
		template: '/wp/v2/users/me',
		rules: { GET: open, EDIT: all('users:write'), DELETE: all('users:delete') },
		reserved: ['id', 'user_id'],
		isPlain: true,
	},
	{
		template: '/wp/v2/users/<id:digits>',
		rules: { GET: all('users:read'), EDIT: all('users:write'), DELETE: all('users:delete') },
		isPlain: true,
	},
	...['me', '<user_id:digits>'].flatMap((user): readonly Route[] => [
		{ template: `/wp/v2/users/${user}/application-passwords`, rules: ofPasswords, reserved: ['user_id'] },
		{ template: `/wp/v2/users/${user}/application-passwords/introspect`, rules: ofPasswords, reserved: ['user_id'] },
		{ template: `/wp/v2/users/${user}/application-passwords/<uuid:uuid>`, rules: ofPasswords, reserved: ['user_id'] },
	]),
	{ template: '/wp/v2/settings', rules: { GET: all('settings:read'), EDIT: all('settings:write') } },
	...[
		'background-updates',
		'loopback-requests',
		'https-status',
		'dotorg-communication',
		'authorization-header',
		'page-cache',
	].map((test): Route => ({ template: `/wp-site-health/v1/tests/${test}`, rules: { GET: all('settings:read') } })),
	{ template: '/wp-site-health/v1/directory-sizes', rules: { GET: all('settings:read') } },
	{ template: '/wp/v2/plugins', rules: { GET: all('plugins:read'), POST: all('plugins:write') }, isPlain: true },
	...['<plugin:file>', '<plugin:file>/<plugin:file>'].map((plugin): Route => ({
		template: `/wp/v2/plugins/${plugin}`,
		rules: { GET: all('plugins:read'), EDIT: all('plugins:write'), DELETE: all('plugins:write') },
	})),
	{
		template: '/wp/v2/block-directory/search',
		rules: { GET: all('plugins:read') },
		embeds: { 'wp:plugin': ['plugins:read'] },
	},
	...appearance(),
]

function appearance(): readonly Route[] {
	const read = all('themes:read')
	const widget = escalating(
		'themes:write',
		{ field: 'id', value: /^rss(?:-|$)/i, scope: 'site:everything' },
		{ field: 'id_base', value: /^rss$/i, scope: 'site:everything' },
		// A form within a field: what it holds is not looked at.
		{ field: 'form_data', scope: 'html:unfiltered' },
	)
	const routes: readonly Route[] = [
		{ template: '/wp/v2/themes', rules: { GET: read } },
		{ template: '/wp/v2/themes/<stylesheet:file>', rules: { GET: read } },
		{ template: '/wp/v2/themes/<stylesheet:file>/<stylesheet:file>', rules: { GET: read } },
		...['templates', 'template-parts'].flatMap(templates),
		{ template: '/wp/v2/global-styles/<id:word>', rules: { GET: read, EDIT: all('themes:write') } },
		{ template: '/wp/v2/global-styles/<parent:digits>/revisions', rules: { GET: read } },
		{ template: '/wp/v2/global-styles/<parent:digits>/revisions/<id:digits>', rules: { GET: read } },
		...['<stylesheet:file>', '<stylesheet:file>/<stylesheet:file>'].flatMap((stylesheet): readonly Route[] => [
			{ template: `/wp/v2/global-styles/themes/${stylesheet}`, rules: { GET: read } },
			{ template: `/wp/v2/global-styles/themes/${stylesheet}/variations`, rules: { GET: read } },
		]),
		...['navigation', 'menu-items', 'menus', 'font-families'].flatMap((base) => items(base, ofThemes)),
		...versions('navigation', ofThemes),
		{ template: '/wp/v2/menu-items/<id:digits>/autosaves', rules: { GET: read, POST: all('themes:write') } },
		{ template: '/wp/v2/menu-items/<parent:digits>/autosaves/<id:digits>', rules: { GET: read } },
		{
			template: '/wp/v2/font-families/<font_family_id:digits>/font-faces',
			rules: { GET: read, POST: all('themes:write') },
		},
		{
			template: '/wp/v2/font-families/<font_family_id:digits>/font-faces/<id:digits>',
			rules: { GET: read, DELETE: all('themes:write') },
		},
		{ template: '/wp/v2/font-collections', rules: { GET: read } },
		{ template: '/wp/v2/font-collections/<slug:word>', rules: { GET: read } },
		{ template: '/wp/v2/menu-locations', rules: { GET: read } },
		{ template: '/wp/v2/menu-locations/<location:word>', rules: { GET: read } },
		{ template: '/wp/v2/sidebars', rules: { GET: read } },
		{ template: '/wp/v2/sidebars/<id:word>', rules: { GET: read, EDIT: all('themes:write') } },
		{ template: '/wp/v2/widgets', rules: { GET: read, POST: widget } },
		{ template: '/wp/v2/widgets/<id:word>', rules: { GET: read, EDIT: widget, DELETE: all('themes:write') } },
		{ template: '/wp/v2/widget-types', rules: { GET: read } },
		{ template: '/wp/v2/widget-types/<id:word>', rules: { GET: read } },
		{ template: '/wp/v2/widget-types/<id:word>/encode', rules: { POST: widget } },
		{ template: '/wp/v2/widget-types/<id:word>/render', rules: { POST: widget } },
		{ template: '/wp-block-editor/v1/export', rules: { GET: read } },
		// Makes a menu where there is none.
		{
			template: '/wp-block-editor/v1/navigation-fallback',
			rules: { GET: { kind: 'scopes', scopes: ['themes:write'], writes: true } },
		},
	]
	return routes.map((route) => ({ ...route, embeds: embedsOfThemes }))
}

/** Their ids are `theme//slug`; themes may lie in a folder. */
function templates(base: string): readonly Route[] {
	const root = `/wp/v2/${base}`
	const rules = { GET: all('themes:read'), EDIT: all('themes:write'), DELETE: all('themes:write') }
	// Of what the revision is one cannot be asked below such an id.
	const ofRevision = { GET: all('themes:read'), DELETE: all('site:everything') }
	const names = ['<id:file>/<id:file>', '<id:file>/<id:file>/<id:file>']
	return [
		{ template: root, rules: { GET: all('themes:read'), POST: all('themes:write') } },
		{ template: `${root}/lookup`, rules: { GET: all('themes:read') } },
		// First what lies below a template: a name of three parts could be read for it. Before 6.4 the parent is a number.
		{ template: `${root}/<parent:digits>/revisions/<id:digits>`, rules: ofRevision },
		...names.flatMap((name) => versionsOf(`${root}/${name}`, ofThemes, ofRevision)),
		...names.map((name): Route => ({ template: `${root}/${name}`, rules, reserved: ['parent'] })),
	]
}

/** Every route of WordPress itself, 6.1 to 7, that is admitted to at all. */
export const coreRoutes: readonly Route[] = [...content, ...site, ...administration]
