import { formatXmlRpcFault, formatXmlRpcResponse, type XmlRpcValue } from '@postern/wordpress'
import { type Animal, html, json, type Page, refusal, type Visit } from './zoo-pages.testing.ts'
import {
	createSitePasswords,
	passwordDocument,
	passwordsPage,
	type SitePassword,
	type SitePasswords,
} from './zoo-passwords.testing.ts'

export const USERNAME = 'yuki'
export const PASSWORD = 'H5wW1NntpxwXFbGRPkA30sfq'
export const GROUPED = 'H5wW 1Nnt pxwX FbGR PkA3 0sfq'
export const WRONG = 'zzzz 1Nnt pxwX FbGR PkA3 0sfq'
export const UUID = '4a1b8f2c-5f1a-4d59-8b2e-0c5a3c9f7d11'

const subscriber = ['read', 'level_0', 'subscriber']
const contributor = ['read', 'edit_posts', 'delete_posts', 'level_0', 'level_1', 'contributor']
const author = [
	...contributor,
	'upload_files',
	'publish_posts',
	'edit_published_posts',
	'delete_published_posts',
	'author',
]
const editor = [
	...author,
	'moderate_comments',
	'manage_categories',
	'edit_others_posts',
	'edit_pages',
	'publish_pages',
	'editor',
]
const administrator = [...editor, 'edit_users', 'list_users', 'manage_options', 'administrator']
export const capabilitiesOf = { subscriber, contributor, author, editor, administrator }

export type RoleName = keyof typeof capabilitiesOf

export type WordpressTraits = {
	/** The folder in front of everything, `/blog`; "" at the root. */
	readonly folder?: string
	/** Where WordPress itself lives, when not in `folder`. */
	readonly core?: string
	readonly permalinks?: 'pretty' | 'plain'
	/** The pretty prefix. */
	readonly prefix?: string
	readonly advertises?: readonly ('header' | 'tag' | 'rsd')[]
	readonly applicationPasswords?: 'on' | 'off'
	readonly namespaces?: readonly string[]
	readonly role?: RoleName
	/** Replaces what `users/me` says of the user. */
	readonly user?: Readonly<Record<string, unknown>>
	readonly stripsAuthorization?: boolean
	readonly xmlRpc?: 'on' | 'off'
	/** A plugin asks early who the user is: then core names what is wrong. */
	readonly isPrecise?: boolean
	readonly isClosedToVisitors?: string
	readonly announcesHttp?: boolean
	readonly version?: string
	readonly title?: string
	readonly introspection?: Page
	/** What `types` answers to whoever is signed in. */
	readonly types?: Page
	/** What `taxonomies` answers then. */
	readonly taxonomies?: Page
}

export type Wordpress = {
	readonly animal: Animal
	/** How many logins the site has counted as failed. */
	readonly failedLogins: () => number
	/** The application passwords of the one account; whoever runs the site may add and take away. */
	readonly passwords: SitePasswords
}

/** A WordPress as it looks from outside. Stock, unless it has traits of its own. */
export function wordpress(traits: WordpressTraits = {}): Wordpress {
	let failedLogins = 0
	const passwords = createSitePasswords({ uuid: UUID, name: 'Postern', app_id: '', password: PASSWORD })
	const onFailure = (): void => {
		failedLogins += 1
	}
	const drafts: Drafts = new Map()
	const animal: Animal = (visit) => answer(visit, { traits, passwords, drafts, onFailure })
	return { animal, failedLogins: () => failedLogins, passwords }
}

