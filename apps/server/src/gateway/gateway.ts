import type { MaybePromise, WireAnswer } from '@postern/app-passwords'
import { isRestTarget, readRestHead, type RestRequest } from '@postern/policy'
import { fail, type Problem, type Result } from '@postern/vocabulary'
import type { Logger } from 'pino'
import type { AskedCall } from '../access/record-decision.ts'
import type { Configuration } from '../configuration.ts'
import { andThen } from '../store/maybe-promise.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import { type Admission, type Admitted, type AdmitPorts, admit, admitItems } from './admit.ts'
import { callOf } from './asked-calls.ts'
import { anonymousIndex, answerAnybody } from './anonymous.ts'
import { createAnswerHeaders } from './answer-headers.ts'
import { decideOn } from './decide-on.ts'
import { mayGoOn } from './may-go-on.ts'
import { createOpenStreams, OpenStream } from './open-streams.ts'
import { answerOwnPassword, readOwnPassword } from './own-password.ts'
import { type PassPorts, passRequest } from './pass-request.ts'
import type { Place } from './places.ts'
import { readRequest } from './read-request.ts'
import { recordUnreached } from './record-unreached.ts'
import { type Arrived, arrive, pathOf, type Received, receive } from './receive.ts'
import { notLoggedIn, refuseAsWordPress, refuseWith } from './refusals.ts'
import { createTraffic } from './traffic.ts'
import { writeOwn } from './write-own.ts'
import { reachByXmlRpc } from './xml-rpc-door.ts'
import { answerXmlRpc } from './xml-rpc/answer-xml-rpc.ts'
import { createBodyRoom } from './xml-rpc/body-room.ts'

export type GatewayPorts = Omit<PassPorts, 'traffic' | 'always'> & {
	readonly configuration: Configuration
	readonly logger: Logger
	readonly now: () => Date
}

export type Gateway = {
	/** Answers a request to the gateway whole. */
	readonly take: (place: Result<Place>, request: Arrived['request'], response: Arrived['response']) => void
	readonly close: () => void
}

/** What an answer of Postern's own, or the site's by way of Postern, comes to. */
type Done = WireAnswer | { readonly passed: number | null }

type Refused = Exclude<Admission, { ok: true }>

