import { formatXmlRpcFault, formatXmlRpcResponse, readXmlRpcCall } from '@postern/wordpress'
import type { HandlerOptions } from '../http/options.ts'
import type { WireAnswer, WireRequest } from '../http/wire.ts'
import type { Grants, MaybePromise, User } from '../types.ts'
import { callMethod } from './call-method.ts'
import { createLogins } from './login.ts'
import { createMethods } from './methods.ts'
import type { MethodOutcome } from './outcome.ts'
import { formatRsd } from './rsd.ts'

/** Bytes; nothing that is asked here is long. */
const BODY_LIMIT = 1_048_576

const always = {
	'Cache-Control': 'no-cache, must-revalidate, max-age=0, no-store, private',
	'X-Content-Type-Options': 'nosniff',
	'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}
const xml = { ...always, 'Content-Type': 'text/xml; charset=UTF-8' }
const postOnly: WireAnswer = {
	status: 405,
	headers: { ...always, Allow: 'POST', 'Content-Type': 'text/plain;charset=UTF-8' },
	body: 'XML-RPC server accepts POST requests only.',
}

/** Makes what answers `/xmlrpc.php`. */
export function createXmlRpc<U extends User, G extends Grants>(
	options: HandlerOptions<U, G>,
): (request: WireRequest, query: string) => MaybePromise<WireAnswer> {
	const methods = createMethods(options)
	const rsd: WireAnswer = { status: 200, headers: xml, body: formatRsd(options.site) }
	return (request, query) => {
		if (request.method === 'GET' && /(?:^|&)rsd(?:[=&]|$)/.test(query)) return rsd
		if (request.method !== 'POST') return postOnly
		return answerCall(request, methods, options)
	}
}

async function answerCall<U extends User, G extends Grants>(
	request: WireRequest,
	methods: ReturnType<typeof createMethods<U, G>>,
	options: HandlerOptions<U, G>,
): Promise<WireAnswer> {
	const bytes = await request.body(BODY_LIMIT)
	if (bytes === undefined) return refuse(413, -32_600)
	const call = readXmlRpcCall(bytes)
	if (call.kind === 'refused') return refuse(call.status, call.fault)
	const logins = createLogins(request, options)
	const outcome = await callMethod(call, { methods, logins })
	if (outcome.ok) return { status: 200, headers: xml, body: formatXmlRpcResponse(outcome.value) }
	return answerFault(outcome, logins.retryAfterSeconds())
}

/** WordPress answers faults with 200; the status tells only what a server in front should know, too. */
function answerFault(
	{ fault, message }: Extract<MethodOutcome, { ok: false }>,
	retryAfterSeconds: number | undefined,
): WireAnswer {
	const body = formatXmlRpcFault(fault, message)
	if (retryAfterSeconds !== undefined)
		return { status: 429, headers: { ...xml, 'Retry-After': String(retryAfterSeconds) }, body }
	return { status: fault === 405 ? 405 : 200, headers: xml, body }
}

const messages: Readonly<Record<-32_700 | -32_600 | -32_602, string>> = {
	[-32_700]: 'parse error. not well formed',
	[-32_600]: 'server error. invalid xml-rpc. not conforming to spec. Request must be a methodCall',
	[-32_602]: 'server error. invalid method parameters',
}

function refuse(status: number, code: keyof typeof messages): WireAnswer {
	return { status, headers: xml, body: formatXmlRpcFault(code, messages[code]) }
}