function answer(visit: Visit, context: Context): Page {
	const { traits } = context
	const { folder = '', core = folder, prefix = '/wp-json/', permalinks = 'pretty' } = traits
	const url = new URL(visit.url, 'http://zoo.invalid')
	if (url.pathname === `${core}/xmlrpc.php`)
		return url.searchParams.has('rsd') ? rsdPage(visit, traits) : xmlRpc(visit, context)
	if (!`${url.pathname}/`.startsWith(`${folder}/`)) return html(404, '<title>Not here</title>')
	const query = url.searchParams.get('rest_route')
	if (query !== null) return rest(query, visit, context)
	if (permalinks === 'pretty' && url.pathname.startsWith(folder + prefix))
		return rest(`/${url.pathname.slice((folder + prefix).length)}`, visit, context)
	const isHome = url.pathname === `${folder}/` || url.pathname === folder
	return homePage(visit, traits, isHome || !url.pathname.includes('wp-json') ? 200 : 404)
}

const endpointPath = '/wp-admin/authorize-application.php'

function originOf(visit: Visit, { announcesHttp = false }: WordpressTraits): string {
	const scheme = visit.isTls && !announcesHttp ? 'https' : 'http'
	return `${scheme}://${visit.headers.host ?? ''}`
}

function rootOf(visit: Visit, traits: WordpressTraits): string {
	const { folder = '', prefix = '/wp-json/', permalinks = 'pretty' } = traits
	return originOf(visit, traits) + folder + (permalinks === 'plain' ? '/index.php?rest_route=/' : prefix)
}

function homePage(visit: Visit, traits: WordpressTraits, status: number): Page {
	const {
		folder = '',
		core = folder,
		advertises = ['header', 'tag', 'rsd'],
		version = '6.5.5',
		title = 'The Zoo',
	} = traits
	const root = rootOf(visit, traits)
	const tags = [
		`<title>${title}</title><meta name="generator" content="WordPress ${version}" />`,
		`<link rel="stylesheet" href="${folder}/wp-content/themes/zoo/style.css" />`,
		advertises.includes('tag') ? `<link rel="https://api.w.org/" href="${root}" />` : '',
		advertises.includes('rsd')
			? `<link rel="EditURI" type="application/rsd+xml" href="${originOf(visit, traits)}${core}/xmlrpc.php?rsd" />`
			: '',
	]
	return html(
		status,
		tags.join(''),
		advertises.includes('header') ? { link: `<${root}>; rel="https://api.w.org/"` } : {},
	)
}

function rsdPage(visit: Visit, traits: WordpressTraits): Page {
	const body = `<?xml version="1.0" encoding="UTF-8"?><rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd">
	<service><engineName>WordPress</engineName><apis>
	<api name="WordPress" blogID="1" preferred="true" apiLink="${originOf(visit, traits)}/xmlrpc.php" />
	<api name="WP-API" blogID="1" preferred="false" apiLink="${rootOf(visit, traits)}" /></apis></service></rsd>`
	return { status: 200, headers: { 'content-type': 'application/rsd+xml' }, body }
}

const refuse = (status: number, code: string, message = 'Sorry, you are not allowed to do that.'): Page =>
	refusal(status, code, message)

type Context = {
	readonly traits: WordpressTraits
	readonly passwords: SitePasswords
	readonly drafts: Drafts
	readonly onFailure: () => void
}

/** What was written there, by its id. */
type Drafts = Map<number, { readonly title: string; readonly content: string }>

