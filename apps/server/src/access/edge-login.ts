import { fail, type Failure } from '@postern/vocabulary'
import { formatBasicCredentials, quoteText } from '@postern/wordpress'
import type { OpenedCredential } from './open-credential.ts'

/** What a web server in front of the site asks for, as the value of a header; never in plain text. */
export function edgeAuthorization({ edge }: OpenedCredential, { protocol }: URL): string | undefined {
	if (edge === undefined || protocol !== 'https:') return undefined
	return formatBasicCredentials(edge.username, edge.password)
}

type Refused = {
	readonly host: string
	readonly contentType: string | undefined
	/** The field `WWW-Authenticate`. */
	readonly challenge: string | undefined
	readonly credential: OpenedCredential
	/** The staging login was in the header. */
	readonly hasEdgeLogin: boolean
}

/**
 * Says what a 401 means. WordPress answers in JSON or XML, and asks for no login of a browser's (RFC 7617 §2); a web server in front
 * of it does, with a page. Fails with `edge/basic-auth`, `edge/login-refused`, `site-credential/rejected`.
 */
export function failOf401({ host, contentType = '', challenge = '', credential, hasEdgeLogin }: Refused): Failure {
	const isOfEdge = /\bbasic\b/i.test(challenge) && !/json|^(?:text|application)\/xml/i.test(contentType)
	if (!isOfEdge) return fail('site-credential/rejected', { params: { host, username: credential.username } })
	const realm = readRealm(challenge, credential)
	return fail(hasEdgeLogin ? 'edge/login-refused' : 'edge/basic-auth', { params: { host, realm } })
}

const longestChallenge = 1_024

/** Whoever asked may see it: one that holds a secret is nobody's to see. */
function readRealm(challenge: string, { username, password, edge }: OpenedCredential): string {
	const realm = /realm\s*=\s*"([^"]*)"/i.exec(challenge.slice(0, longestChallenge))?.[1] ?? ''
	const logins = edge === undefined ? [{ username, password }] : [{ username, password }, edge]
	const secrets = logins.flatMap((login) => [
		login.password.reveal(),
		formatBasicCredentials(login.username, login.password).slice('Basic '.length).replace(/=+$/, ''),
	])
	return secrets.some((secret) => realm.includes(secret)) ? '' : quoteText(realm, 60)
}
