import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Animal, html, json, type Page, type Visit } from '@postern/wp-client/testing/zoo-server'

/** A Ghost as the tests need it. Its answers are those of Ghost 6.65.0, recorded; it checks tokens as that does. */
export type GhostSite = {
	readonly key: string
	/** Folder that Ghost lives in, with a slash at each end. */
	readonly folder?: string
	/** Of the person whose key it is; of an integration without. */
	readonly staff?: { readonly name: string; readonly role: string }
	/** Answers before Ghost does. */
	readonly before?: (visit: Visit) => Page | undefined
	/** Ahead of everybody else's clock. */
	readonly clockAheadMs?: number
}

const contentVersion = { 'content-version': 'v6.65' }

export function ghostSite(site: GhostSite): Animal {
	const folder = site.folder ?? '/'
	return (visit) => {
		const early = site.before?.(visit)
		if (early !== undefined) return early
		const { pathname, searchParams } = new URL(visit.url, 'http://ghost.example')
		const root = `${folder}ghost/api/admin/`
		if (!pathname.startsWith(root)) return html(404, '<title>404 — Page not found</title>')
		const route = pathname.slice(root.length)
		if (route === 'site/') return json(200, { site: aboutSite(visit, folder) }, contentVersion)
		const refused = authenticate(visit, site)
		if (refused !== undefined) return refused
		if (route === 'config/') return json(200, { config: { version: '6.65.0', environment: 'production' } })
		if (route === 'users/me/') return me(site)
		if (route === 'posts/') return json(200, { posts: postsOf(searchParams.get('filter') ?? '') })
		return error(404, 'NotFoundError', 'Resource not found error.')
	}
}

function aboutSite({ host }: Visit, folder: string) {
	const url = `http://${host}${folder}`
	return { title: 'Ghost of the zoo', description: 'Thoughts, stories and ideas', url, version: '6.65' }
}

function me({ staff }: GhostSite): Page {
	if (staff === undefined)
		return error(404, 'NotFoundError', 'Resource not found error, cannot read user.', { context: 'User not found.' })
	return json(200, { users: [{ id: '1', name: staff.name, roles: [{ id: '2', name: staff.role }] }] })
}

function postsOf(filter: string) {
	const at = '2026-11-22T08:24:08.000Z'
	const url = 'http://ghost.example/coming-soon/'
	const post = { id: '6b02a6a87ce2606f51c7e16f', title: 'Coming <soon>', status: 'published', published_at: at }
	const draft = { id: '6b02a6a87ce2606f51c7e170', title: 'Not yet', status: 'draft', published_at: null }
	const asked = filter.startsWith('status:[published') ? post : filter === 'status:draft' ? draft : undefined
	return asked === undefined ? [] : [{ ...asked, url, updated_at: at }]
}

/** As `services/auth/api-key/admin.js` of Ghost does. */
function authenticate(visit: Visit, { key, clockAheadMs = 0 }: GhostSite): Page | undefined {
	const { authorization } = visit.headers
	if (authorization === undefined)
		return error(403, 'NoPermissionError', 'Authorization failed', {
			context: 'Unable to determine the authenticated user or integration.',
		})
	const [scheme, token = ''] = authorization.split(' ')
	if (scheme?.toLowerCase() !== 'ghost') return unauthorized('INVALID_AUTH_HEADER', 'Authorization header format is …')
	const [head = '', payload = '', signature = ''] = token.split('.')
	const [id, secret = ''] = key.split(':')
	const { alg, kid } = read(head)
	if (kid !== id) return unauthorized('UNKNOWN_ADMIN_API_KEY', 'Unknown Admin API Key')
	if (alg !== 'HS256') return invalid('invalid algorithm')
	const expected = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}.${payload}`).digest()
	const given = Buffer.from(signature, 'base64url')
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return invalid('invalid signature')
	const { iat, exp, aud } = read(payload)
	const now = (Date.now() + clockAheadMs) / 1_000
	if (typeof exp !== 'number' || exp <= now) return invalid('jwt expired')
	if (typeof aud !== 'string' || !/\/?admin\/?$/.test(aud)) return invalid('jwt audience invalid')
	if (typeof iat !== 'number' || now - iat > 300) return invalid('maxAge exceeded')
	return undefined
}

function read(part: string): Readonly<Record<string, unknown>> {
	return JSON.parse(Buffer.from(part, 'base64url').toString() || '{}')
}

const invalid = (why: string): Page => unauthorized('INVALID_JWT', `Invalid token: ${why}`)

function unauthorized(code: string, message: string): Page {
	return error(401, 'UnauthorizedError', message, { code })
}

export function error(status: number, type: string, message: string, more: object = {}): Page {
	const known = { message, context: null, type, details: null, property: null, help: null, code: null }
	return json(status, { errors: [{ ...known, ...more }] }, contentVersion)
}