function rest(route: string, visit: Visit, context: Context): Page {
	const { traits, passwords, onFailure } = context
	const login = traits.stripsAuthorization === true ? 'none' : loginOf(visit, passwords)
	if (traits.isPrecise === true && login !== 'none' && login !== 'ok') {
		onFailure()
		return refuse(401, login)
	}
	const isIn = login === 'ok' && traits.applicationPasswords !== 'off'
	if (traits.isClosedToVisitors !== undefined && !isIn) return refuse(401, traits.isClosedToVisitors)
	if (route === '/') return indexPage(visit, traits)
	if (route === '/wp/v2/users/me') return isIn ? accountPage(traits) : refuse(401, 'rest_not_logged_in')
	if (route === '/wp/v2/users/me/application-passwords/introspect')
		return introspection(isIn, traits, passwords.find(secretOf(visit)))
	if (route.startsWith('/wp/v2/users/me/application-passwords'))
		return isIn ? passwordsPage(route, visit, passwords) : refuse(401, 'rest_not_logged_in')
	if (route === '/wp/v2/types' && traits.types !== undefined)
		return isIn ? traits.types : refuse(401, 'rest_cannot_view')
	if (route === '/wp/v2/taxonomies' && traits.taxonomies !== undefined)
		return isIn ? traits.taxonomies : refuse(401, 'rest_cannot_view')
	if (route.startsWith('/wp/v2/posts') && visit.method !== 'GET' ? isIn : /^\/wp\/v2\/posts\/\d+$/.test(route) && isIn)
		return draftPage(visit, context.drafts)
	if (route === '/wp/v2/posts') return postsPage(new URL(visit.url, 'http://zoo.invalid'), isIn, traits)
	return refuse(404, 'rest_no_route', 'No route was found matching the URL and request method.')
}

type LoginVerdict = 'ok' | 'invalid_username' | 'invalid_email' | 'incorrect_password'

function loginOf(visit: Visit, passwords: SitePasswords): 'none' | LoginVerdict {
	const basic = basicOf(visit)
	if (basic === undefined) return 'none'
	return judgeLogin(basic.slice(0, basic.indexOf(':')), secretOf(visit), passwords)
}

function basicOf({ headers }: Visit): string | undefined {
	const basic = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(headers.authorization ?? '')?.[1]
	return basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8')
}

function secretOf(visit: Visit): string {
	const basic = basicOf(visit) ?? ''
	return basic.slice(basic.indexOf(':') + 1)
}

function judgeLogin(username: string, password: string, passwords: SitePasswords): LoginVerdict {
	const name = username.toLowerCase()
	if (name !== USERNAME && name !== 'yuki@zoo.example') return name.includes('@') ? 'invalid_email' : 'invalid_username'
	return passwords.find(password) === undefined ? 'incorrect_password' : 'ok'
}

function indexPage(visit: Visit, traits: WordpressTraits): Page {
	const { folder = '', core = folder, applicationPasswords = visit.isTls ? 'on' : 'off', title = 'The Zoo' } = traits
	const origin = originOf(visit, traits)
	const authorization = origin + core + endpointPath
	return json(200, {
		name: title,
		description: 'Every animal behaves in its own way',
		url: origin + core,
		home: origin + folder,
		gmt_offset: '0',
		timezone_string: 'UTC',
		namespaces: traits.namespaces ?? ['oembed/1.0', 'wp/v2', 'wp-site-health/v1', 'wp-block-editor/v1'],
		authentication: applicationPasswords === 'on' ? { 'application-passwords': { endpoints: { authorization } } } : [],
		routes: {},
	})
}

function accountPage({ role = 'author', user = {} }: WordpressTraits): Page {
	const capabilities = Object.fromEntries(capabilitiesOf[role].map((capability) => [capability, true]))
	return json(200, {
		id: 7,
		username: USERNAME,
		name: 'Yuki',
		email: 'yuki@zoo.example',
		roles: [role],
		capabilities,
		extra_capabilities: { [role]: true },
		...user,
	})
}

function introspection(isIn: boolean, traits: WordpressTraits, used: SitePassword | undefined): Page {
	if (traits.introspection !== undefined) return traits.introspection
	if (traits.applicationPasswords === 'off') return refuse(501, 'application_passwords_disabled')
	if (!isIn || used === undefined) return refuse(401, 'rest_cannot_introspect_app_password_for_non_authenticated_user')
	return json(200, passwordDocument(used))
}

