import type { RestRequest } from '@postern/policy'
import { capabilitiesWithin } from '@postern/vocabulary'
import { asRecord } from '@postern/wordpress'
import type { Admitted } from './admit.ts'
import { createUrlRewriter } from './rewrite-urls.ts'
import type { GatewaySite } from './gateway-site.ts'
import { authorizePath } from './receive.ts'

type About = { readonly admitted: Admitted; readonly site: GatewaySite; readonly gatewayUrl: string }

/** What is made of the few documents that say who the caller is and where it is; undefined: the answer passes as it is. */
export function remakeOf(request: RestRequest, about: About): ((document: Buffer) => string | undefined) | undefined {
	const { segments, method } = request
	if (segments.length === 0 && method === 'GET') return (document) => remake(document, about, remakeIndex)
	const [namespace, version, users, user] = segments
	const isUser = segments.length === 4 && namespace === 'wp' && version === 'v2' && users === 'users'
	const isOwn = isUser && (user === 'me' || Number(user) === about.admitted.connector.account.userId)
	return isOwn ? (document) => remake(document, about, remakeUser) : undefined
}

type Document = Readonly<Record<string, unknown>>

function remake(
	document: Buffer,
	about: About,
	change: (document: Document, about: About) => Document,
): string | undefined {
	const rewritten = createUrlRewriter(about.site.rewriting).push(document.toString('latin1'), true)
	try {
		const read = asRecord(JSON.parse(Buffer.from(rewritten, 'latin1').toString('utf8')))
		return read === undefined ? undefined : JSON.stringify(change(read, about))
	} catch {
		return undefined
	}
}

/** The index, which says where everything is and how to log in: all of it is here. */
function remakeIndex(index: Document, { gatewayUrl }: About): Document {
	const url = gatewayUrl.slice(0, -1)
	return { ...index, url, home: url, authentication: authenticationOf(gatewayUrl) }
}

export function authenticationOf(gatewayUrl: string): Document {
	const authorization = `${gatewayUrl}${authorizePath.slice(1)}`
	return { 'application-passwords': { endpoints: { authorization } } }
}

/** Who the caller is there: as far as this password reaches, so that no client offers a button that will be refused. */
function remakeUser(user: Document, { admitted }: About): Document {
	const { scopes } = admitted.principal
	const { capabilities, extra_capabilities: extra, roles, email, username, ...rest } = user
	return {
		...rest,
		// What one logs in with: here that is the caller's own.
		...(username === undefined ? {} : { username: admitted.held.user.login }),
		...(email !== undefined && scopes.has('users:read') ? { email } : {}),
		...(roles === undefined ? {} : { roles: scopes.has('users:read') ? roles : [] }),
		...(capabilities === undefined ? {} : { capabilities: cutDown(capabilities, scopes) }),
		...(extra === undefined ? {} : { extra_capabilities: cutDown(extra, scopes) }),
	}
}

function cutDown(capabilities: unknown, scopes: Admitted['principal']['scopes']): Document {
	const granted = Object.entries(asRecord(capabilities) ?? {}).flatMap(([name, is]) => (is === true ? [name] : []))
	return Object.fromEntries(capabilitiesWithin(scopes, granted).map((name) => [name, true]))
}
