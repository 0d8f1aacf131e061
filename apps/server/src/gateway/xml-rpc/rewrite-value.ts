import type { Scope } from '@postern/vocabulary'
import { isXmlRpcArray, isXmlRpcStruct, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'

export type About = {
	/** With a closing slash. */
	readonly gatewayUrl: string
	readonly siteXmlRpcUrl: string
	/** The name by which the caller logs in here. */
	readonly login: string
	readonly scopes: ReadonlySet<Scope>
}

type Rewrite = (value: XmlRpcValue, about: About) => XmlRpcValue

/** Answers that say where the site is, or who the caller is there: clients go by them. */
export const rewrites: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
	['wp.getUsersBlogs', rewriteBlogs],
	['blogger.getUsersBlogs', rewriteBlogs],
	['metaWeblog.getUsersBlogs', rewriteBlogs],
	['wp.getProfile', rewriteProfile],
	['wp.getOptions', rewriteOptions],
	['wp.setOptions', rewriteOptions],
])

/** A network's other sites are not behind this address. */
function rewriteBlogs(value: XmlRpcValue, about: About): XmlRpcValue {
	if (!isXmlRpcArray(value)) return value
	const blogs = value.filter(isXmlRpcStruct)
	const own = blogs.length > 1 ? blogs.filter((blog) => isHere(blog, about.siteXmlRpcUrl)) : blogs
	return own.map((blog) => rewriteBlog(blog, about))
}

function isHere({ xmlrpc }: XmlRpcStruct, url: string): boolean {
	return typeof xmlrpc === 'string' && withoutScheme(xmlrpc) === withoutScheme(url)
}

function withoutScheme(url: string): string {
	return url.replace(/^https?:/, '')
}

function rewriteBlog(blog: XmlRpcStruct, { gatewayUrl, scopes }: About): XmlRpcStruct {
	const isAdmin = blog['isAdmin'] === true && scopes.has('site:everything')
	return { ...blog, isAdmin, url: gatewayUrl, xmlrpc: `${gatewayUrl}xmlrpc.php` }
}

/** As `users/me` over REST: other people's details take `users:read`, and roles say more than this password may do. */
function rewriteProfile(value: XmlRpcValue, { login, scopes }: About): XmlRpcValue {
	if (!isXmlRpcStruct(value)) return value
	const own = Object.hasOwn(value, 'username') ? { ...value, username: login } : value
	if (scopes.has('users:read')) return own
	const { email: _email, ...rest } = own
	return Object.hasOwn(rest, 'roles') ? { ...rest, roles: [] } : rest
}

function rewriteOptions(value: XmlRpcValue, about: About): XmlRpcValue {
	if (!isXmlRpcStruct(value)) return value
	const entries = Object.entries(value).map(([name, option]) => [name, rewriteOption(name, option, about)] as const)
	return Object.fromEntries(entries)
}

function rewriteOption(name: string, option: XmlRpcValue, { gatewayUrl, scopes }: About): XmlRpcValue {
	if (!isXmlRpcStruct(option)) return option
	const address = addresses.get(name)?.(gatewayUrl)
	return {
		...option,
		...(scopes.has('settings:write') ? {} : { readonly: true }),
		...(address === undefined ? {} : { value: address }),
	}
}

const home = (gatewayUrl: string): string => gatewayUrl.slice(0, -1)
const addresses: ReadonlyMap<string, (gatewayUrl: string) => string> = new Map([
	['blog_url', home],
	['home_url', home],
	['login_url', (gatewayUrl: string) => `${gatewayUrl}wp-login.php`],
	['admin_url', (gatewayUrl: string) => `${gatewayUrl}wp-admin/`],
])
