import { scopes, scopesWithin, withIncluded, type Scope } from '@postern/vocabulary'
import { findXmlRpcMethod, XmlRpcBase64, xmlRpcMethods, type XmlRpcValue } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import type { Principal, SiteFacts } from '../access.ts'
import { decide } from '../decide.ts'
import { accessesOfXmlRpc } from './accesses-of-xml-rpc.ts'
import { answerLocally } from './local-answers.ts'

const site: SiteFacts = {
	userId: 1,
	capabilities: new Set(['unfiltered_html']),
	postTypes: new Map([['recipes', { name: 'recipe' }]]),
	taxonomies: new Map([
		['cuisines', { name: 'cuisine' }],
		['menus-of-mine', { name: 'nav_menu' }],
	]),
}
/** An author may store it in a text, and in nothing that is a line. */
const overlay = '<b style="position:fixed">x</b>'
const file = { name: 'a.jpg', type: 'image/jpeg', bits: XmlRpcBase64.of(Uint8Array.of(1)) }

/** For each method: what it takes behind its credentials, and the scopes that it takes, all of them. By hand. */
const expected: Readonly<Record<string, readonly [needed: readonly Scope[], params: readonly XmlRpcValue[]]>> = {
	'wp.getUsersBlogs': [[], ['', '']],
	'wp.newPost': [['posts:draft'], [1, '', '', { post_title: 'A' }]],
	'wp.editPost': [['posts:draft'], [1, '', '', 7, { post_title: 'A' }]],
	'wp.deletePost': [['posts:delete'], [1, '', '', 7]],
	'wp.getPost': [['posts:read'], [1, '', '', 7]],
	'wp.getPosts': [['posts:read'], [1, '', '']],
	'wp.newTerm': [['terms:write'], [1, '', '', { taxonomy: 'category', name: 'A' }]],
	'wp.editTerm': [['terms:write'], [1, '', '', 3, { taxonomy: 'post_tag', name: 'A' }]],
	'wp.deleteTerm': [['terms:delete'], [1, '', '', 'category', 3]],
	'wp.getTerm': [['terms:read'], [1, '', '', 'category', 3]],
	'wp.getTerms': [['terms:read'], [1, '', '', 'category']],
	'wp.getTaxonomy': [['site:read'], [1, '', '', 'category']],
	'wp.getTaxonomies': [['site:read'], [1, '', '']],
	'wp.getUser': [['users:read'], [1, '', '', 1]],
	'wp.getUsers': [['users:read'], [1, '', '']],
	'wp.getProfile': [[], [1, '', '']],
	'wp.editProfile': [['users:write'], [1, '', '', { bio: 'A' }]],
	'wp.getPage': [['pages:read'], [1, 7, '', '']],
	'wp.getPages': [['pages:read'], [1, '', '']],
	'wp.newPage': [['pages:draft'], [1, '', '', { title: 'A' }]],
	'wp.deletePage': [['pages:delete'], [1, '', '', 7]],
	'wp.editPage': [['pages:draft'], [1, 7, '', '', { title: 'A' }, false]],
	'wp.getPageList': [['pages:read'], [1, '', '']],
	'wp.getAuthors': [['users:read'], [1, '', '']],
	'wp.getCategories': [['terms:read'], [1, '', '']],
	'wp.getTags': [['terms:read'], [1, '', '']],
	'wp.newCategory': [['terms:write'], [1, '', '', { name: 'A' }]],
	'wp.deleteCategory': [['terms:delete'], [1, '', '', 3]],
	'wp.suggestCategories': [['terms:read'], [1, '', '', 'A', 5]],
	'wp.uploadFile': [['media:write'], [1, '', '', file]],
	'wp.deleteFile': [['media:delete'], [1, '', '', 7]],
	'wp.getCommentCount': [['comments:read'], [1, '', '', 7]],
	'wp.getPostStatusList': [['site:read'], [1, '', '']],
	'wp.getPageStatusList': [['site:read'], [1, '', '']],
	'wp.getPageTemplates': [['pages:read'], [1, '', '']],
	'wp.getOptions': [['settings:read'], [1, '', '']],
	'wp.setOptions': [['settings:write'], [1, '', '', { blog_title: 'A' }]],
	'wp.getComment': [['comments:read'], [1, '', '', 3]],
	'wp.getComments': [['comments:read'], [1, '', '']],
	'wp.deleteComment': [['comments:delete'], [1, '', '', 3]],
	'wp.editComment': [['comments:write'], [1, '', '', 3, { content: 'A' }]],
	'wp.newComment': [['comments:write'], [1, '', '', 7, { content: 'A' }]],
	'wp.getCommentStatusList': [['site:read'], [1, '', '']],
	'wp.getMediaItem': [['media:read'], [1, '', '', 7]],
	'wp.getMediaLibrary': [['media:read'], [1, '', '']],
	'wp.getPostFormats': [['site:read'], [1, '', '']],
	'wp.getPostType': [['site:read'], [1, '', '', 'post']],
	'wp.getPostTypes': [['site:read'], [1, '', '']],
	'wp.getRevisions': [['posts:read'], [1, '', '', 7]],
	'wp.restoreRevision': [['site:everything'], [1, '', '', 7]],
	'blogger.getUsersBlogs': [[], [1, '', '']],
	'blogger.getUserInfo': [[], [1, '', '']],
	'blogger.getPost': [['posts:read'], ['key', 7, '', '']],
	'blogger.getRecentPosts': [['posts:read'], ['key', 1, '', '']],
	'blogger.newPost': [['posts:draft'], ['key', 1, '', '', '<title>A</title>b', false]],
	'blogger.editPost': [['posts:draft'], ['key', 7, '', '', 'b', false]],
	'blogger.deletePost': [['posts:delete'], ['key', 7, '', '']],
	'metaWeblog.newPost': [['posts:draft'], [1, '', '', { title: 'A' }, false]],
	'metaWeblog.editPost': [['posts:draft'], [7, '', '', { title: 'A' }, false]],
	'metaWeblog.getPost': [['posts:read'], [7, '', '']],
	'metaWeblog.getRecentPosts': [['posts:read'], [1, '', '']],
	'metaWeblog.getCategories': [['terms:read'], [1, '', '']],
	'metaWeblog.newMediaObject': [['media:write'], [1, '', '', file]],
	'metaWeblog.deletePost': [['posts:delete'], ['key', 7, '', '']],
	'metaWeblog.getUsersBlogs': [[], ['key', '', '']],
	'mt.getCategoryList': [['terms:read'], [1, '', '']],
	'mt.getRecentPostTitles': [['posts:read'], [1, '', '']],
	'mt.getPostCategories': [['posts:read'], [7, '', '']],
	'mt.setPostCategories': [['posts:draft'], [7, '', '', [{ categoryId: 3 }]]],
	'mt.publishPost': [['posts:publish'], [7, '', '']],
	'mt.supportedMethods': [[], []],
	'mt.supportedTextFilters': [[], []],
	'system.listMethods': [[], []],
	'system.getCapabilities': [[], []],
	'demo.sayHello': [[], []],
	'demo.addTwoNumbers': [[], [1, 2]],
}
const nobody = ['mt.getTrackbackPings', 'pingback.ping', 'pingback.extensions.getPingbacks', 'system.multicall']