/** Writes, shows and deletes a draft. */
function draftPage({ method, url, body }: Visit, drafts: Drafts): Page {
	if (method === 'POST') {
		const { title = '', content = '' }: { title?: string; content?: string } = JSON.parse(body)
		const id = 100 + drafts.size
		drafts.set(id, { title, content })
		return json(201, draftDocument(id, { title, content }))
	}
	const id = Number(/\/posts\/(\d+)/.exec(decodeURIComponent(url))?.[1])
	const draft = drafts.get(id)
	if (draft === undefined) return refuse(404, 'rest_post_invalid_id')
	if (method !== 'DELETE') return json(200, draftDocument(id, draft))
	drafts.delete(id)
	return json(200, { deleted: true, previous: draftDocument(id, draft) })
}

function draftDocument(id: number, { title, content }: { readonly title: string; readonly content: string }) {
	return { id, status: 'draft', title: { raw: title, rendered: title }, content: { raw: content, rendered: content } }
}

function postsPage({ searchParams }: URL, isIn: boolean, { role = 'author' }: WordpressTraits): Page {
	const mayEdit = isIn && role !== 'subscriber'
	const statuses = (searchParams.get('status') ?? 'publish').split(',')
	// Parameters are judged before permissions, so whoever is not signed in hears of a wrong status, not of a missing login.
	if (!mayEdit && statuses.some((status) => status !== 'publish')) return refuse(400, 'rest_invalid_param')
	if (searchParams.get('context') === 'edit' && !mayEdit) return refuse(isIn ? 403 : 401, 'rest_forbidden_context')
	const isDraft = statuses.includes('draft')
	const title = isDraft ? 'A <em>draft</em>\u202E &amp; more' : 'Hello &amp; welcome'
	const posts = Array.from({ length: 7 }, (_, index) => ({
		id: index + 1,
		status: isDraft ? 'draft' : 'publish',
		date_gmt: isDraft ? '0000-00-00T00:00:00' : '2026-11-20T10:00:00',
		modified_gmt: '2026-11-21T10:00:00',
		title: mayEdit ? { raw: title, rendered: title } : { rendered: `<b>${title}</b>` },
		link: index === 0 ? 'javascript:alert(1)' : `https://blog.example/?p=${index + 1}`,
	}))
	return json(200, posts.slice(0, Number(searchParams.get('per_page'))))
}

function xmlRpc(visit: Visit, { traits, passwords, onFailure }: Context): Page {
	const { xmlRpc: state = 'on' } = traits
	const headers = { 'content-type': 'text/xml; charset=UTF-8' }
	if (visit.method !== 'POST')
		return { status: 405, headers: { allow: 'POST' }, body: 'XML-RPC server accepts POST requests only.' }
	if (visit.body.includes('system.listMethods'))
		return { status: 200, headers, body: formatXmlRpcResponse(['wp.getUsersBlogs']) }
	if (state === 'off')
		return { status: 405, headers, body: formatXmlRpcFault(405, 'XML-RPC services are disabled on this site.') }
	const texts = [...visit.body.matchAll(/<string>([^<]*)<\/string>/g)].map(([, text = '']) => text)
	const [username = '', password = ''] = texts
	if (judgeLogin(username, password, passwords) !== 'ok') {
		onFailure()
		return { status: 200, headers, body: formatXmlRpcFault(403, 'Incorrect username or password.') }
	}
	return { status: 200, headers, body: formatXmlRpcResponse(xmlRpcValue(visit.body, traits)) }
}

function xmlRpcValue(
	body: string,
	{ role = 'author', title = 'The Zoo', version = '6.5.5' }: WordpressTraits,
): XmlRpcValue {
	if (body.includes('wp.getProfile')) return { user_id: '7', username: USERNAME, display_name: 'Yuki', roles: [role] }
	if (body.includes('wp.getOptions')) return { blog_title: { value: title }, software_version: { value: version } }
	const blog = {
		isAdmin: role === 'administrator',
		url: 'https://blog.example/',
		blogid: '1',
		blogName: 'The Zoo',
		xmlrpc: 'https://blog.example/xmlrpc.php',
	}
	return [blog]
}
