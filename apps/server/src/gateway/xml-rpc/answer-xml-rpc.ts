import { formatRsd, type WireAnswer } from '@postern/app-passwords'
import { answerLocally, readXmlRpcRequest } from '@postern/policy'
import { fail } from '@postern/vocabulary'
import { answerCalls } from './answer-calls.ts'
import { arranging } from './arrange.ts'
import type { BodyRoom } from './body-room.ts'
import { giveFault, giveProblem, xml } from './faults.ts'
import type { XmlRpcAnswered, XmlRpcPorts, XmlRpcReceived } from './ports.ts'

const postOnly: WireAnswer = {
	status: 405,
	headers: { allow: 'POST', 'content-type': 'text/plain; charset=utf-8' },
	body: 'XML-RPC server accepts POST requests only.',
}

/**
 * Answers `/xmlrpc.php` of a site: strictly read, each call decided on, one new document sent with the site's own credential.
 */
export async function answerXmlRpc(
	received: XmlRpcReceived,
	ports: XmlRpcPorts & { readonly room: BodyRoom },
): Promise<XmlRpcAnswered> {
	const { request, query, gatewayUrl } = received
	const isRead = request.method === 'GET' || request.method === 'HEAD'
	if (isRead && /(?:^|&)rsd(?:[=&]|$)/.test(query))
		return { status: 200, headers: xml, body: formatRsd({ url: gatewayUrl.slice(0, -1) }) }
	if (request.method !== 'POST') return postOnly
	const unreadable = whyUnreadable(request.headers)
	if (unreadable !== undefined) return giveProblem(fail(unreadable).problem)
	const body = await ports.room.read(received)
	if (!body.ok) return giveBodyProblem(body.problem)
	try {
		return await answerDocument(body.value.bytes, received, ports)
	} finally {
		body.value.leave()
	}
}

/** Any type is XML-RPC to WordPress, but what a browser's form sends has another meaning (XML-038). */
function whyUnreadable(
	headers: XmlRpcReceived['request']['headers'],
): 'request/content-type' | 'request/content-encoding' | undefined {
	const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
	if (type === 'application/x-www-form-urlencoded' || type.startsWith('multipart/')) return 'request/content-type'
	const encoding = headers['content-encoding'] ?? 'identity'
	return encoding.toLowerCase() === 'identity' ? undefined : 'request/content-encoding'
}

/** What is too large is no XML-RPC (T40). */
function giveBodyProblem(problem: Parameters<typeof giveProblem>[0]): WireAnswer {
	const answer = giveProblem(problem)
	if (problem.code !== 'request/body-too-large') return answer
	return giveFault({ fault: -32_600, message: 'server error. the document is too large' }, 413)
}

const messages: Readonly<Record<-32_700 | -32_600 | -32_602, string>> = {
	[-32_700]: 'parse error. not well formed',
	[-32_600]: 'server error. invalid xml-rpc. not conforming to spec. Request must be a methodCall',
	[-32_602]: 'server error. invalid method parameters',
}

async function answerDocument(
	bytes: Uint8Array,
	received: XmlRpcReceived,
	ports: XmlRpcPorts,
): Promise<XmlRpcAnswered> {
	const read = readXmlRpcRequest(bytes)
	if (read.kind === 'refused') return giveFault({ fault: read.fault, message: messages[read.fault] }, read.status)
	const { request, refusedCalls } = read
	const local = request.calls.map(answerLocally)
	const remote = request.calls.filter((_, at) => local[at] === undefined)
	const arrange = arranging(request, { refusedCalls, local })
	if (remote.length === 0 && request.credentials === undefined) return arrange()
	const asked = { ...request, calls: remote }
	return answerCalls(asked, { received, ports, arrange, isWhole: refusedCalls.every((fault) => fault === undefined) })
}