const callOf = (name: string, params: readonly XmlRpcValue[]) => {
	const method = findXmlRpcMethod(name)
	if (method === undefined) throw new Error(name)
	return { method, params }
}

/** `ok`, or the code of the problem. With `type` what is then found not to be of it on the site is refused, too. */
function decideOn(name: string, params: readonly XmlRpcValue[], granted: Iterable<Scope>, type?: string): string {
	const principal: Principal = { kind: 'caller', scopes: new Set(granted), connectors: 'all' }
	const [accesses] = accessesOfXmlRpc({ calls: [callOf(name, params)] }, site)
	if (accesses?.ok !== true) return accesses?.problem.code ?? ''
	const decided = decide(principal, 'c', { request: undefined, accesses: accesses.value })
	if (!decided.ok) return decided.problem.code
	const isMet = decided.value.conditions.every((any) => any.some(({ types }) => types?.includes(type ?? '')))
	return type === undefined || isMet ? 'ok' : 'application-password/scope-missing'
}

/** What the post of a scope is. */
function typeOf(scope: Scope): string {
	return scope.startsWith('pages') ? 'page' : scope.startsWith('media') ? 'attachment' : 'post'
}

const everythingElse = (left: Scope): Scope[] =>
	scopes.filter((scope) => scope !== 'site:everything' && !withIncluded([scope]).has(left))

