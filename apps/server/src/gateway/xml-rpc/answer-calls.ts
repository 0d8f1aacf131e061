import type { WireAnswer } from '@postern/app-passwords'
import type { XmlRpcGatewayRequest } from '@postern/policy'
import type { Problem, ProblemCode } from '@postern/vocabulary'
import type { PosternHeld } from '../../store/application-password/application-password.ts'
import type { Arrange } from './arrange.ts'
import { decideCalls, recordsOf, refuseCalls, type DecidedCalls } from './decide-calls.ts'
import { faultOf, giveFault, giveProblem, loginFailed, notSent, structOf } from './faults.ts'
import { passCalls } from './pass-calls.ts'
import { passStream } from './pass-stream.ts'
import type { XmlRpcAnswered, XmlRpcPorts, XmlRpcReached, XmlRpcReceived } from './ports.ts'

type Answering = {
	readonly received: XmlRpcReceived
	readonly ports: XmlRpcPorts
	readonly arrange: Arrange
	/** Whether every call could be read; if not, nothing is sent. */
	readonly isWhole: boolean
}

/** Logs in with the one pair that all calls brought, decides on them together, sends them together. */
export async function answerCalls(request: XmlRpcGatewayRequest, answering: Answering): Promise<XmlRpcAnswered> {
	const { received, ports, arrange, isWhole } = answering
	const login = await logIn(request, answering)
	if ('status' in login) return login
	if (request.calls.length === 0) return arrange()
	let decided: DecidedCalls | undefined
	const reached = await ports.reach({
		held: login.held,
		undecided: isWhole ? recordsOf(request) : refuseCalls(request).records,
		decide(known) {
			decided = isWhole ? decideCalls(request, known) : refuseCalls(request)
			return decided
		},
	})
	if (!reached.ok) return refuse(reached.problem, { request, arrange, isWhole, decided })
	return send(request, reached.value, { received, ports, arrange })
}

/**
 * Each call is a request of its own to the password's rate; the first that is refused ends it, so that many guesses in one
 * document are one.
 */
async function logIn(
	{ credentials, calls, isMulticall }: XmlRpcGatewayRequest,
	{ received: { ip, isTls, requestId }, ports, arrange }: Answering,
): Promise<{ readonly held: PosternHeld } | WireAnswer> {
	const fail = (): WireAnswer =>
		isMulticall ? arrange(calls.map(() => structOf(loginFailed))) : giveFault(loginFailed)
	if (credentials === undefined) return fail()
	const login = { ...credentials, ip, isTls, requestId, surface: 'xml-rpc' } as const
	let held: PosternHeld | undefined
	for (let count = 0; count < Math.max(1, calls.length); count += 1) {
		const outcome = await ports.authenticate(login)
		if (outcome?.ok !== true) {
			const seconds = outcome?.error.retryAfterSeconds
			const answer = fail()
			if (seconds === undefined) return answer
			return { ...answer, status: 429, headers: { ...answer.headers, 'retry-after': String(seconds) } }
		}
		held = outcome.value
	}
	return held === undefined ? fail() : { held }
}

type Refusing = {
	readonly request: XmlRpcGatewayRequest
	readonly arrange: Arrange
	readonly isWhole: boolean
	readonly decided: DecidedCalls | undefined
}

/** In a multicall each call is told why; that all were refused together says of the others that nothing was sent. */
function refuse(problem: Problem, { request, arrange, isWhole, decided }: Refusing): WireAnswer {
	// The post that a decision depends on is not there; before a decision it is the site.
	const isOfPost = decided !== undefined && problem.code === 'request/not-found'
	const fault = isOfPost ? { fault: 404, message: 'Invalid post ID.' } : faultOf(problem)
	const refused = decided?.refused ?? []
	const isOfCalls =
		decided !== undefined && (!isWhole || refused.some((one) => one !== undefined) || ofPosts.has(problem.code))
	if (!request.isMulticall || !isOfCalls) return isOfPost ? giveFault(fault) : giveProblem(problem)
	if (!isWhole) return arrange(request.calls.map(() => structOf(notSent)))
	const isTold = refused.some((one) => one !== undefined)
	return arrange(
		request.calls.map((_, at) => {
			const own = refused[at]
			return structOf(own !== undefined ? faultOf(own) : isTold ? notSent : fault)
		}),
	)
}

/** What is found out about a post on the site. */
const ofPosts: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
	'request/not-found',
	'application-password/drafts-only',
	'application-password/not-own',
	'application-password/wrong-type',
])

async function send(
	request: XmlRpcGatewayRequest,
	reached: XmlRpcReached,
	{ received, ports, arrange }: Omit<Answering, 'isWhole'>,
): Promise<XmlRpcAnswered> {
	const receivedBytes = Number(received.request.headers['content-length'] ?? received.request.socket.bytesRead)
	const finish = (status: number | null, problem: ProblemCode | null, sentBytes: number) =>
		reached.finish({ status, problem, sentBytes, receivedBytes, end: 'complete' })
	let isFinished = false
	try {
		const passed = await passCalls(request, reached, received.gatewayUrl)
		if (!passed.ok) {
			const isRejected = passed.problem.code === 'site-credential/rejected'
			const problem = isRejected ? await reached.rejected(passed.problem) : passed.problem
			const answer = giveProblem(problem)
			isFinished = true
			finish(null, problem.code, answer.body.length)
			return answer
		}
		reached.accepted()
		isFinished = true
		if (passed.value.kind === 'stream') {
			return await passStream(passed.value.begun, { received, reached, headers: ports.headers, receivedBytes })
		}
		const answer = passed.value.kind === 'each' ? arrange(passed.value.values) : passed.value.answer
		finish(answer.status, null, answer.body.length)
		return answer
	} finally {
		if (!isFinished) finish(null, 'internal/bug', 0)
	}
}