/** Connected sites as WordPress sites behind Postern, and a wall to everything that was not granted. */
export function createGateway(ports: GatewayPorts): Gateway {
	const { configuration, logger, now } = ports
	const [origin] = configuration.origins
	const always = createAnswerHeaders(origin.startsWith('https:'))
	const streams = createOpenStreams()
	const room = createBodyRoom()
	const passing = { ...ports, traffic: createTraffic(), always }

	const admitting: AdmitPorts = {
		appPasswords: ports.appPasswords,
		gatewayConnectors: ports.store.gatewayConnectors,
		recordUnreached: (unreached, received) =>
			recordUnreached(unreached, { received, readCalls: () => [callOfUnreached(received)] }, ports),
	}

	const answer = (received: Received): MaybePromise<Done> => {
		const open = answerAnybody(received, origin)
		if (open !== undefined) return open
		if (pathOf(received.target) === '/xmlrpc.php') return speakXmlRpc(received)
		if (!isRestTarget(received.target)) return refuseWith(fail('request/not-found').problem, now())
		if (received.wire.authorization === undefined) return answerStranger(received)
		return andThen(admit(received, admitting), (admission) => answerAdmitted(received, admission))
	}

	const answerAdmitted = (received: Received, admission: Admission): MaybePromise<Done> => {
		return admission.ok ? pass(received, admission.value) : turnAway(received, admission)
	}

	const turnAway = (received: Received, admission: Refused): WireAnswer => {
		if ('problem' in admission) return refuse(admission.problem, received)
		return admission.error === undefined ? notLoggedIn : refuseAsWordPress(admission.error)
	}

	const pass = async (received: Received, admitted: Admitted): Promise<Done> => {
		const open = new OpenStream(received.request, received.startedAt, () => mayGoOn(admitted, ports))
		streams.add(open)
		try {
			const mayPass = (request: RestRequest) => decideOn({ ok: true, value: request }, admitted).ok
			const reading = readRequest(received, open, mayPass)
			const read = reading instanceof Promise ? await reading : reading
			const isBatch = read.ok && read.value.body.kind === 'batch'
			const refused = isBatch ? await admitItems(read.value, received, admitting) : undefined
			if (refused !== undefined) return turnAway(received, refused)
			const own = read.ok ? readOwnPassword(read.value, admitted) : undefined
			if (own !== undefined) return await answerOwnPassword(own, { received, admitted }, ports.appPasswords)
			const passed = await passRequest(read, { received, admitted, open }, passing)
			return passed.ok ? { passed: passed.value.status } : refuse(passed.problem, received)
		} finally {
			streams.remove(open)
		}
	}

	const speakXmlRpc = async (received: Received): Promise<Done> => {
		const { request, startedAt, target } = received
		const open = new OpenStream(request, startedAt, () => Promise.resolve(true))
		streams.add(open)
		try {
			const query = target.slice(pathOf(target).length + 1)
			const arriving = { ...received, query, took: (bytes: number) => open.tookFromCaller(bytes) }
			return await answerXmlRpc(arriving, {
				authenticate: (login) => ports.appPasswords.authenticate(login),
				reach: (visit) => reachByXmlRpc(received, visit, { ...passing, streams, now }),
				headers: always,
				room,
			})
		} finally {
			streams.remove(open)
		}
	}

	const refuse = (problem: Problem, { requestId }: Arrived): WireAnswer => {
		if (problem.cause !== undefined) logger.warn({ requestId, err: problem.cause }, problem.code)
		return refuseWith(problem, now())
	}

	const finish = (arrived: Arrived, done: Done): void => {
		if (!('passed' in done)) writeOwn(arrived, done, always)
		if (!logger.isLevelEnabled('info')) return
		const { request, requestId, startedAt } = arrived
		const status = 'passed' in done ? done.passed : done.status
		const ms = Math.round(performance.now() - startedAt)
		const path = pathOf(request.url ?? '/').slice(0, 512)
		logger.info({ requestId, method: request.method, path, status, ms }, 'request')
	}

	const trouble = (arrived: Arrived, cause: unknown): void => {
		const problem = cause instanceof StoreTrouble ? cause.problem : fail('internal/bug', { cause }).problem
		logger.error({ requestId: arrived.requestId, err: cause }, problem.code)
		// What cannot be answered is ended: nobody waits for it, and nothing is thrown past here.
		if (arrived.response.headersSent) arrived.response.destroy()
		else finish(arrived, refuseWith(problem, now()))
	}

	const begin = (received: Received): void => {
		try {
			const answering = answer(received)
			if (answering instanceof Promise)
				answering.then((done) => finish(received, done)).catch((cause: unknown) => trouble(received, cause))
			else finish(received, answering)
		} catch (cause) {
			trouble(received, cause)
		}
	}

	return {
		close: () => streams.close(),
		take(place, request, response) {
			const arrived = arrive(request, response)
			const received = receive(arrived, place, configuration)
			if (!received.ok) {
				// Where Node finds the rest of the message unreadable, it says so itself.
				setImmediate(() => finish(arrived, refuse(received.problem, arrived)))
				return
			}
			// Not before Node has read on: what it finds unreadable behind the head is never begun.
			void soon.then(() => begin(received.value))
		},
	}
}

const soon = Promise.resolve()

/** Nothing of a body is read for the record alone. */
function callOfUnreached({ method, target, request }: Received): AskedCall {
	const head = readRestHead({ method, target, rawHeaders: request.rawHeaders })
	return callOf(head, fail('request/not-found'), method)
}

/** Without credentials a site tells where it is, and nothing else. */
function answerStranger(received: Received): WireAnswer {
	const isIndex = received.method === 'GET' || received.method === 'HEAD'
	const { target } = received
	return isIndex && indexTargets.has(target) ? anonymousIndex(received) : notLoggedIn
}

const indexTargets = new Set([
	'/wp-json',
	'/wp-json/',
	'/index.php/wp-json/',
	'/?rest_route=/',
	'/index.php?rest_route=/',
])