describe('T37 each of the 80 methods', () => {
	it('stands in the table by hand, or is reached by nobody', () => {
		const named = [...Object.keys(expected), ...nobody].toSorted()
		expect(named).toEqual(xmlRpcMethods.map(({ name }) => name).toSorted())
	})

	it.each(Object.entries(expected))('%s is admitted by its scopes and by nothing less', (name, [needed, params]) => {
		expect(decideOn(name, params, scopesWithin('owner', needed))).toBe('ok')
		expect(decideOn(name, params, scopesWithin('owner', ['site:everything']))).toBe('ok')
		for (const scope of needed) {
			const refused = decideOn(name, params, everythingElse(scope), typeOf(scope))
			expect([scope, refused]).toEqual([scope, 'application-password/scope-missing'])
		}
		if (needed.length > 0) expect(decideOn(name, params, [])).toBe('application-password/scope-missing')
	})

	it.each(Object.entries(expected))('%s counts as what it does', (name, [, params]) => {
		const [accesses] = accessesOfXmlRpc({ calls: [callOf(name, params)] }, site)
		const access = findXmlRpcMethod(name)?.access
		expect(accesses?.ok === true && accesses.value.every(({ isWrite }) => isWrite === (access === 'write'))).toBe(true)
	})

	it.each(nobody)('T36 %s is reached by nobody', (name) => {
		expect(decideOn(name, ['http://a.example/', 'http://b.example/'], scopesWithin('owner', scopes))).toBe(
			'application-password/not-allowed-here',
		)
	})

	it('that takes no credentials never leaves', () => {
		for (const method of xmlRpcMethods) {
			const params = expected[method.name]?.[1] ?? []
			expect([method.name, answerLocally({ method, params }) !== undefined]).toEqual([
				method.name,
				method.credentials === null,
			])
		}
		expect(answerLocally(callOf('demo.addTwoNumbers', ['1', 2]))).toMatchObject({ fault: 400 })
		const listed = answerLocally(callOf('system.listMethods', []))
		expect(listed !== undefined && 'value' in listed && Array.isArray(listed.value) && listed.value).toHaveLength(77)
	})
})

