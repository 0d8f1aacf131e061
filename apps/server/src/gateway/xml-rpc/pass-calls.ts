import type { WireAnswer } from '@postern/app-passwords'
import { writeXmlRpc, type XmlRpcGatewayRequest } from '@postern/policy'
import { fail, ok, type Result } from '@postern/vocabulary'
import {
	findXmlRpcMethod,
	isXmlRpcArray,
	isXmlRpcStruct,
	type XmlRpcAnswer,
	type XmlRpcValue,
} from '@postern/wordpress'
import { xmlRpcUrl } from '../../access/xml-rpc-url.ts'
import { giveFault, giveValue } from './faults.ts'
import type { XmlRpcReached } from './ports.ts'
import { beginAnswer, readWhole, type BegunAnswer } from './read-site-answer.ts'
import { rewrites, type About } from './rewrite-value.ts'

/** The site's answer: one of our own making, its values one for each call of a multicall, or what is passed on as it comes. */
export type Passed =
	| { readonly kind: 'whole'; readonly answer: WireAnswer }
	| { readonly kind: 'each'; readonly values: readonly XmlRpcValue[] }
	| { readonly kind: 'stream'; readonly begun: BegunAnswer }

/**
 * Sends the calls in one document and reads the answer as far as it has to be read. Fails with `site-credential/rejected` when
 * the site would not have its credential, and with what keeps it from answering.
 */
export async function passCalls(
	request: XmlRpcGatewayRequest,
	reached: XmlRpcReached,
	gatewayUrl: string,
): Promise<Result<Passed>> {
	const { connector, credential, login, scopes } = reached
	const { host } = connector.site
	const about: About = { gatewayUrl, siteXmlRpcUrl: xmlRpcUrl(connector.site).href, login, scopes }
	const sent = await reached.send(writeXmlRpc(request, credential))
	if (!sent.ok) return sent
	const begun = await beginAnswer(sent.value, { host, credential })
	if (!begun.ok) return begun
	const [only] = request.calls
	const rewrite = request.isMulticall ? undefined : rewrites.get(only?.method.name ?? '')
	if (begun.value.kind === 'value' && !request.isMulticall && rewrite === undefined)
		return ok({ kind: 'stream', begun: begun.value })
	const read = await readWhole(begun.value, host)
	if (!read.ok) return read
	const isKnown = await isCredentialTaken(read.value, reached)
	if (!isKnown.ok) return isKnown
	if (!isKnown.value) return fail('site-credential/rejected', { params: { host, username: credential.username } })
	return ok(makeAnew(read.value, request, { about, status: sent.value.status }))
}

/**
 * A fault of 403 is a failed login, or one of many other things, and its words are the site's. Only one method has no other
 * reason for it: asked once more, it tells.
 */
async function isCredentialTaken(
	answer: XmlRpcAnswer,
	{ send, credential, connector }: XmlRpcReached,
): Promise<Result<boolean>> {
	if (!holdsRefusal(answer)) return ok(true)
	const method = findXmlRpcMethod('wp.getUsersBlogs')
	if (method === undefined) return ok(true)
	const question = writeXmlRpc({ isMulticall: false, calls: [{ method, params: ['', ''] }] }, credential)
	const sent = await send(question)
	if (!sent.ok) return sent
	const { host } = connector.site
	const begun = await beginAnswer(sent.value, { host, credential })
	const read = begun.ok ? await readWhole(begun.value, host) : begun
	return read.ok ? ok(!(read.value.kind === 'fault' && read.value.code === 403)) : read
}

function holdsRefusal(answer: XmlRpcAnswer): boolean {
	if (answer.kind === 'fault') return answer.code === 403
	if (answer.kind !== 'value' || !isXmlRpcArray(answer.value)) return false
	return answer.value.some((one) => isXmlRpcStruct(one) && one['faultCode'] === 403)
}

function makeAnew(
	answer: XmlRpcAnswer,
	{ isMulticall, calls }: XmlRpcGatewayRequest,
	{ about, status }: { readonly about: About; readonly status: number },
): Passed {
	if (answer.kind === 'fault')
		return { kind: 'whole', answer: giveFault({ fault: answer.code, message: answer.message }, status) }
	const value = answer.kind === 'value' ? answer.value : ''
	if (!isMulticall) return { kind: 'whole', answer: giveValue(rewriteOf(calls[0])(value, about)) }
	const values = isXmlRpcArray(value) ? value : []
	return { kind: 'each', values: calls.map((call, at) => rewriteEntry(values[at], rewriteOf(call), about)) }
}

type Rewrite = (value: XmlRpcValue, about: About) => XmlRpcValue

function rewriteOf(call: XmlRpcGatewayRequest['calls'][number] | undefined): Rewrite {
	return rewrites.get(call?.method.name ?? '') ?? ((value) => value)
}

/** A value stands in an array of one, a fault in a struct. */
function rewriteEntry(entry: XmlRpcValue | undefined, rewrite: Rewrite, about: About): XmlRpcValue {
	if (entry === undefined) return { faultCode: 500, faultString: 'The site did not answer this call.' }
	const [value, ...more] = isXmlRpcArray(entry) ? entry : []
	return value === undefined || more.length > 0 ? entry : [rewrite(value, about)]
}
