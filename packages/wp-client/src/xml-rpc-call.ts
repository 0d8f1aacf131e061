import { formatXmlRpcCall, readXmlRpcResponse, type XmlRpcValue } from '@postern/wordpress'
import { readLocation } from './ask-api.ts'
import { whileVerifying } from './judge-login.ts'
import type { Answer, Probe } from './probe.ts'
import { recognizeEdge, recognizeTrouble } from './recognize-trouble.ts'
import type { Session } from './session.ts'
import { likely, type Trouble, trouble } from './trouble.ts'
import type { ReachableSite } from './types.ts'

export type XmlRpcReply =
	| { readonly kind: 'value'; readonly value: XmlRpcValue }
	/** WordPress said no in its own words, which are translated: decide on the code. */
	| { readonly kind: 'fault'; readonly code: number }
	/** `answer`: what it was read from, if anything answered. */
	| { readonly kind: 'trouble'; readonly trouble: Trouble; readonly answer?: Answer }

type Call = {
	readonly method: string
	readonly params: readonly XmlRpcValue[]
	readonly isOpen?: boolean
	readonly reserve?: number
}

const MAX_BYTES = 2_097_152
const ELEMENTS = 50_000

function xmlRpcUrlOf({ xmlRpcUrl, wordpressUrl }: ReachableSite): URL {
	return new URL(xmlRpcUrl ?? `${wordpressUrl}/xmlrpc.php`)
}

/** Calls a method that signs in. Of almost all of them the first parameter is the number of a blog, which nobody reads. */
export function callSignedIn(
	{ site, probe, credential }: Session,
	method: string,
	...params: readonly XmlRpcValue[]
): Promise<XmlRpcReply> {
	const login = [credential.username, credential.password.reveal()]
	const before = method === 'wp.getUsersBlogs' ? [] : [1]
	return callXmlRpc(probe, xmlRpcUrlOf(site), { method, params: [...before, ...login, ...params] })
}

/** One call; redirects are never followed. XML-RPC carries all secrets in the body, where no web server strips them. */
export async function callXmlRpc(probe: Probe, url: URL, call: Call): Promise<XmlRpcReply> {
	const { method, params, isOpen, reserve } = call
	const host = url.host
	const reply = await probe.ask({
		step: method,
		url,
		method: 'POST',
		accept: 'text/xml',
		xmlBody: formatXmlRpcCall(method, params),
		maxBytes: MAX_BYTES,
		...(isOpen === undefined ? {} : { isOpen }),
		...(reserve === undefined ? {} : { reserve }),
	})
	if (reply.kind === 'trouble') return reply
	if (reply.kind === 'no-budget')
		return { kind: 'trouble', trouble: trouble('site/rate-limited', { host, seconds: 60 }) }
	return readReply(reply, probe)
}

function readReply(answer: Answer, probe: Probe): XmlRpcReply {
	const host = answer.url.host
	if (answer.status >= 300 && answer.status < 400)
		return { kind: 'trouble', trouble: whileVerifying(host, probe.quote(readLocation(answer)?.origin ?? '')), answer }
	const read = readXmlRpcResponse(answer.text, { maxElements: ELEMENTS })
	if (read.kind === 'value' && answer.status === 200) return read
	// Whoever switched logins off over XML-RPC answers 405 twice: as the status, and as the fault.
	if (read.kind === 'fault' && read.code === 405)
		return { kind: 'trouble', trouble: trouble('xml-rpc/off', { host }), answer }
	if (read.kind === 'fault') return { kind: 'fault', code: read.code }
	return { kind: 'trouble', trouble: recognizeEdge(answer, probe) ?? readStatus(answer, probe), answer }
}

/** Hosts refuse the file to everybody, with any status and page; that is no firewall's verdict on us. */
function readStatus(answer: Answer, probe: Probe): Trouble {
	const isRefused = answer.status < 500 && answer.status !== 429
	return isRefused ? likely('xml-rpc/blocked', { host: answer.url.host }) : recognizeTrouble(answer, probe)
}

/** What a refusal means, once the credential was known to be accepted, or of its first use. */
export function explainXmlRpc(reply: XmlRpcReply, { host, credential, site }: Session): Trouble {
	if (reply.kind === 'trouble') return reply.trouble
	const { username } = credential
	if (reply.kind === 'value') return likely('xml-rpc/blocked', { host })
	if (reply.code === 401) return trouble('site-credential/role-too-low', { host, username, role: '' })
	if (reply.code !== 403) return likely('xml-rpc/blocked', { host })
	// WordPress offers application passwords over https only, and here nothing tells whether it does.
	const off = site.siteUrl.startsWith('http:') ? 'application-passwords/no-https' : 'application-passwords/off'
	return {
		...trouble('site-credential/rejected', { host, username }),
		alternatives: [off, 'application-passwords/off-for-user'],
	}
}