describe('what a call says', () => {
	type Row = readonly [what: string, name: string, params: readonly XmlRpcValue[], needed: readonly Scope[]]
	const post = (struct: XmlRpcValue): readonly XmlRpcValue[] => [1, '', '', struct]
	const edit = (struct: XmlRpcValue): readonly XmlRpcValue[] => [1, '', '', 7, struct]
	const rows: readonly Row[] = [
		['publishing', 'wp.newPost', post({ post_status: 'publish' }), ['posts:publish']],
		['scheduling', 'wp.newPost', post({ post_status: 'future' }), ['posts:publish']],
		['a private post', 'wp.editPost', edit({ post_status: 'private' }), ['posts:publish']],
		['a status that nobody knows', 'wp.newPost', post({ post_status: 'live' }), ['posts:publish']],
		['the bin', 'wp.editPost', edit({ post_status: 'trash' }), ['posts:write', 'posts:delete']],
		['a password', 'wp.newPost', post({ post_password: 'a' }), ['posts:publish']],
		['a place on top', 'wp.newPost', post({ sticky: true }), ['posts:publish']],
		['no place on top', 'wp.newPost', post({ sticky: false, post_password: '' }), ['posts:draft']],
		['a date', 'wp.newPost', post({ post_date: '2030-01-01 00:00:00' }), ['posts:write']],
		['custom fields', 'wp.newPost', post({ custom_fields: [{ key: 'a', value: 'b' }] }), ['posts:write']],
		['no custom fields', 'wp.newPost', post({ custom_fields: [] }), ['posts:draft']],
		['another author', 'wp.newPost', post({ post_author: 2 }), ['posts:draft', 'posts:write', 'posts:others']],
		['the own author', 'wp.newPost', post({ post_author: '1', post_status: 'pending' }), ['posts:write']],
		[
			'names that become terms',
			'wp.newPost',
			post({ terms_names: { post_tag: ['a'] } }),
			['posts:draft', 'terms:write'],
		],
		['terms that are there', 'wp.newPost', post({ terms: { category: [3] } }), ['posts:draft']],
		['terms of a plugin', 'wp.newPost', post({ terms: { colour: [3] } }), ['site:everything']],
		['a member that nobody knows', 'wp.newPost', post({ post_colour: 'a' }), ['site:everything']],
		['script', 'wp.newPost', post({ post_content: '<script>a()</script>' }), ['posts:draft', 'html:unfiltered']],
		[
			'T31 a title over the whole page',
			'wp.newPost',
			post({ post_title: overlay }),
			['posts:draft', 'html:unfiltered'],
		],
		['T31 the same with another', 'metaWeblog.newPost', post({ title: overlay }), ['posts:draft', 'html:unfiltered']],
		[
			'T31 the same with a third',
			'blogger.newPost',
			['', 1, '', '', `<title>${overlay}</title>a`, false],
			['posts:draft', 'html:unfiltered'],
		],
		[
			'T31 a comment over the whole page',
			'wp.newComment',
			edit({ content: overlay }),
			['comments:write', 'html:unfiltered'],
		],
		[
			'T30 pages that a block shows',
			'wp.newPost',
			post({ post_content: '<!-- wp:query {"query":{"postType":"page"}} /-->' }),
			['posts:draft', 'pages:read'],
		],
		[
			'T30 pages that a block of two halves shows',
			'metaWeblog.newPost',
			post({ description: '<!-- wp:query {"a":" -->', mt_text_more: '<!-- ","query":{"postType":"page"}} -->' }),
			['posts:draft', 'pages:read'],
		],
		['such a text', 'wp.newPost', post({ post_content: overlay }), ['posts:draft']],
		['a page', 'wp.newPost', post({ post_type: 'page' }), ['pages:draft']],
		['a custom type', 'wp.newPost', post({ post_type: 'recipe', post_status: 'publish' }), ['types:recipes:publish']],
		['a block', 'wp.newPost', post({ post_type: 'wp_block', post_status: 'publish' }), ['blocks:write']],
		['a file without bytes', 'wp.newPost', post({ post_type: 'attachment' }), ['site:everything']],
		['a page by its type', 'wp.editPost', edit({ post_type: 'page', post_title: 'a' }), ['pages:draft']],
		['pages', 'wp.getPosts', post({ post_type: 'page' }), ['pages:read']],
		['recipes', 'wp.getPosts', post({ post_type: 'recipe' }), ['types:recipes:read']],
		['files', 'wp.getPosts', post({ post_type: 'attachment' }), ['media:read']],
		['publishing by flag', 'metaWeblog.newPost', [1, '', '', {}, true], ['posts:publish']],
		['publishing by a flag that is a word', 'metaWeblog.newPost', [1, '', '', {}, 'false'], ['posts:publish']],
		['publishing by status', 'metaWeblog.newPost', [1, '', '', { post_status: 'publish' }, false], ['posts:publish']],
		['an edit by flag', 'metaWeblog.editPost', [7, '', '', {}, 1], ['posts:publish']],
		['a new page by flag', 'wp.newPage', [1, '', '', {}, true], ['pages:publish']],
		['a page by flag', 'wp.editPage', [1, 7, '', '', {}, true], ['pages:publish']],
		['a page by its own status', 'wp.newPage', [1, '', '', { page_status: 'private' }], ['pages:publish']],
		['a template', 'wp.newPage', [1, '', '', { wp_page_template: 'a.php' }], ['pages:write']],
		['tags', 'metaWeblog.newPost', [1, '', '', { mt_keywords: 'a, b' }], ['posts:draft', 'terms:write']],
		['no tags', 'metaWeblog.newPost', [1, '', '', { mt_keywords: '' }], ['posts:draft']],
		[
			'T36 calls to other sites',
			'metaWeblog.newPost',
			[1, '', '', { mt_tb_ping_urls: 'http://a/' }],
			['site:everything'],
		],
		['a Blogger post by flag', 'blogger.newPost', ['', 1, '', '', 'a', true], ['posts:publish']],
		['a Blogger edit by flag', 'blogger.editPost', ['', 7, '', '', 'a', '1'], ['posts:publish']],
		[
			'script that appears when the title is taken out',
			'blogger.newPost',
			['', 1, '', '', '<scr<title>x</title>ipt>a()</script>', false],
			['posts:draft', 'html:unfiltered'],
		],
		[
			'script in two halves',
			'metaWeblog.newPost',
			[1, '', '', { description: '<img ', mt_text_more: ' src=x onerror=a()>' }, false],
			['posts:draft', 'html:unfiltered'],
		],
		['a term of a plugin', 'wp.newTerm', post({ taxonomy: 'colour', name: 'a' }), ['site:everything']],
		['a menu', 'wp.getTerms', post('nav_menu'), ['site:everything']],
		['terms of a taxonomy of the site', 'wp.getTerms', post('cuisine'), ['terms:read']],
		['a term of a taxonomy of the site', 'wp.newTerm', post({ taxonomy: 'cuisine', name: 'a' }), ['terms:write']],
		[
			'custom fields of a term',
			'wp.newTerm',
			post({ taxonomy: 'category', name: 'a', custom_fields: [{ key: 'a' }] }),
			['site:everything'],
		],
		[
			'script in the name of a custom field',
			'wp.newPost',
			post({ custom_fields: [{ key: 'a', value: { '<script>a()</script>': 'b' } }] }),
			['posts:write', 'html:unfiltered'],
		],
		[
			'script in an option',
			'wp.setOptions',
			post({ blog_title: '<script>a()</script>' }),
			['settings:write', 'html:unfiltered'],
		],
		['a comment into the bin', 'wp.editComment', edit({ status: 'trash' }), ['comments:write', 'comments:delete']],
		['overwriting a file', 'wp.uploadFile', post({ ...file, overwrite: true }), ['media:write', 'media:delete']],
		['one option more', 'wp.getOptions', post(['blog_title', 'software_version']), ['settings:read']],
	]

	const renamedByWordPress =
		'a.ht/ml x\\a.js/ a.html_ a.html-_. a.js_ html _js ph/p (html) a.htmł a.jſ a.pħp a.pĥṕ a.h£tml a.htmŀ a.ŉ.exə'.split(
			' ',
		)

	const conditionsOf = (granted: readonly Scope[], name: string, params: readonly XmlRpcValue[]) => {
		const principal: Principal = { kind: 'caller', scopes: scopesWithin('owner', granted), connectors: 'all' }
		const [accesses] = accessesOfXmlRpc({ calls: [callOf(name, params)] }, site)
		const decided = accesses?.ok === true && decide(principal, 'c', { request: 0, accesses: accesses.value })
		return decided !== false && decided.ok ? decided.value.conditions : undefined
	}

	it.each(rows)('%s (%s) takes its scopes', (_what, name, params, needed) => {
		expect(decideOn(name, params, scopesWithin('owner', needed))).toBe('ok')
		for (const scope of needed.filter(
			(one) => !needed.some((other) => other !== one && withIncluded([other]).has(one)),
		))
			expect([scope, decideOn(name, params, everythingElse(scope), typeOf(scope))]).toEqual([
				scope,
				'application-password/scope-missing',
			])
	})

	it('tells with site:read what the index of a site tells, and no option more', () => {
		const ask = (...names: string[]) => decideOn('wp.getOptions', post(names), scopesWithin('owner', ['site:read']))
		expect(ask('blog_title', 'home_url', 'blog_url', 'time_zone')).toBe('ok')
		expect(ask('blog_title', 'software_version')).toBe('application-password/scope-missing')
		expect(ask()).toBe('application-password/scope-missing')
	})

	it.each(['revision', 'nav_menu_item', 'wp_template', 'customize_changeset', 'wp_global_styles', 'user_request', 'x'])(
		'of a post of type %s takes everything, for writing and for reading',
		(post_type) => {
			const told: SiteFacts = { ...site, postTypes: new Map([['told', { name: post_type }]]) }
			for (const name of ['wp.newPost', 'wp.getPosts']) {
				const [accesses] = accessesOfXmlRpc(
					{ calls: [callOf(name, post({ post_type }))] },
					post_type === 'x' ? site : told,
				)
				expect(accesses).toMatchObject({ value: [{ needs: [{ scopes: ['site:everything'] }] }] })
			}
		},
	)

	it.each<[string, string, readonly XmlRpcValue[], string]>([
		['T25 another post than the one in its place', 'wp.editPost', edit({ ID: 8 }), 'gateway/parameter-conflict'],
		['a post that is still to be made', 'wp.newPost', post({ ID: 8 }), 'gateway/parameter-conflict'],
		['an id that PHP would cut', 'wp.editPost', [1, '', '', '7abc', {}], 'gateway/parameter-refused'],
		['an id below zero', 'wp.deletePost', [1, '', '', -7], 'gateway/parameter-refused'],
		['no struct', 'wp.newPost', post('publish'), 'gateway/parameter-refused'],
		['a list for a struct', 'wp.newPost', post(['publish']), 'gateway/parameter-refused'],
		['a status that is no text', 'wp.newPost', post({ post_status: true }), 'gateway/parameter-refused'],
		['a type that is no text', 'wp.newPost', post({ post_type: ['page'] }), 'gateway/parameter-refused'],
		['bytes for a text', 'wp.newPost', post({ post_content: file.bits }), 'gateway/parameter-refused'],
		['a file of PHP', 'wp.uploadFile', post({ ...file, name: 'a.php' }), 'gateway/parameter-refused'],
		['a file of PHP behind signs', 'wp.uploadFile', post({ ...file, name: 'a.p(hp' }), 'gateway/parameter-refused'],
		...renamedByWordPress.map((name): [string, string, readonly XmlRpcValue[], string] => [
			`a page or a program that WordPress would name so: ${name}`,
			'wp.uploadFile',
			post({ ...file, name }),
			'gateway/parameter-refused',
		]),
		['a page as a file', 'wp.uploadFile', post({ ...file, type: 'text/html' }), 'gateway/parameter-refused'],
		['a file as text', 'wp.uploadFile', post({ ...file, bits: 'abc' }), 'gateway/parameter-refused'],
		[
			'bytes for a comment, which become its text',
			'wp.newComment',
			edit({ content: file.bits }),
			'gateway/parameter-refused',
		],
		['bytes for a term', 'wp.newTerm', post({ taxonomy: 'category', name: file.bits }), 'gateway/parameter-refused'],
		['bytes deep inside', 'wp.setOptions', post({ a: [{ b: file.bits }] }), 'gateway/parameter-refused'],
		[
			'bytes beside those of a file',
			'wp.uploadFile',
			post({ ...file, caption: file.bits }),
			'gateway/parameter-refused',
		],
		['an author in a list, which is 1 to PHP', 'wp.newPost', post({ post_author: [1] }), 'gateway/parameter-refused'],
		['an option that is a list', 'wp.setOptions', post({ time_zone: ['1'] }), 'gateway/parameter-refused'],
		['a taxonomy that is no text', 'wp.getTerms', post(['category']), 'gateway/parameter-refused'],
		['a comment that is no struct', 'wp.newComment', edit('a'), 'gateway/parameter-refused'],
	])('refuses %s, whoever asks', (_what, name, params, code) => {
		expect(decideOn(name, params, scopesWithin('owner', ['site:everything']))).toBe(code)
	})

	it('lets files of every language have their names', () => {
		for (const name of [
			'写真.最終版.jpg',
			'Übung Nr.3 für Anfänger.pdf',
			'WindowsLiveWriter/a b/øl_.png',
			'Łódź (1).jpg',
			'J. S. Bach.mp3',
		])
			expect([
				name,
				decideOn('wp.uploadFile', post({ ...file, name }), scopesWithin('owner', ['media:write'])),
			]).toEqual([name, 'ok'])
	})

	it('lets nobody publish what is scheduled by an empty date, which WordPress takes for now', () => {
		const ownOf = (scope: Scope, struct: XmlRpcValue) =>
			conditionsOf([scope], 'wp.editPost', edit(struct))
				?.flat()
				.map(({ statuses }) => statuses)
		for (const name of ['post_date', 'post_date_gmt'])
			for (const empty of ['', 0, false, []]) {
				expect(ownOf('posts:write', { [name]: empty })).toEqual([['draft', 'pending', 'auto-draft']])
				expect(ownOf('posts:publish', { [name]: empty })).toContain(undefined)
				expect(decideOn('wp.newPost', post({ [name]: empty }), scopesWithin('owner', ['posts:draft']))).toBe('ok')
			}
	})

	it('takes back what WordPress told, as clients do that change a post', () => {
		const echo = { postid: '7', userid: '1', link: 'http://a/', permaLink: 'http://a/', date_modified: 'a', title: 'B' }
		expect(decideOn('metaWeblog.editPost', [7, '', '', echo, false], scopesWithin('owner', ['posts:draft']))).toBe('ok')
	})

	it('asks the site what a post is, and lets drafts pass only for drafts', () => {
		const lookUp = { kind: 'xml-rpc' }
		expect(conditionsOf(['posts:draft'], 'wp.editPost', edit({ post_title: 'A' }))).toEqual([
			[{ id: 7, lookUp, types: ['post'], statuses: ['draft', 'pending', 'auto-draft'], isOwn: true }],
		])
		expect(conditionsOf(['posts:draft'], 'metaWeblog.editPost', [7, '', '', { title: 'A' }, false])).toEqual([
			[{ id: 7, lookUp, types: ['post'], statuses: ['draft', 'pending', 'auto-draft'], isOwn: true }],
		])
		expect(conditionsOf(['posts:draft'], 'wp.getPost', [1, '', '', 7])).toEqual([[{ id: 7, lookUp, types: ['post'] }]])
		expect(conditionsOf(['posts:draft'], 'wp.getPosts', [1, '', ''])).toEqual([])
	})
})
