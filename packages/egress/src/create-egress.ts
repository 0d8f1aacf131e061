import { setTimeout as delay } from 'node:timers/promises'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { type AskSite, fail, type Failure } from '@postern/vocabulary'
import { sitePorts } from '@postern/wordpress'
import { Agent, type buildConnector } from 'undici'
import { type AllowRule, portsOf } from './allow-rules.ts'
import { askWithinTime } from './ask-within-time.ts'
import { type Attempts, createCheckedConnector, endAll } from './connect-checked.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { findAddresses, portOf, type Resolve, systemResolve } from './find-addresses.ts'
import { type Agents, createAgents } from './pinned-agents.ts'
import { type FailedRequest, problemOfError } from './problem-of-error.ts'
import { createSitePools } from './site-pools.ts'

export type EgressOptions = {
	/** The operator's exceptions, from `parseAllowRules`. */
	readonly allow: readonly AllowRule[]
	readonly userAgent: string
	/** Gives every address of a host name. Default: the system's resolver. */
	readonly resolve?: Resolve
	/** Ports open to every site, besides 80, 443, 8080 and 8443. */
	readonly extraPorts?: readonly number[]
	/** Of `ask`, at the same moment: each is a handshake. Default 8. */
	readonly connectionsPerSite?: number
	/** A certificate authority (PEM) trusted besides the system's. */
	readonly ca?: string
	/** Of an answer's header. Default 64 KiB. */
	readonly maxHeaderBytes?: number
	/** A blocked address is answered no sooner, whatever made it blocked: the time must not tell what is there. Default 300. */
	readonly blockedAnswerMs?: number
}

/** Requests that belong together. */
export type Visit = {
	readonly ask: AskSite
	/** Ends what is under way; no connection is kept behind it. */
	readonly leave: () => void
}

export type Egress = {
	readonly ask: AskSite
	/** Connections of its own, for who comes once a day: kept open, those of very many sites are very much memory. */
	readonly visit: () => Visit
	/** Passes a request on as it is, and tells the handler of its answer as it arrives. */
	readonly dispatch: Dispatch
	/** Names the problem behind what the handler of `dispatch` was told; undefined: a bug of ours. */
	readonly problemOf: (error: unknown, request: FailedRequest) => Failure | undefined
	/** Waits for the requests under way, then closes every connection. */
	readonly close: () => Promise<void>
}

const connectTimeoutMs = 10_000
const connectInPassingMs = 5_000
const idleMs = 4_000
/** A checked address counts no longer than this, however often the connection is used. */
const maxConnectionAgeMs = 30_000
const connectionsPerOrigin = 8

/** Makes the only way out: requests to public addresses, and to those that the operator allowed. */
export function createEgress(options: EgressOptions): Egress {
	const ports = new Set([...sitePorts, ...(options.extraPorts ?? [])])
	const portsSomewhere = new Set([...ports, ...portsOf(options.allow)])
	const guard = { allow: options.allow, resolve: options.resolve ?? systemResolve, ports }
	const attempts: Attempts = { running: new Set(), isOver: false }
	const secureContext = createTrust(options.ca)
	const connectWithin = (timeoutMs: number, pin?: string) =>
		createCheckedConnector({
			find: (target) => findAddresses(target, guard),
			secureContext,
			pin,
			timeoutMs,
			attempts,
		})
	const maxHeaderSize = options.maxHeaderBytes ?? 65_536
	const connections = options.connectionsPerSite ?? connectionsPerOrigin
	const pools = createSitePools((pin) => connectWithin(connectInPassingMs, pin), maxHeaderSize)
	const checkUrl = (url: URL) => refusalOf(url, portsSomewhere)
	const open = () =>
		createAgents((pin) => openAgent(connectWithin(connectTimeoutMs, pin), { maxHeaderSize, connections }))
	const agents = open()
	const underWay = new Set<Promise<unknown>>()
	const askOver =
		({ get }: Agents): AskSite =>
		async (request) => {
			const refused = checkUrl(request.url)
			if (refused !== undefined) return refused
			const notBefore = performance.now() + (options.blockedAnswerMs ?? 300)
			const asked = askWithinTime(request, { agent: get(request.pin), userAgent: options.userAgent })
			underWay.add(asked)
			try {
				const answer = await asked
				const isBlocked = !answer.ok && answer.problem.code === 'address/blocked'
				if (isBlocked) await delay(notBefore - performance.now())
				return answer
			} finally {
				underWay.delete(asked)
			}
		}
	const visit = (): Visit => {
		const own = open()
		return { ask: askOver(own), leave: () => void own.close() }
	}
	const close = async (): Promise<void> => {
		await Promise.allSettled(underWay)
		endAll(attempts)
		await Promise.all([agents.close(), pools.close()])
	}
	const dispatch = createDispatch({ pools, userAgent: options.userAgent, checkUrl })
	return { ask: askOver(agents), visit, dispatch, problemOf: problemOfError, close }
}

function openAgent(
	connect: buildConnector.connector,
	{ maxHeaderSize, connections }: { readonly maxHeaderSize: number; readonly connections: number },
): Agent {
	return new Agent({
		connect,
		allowH2: false,
		connections,
		pipelining: 1,
		keepAliveTimeout: idleMs,
		keepAliveMaxTimeout: maxConnectionAgeMs,
		clientTtl: maxConnectionAgeMs,
		maxHeaderSize,
		// The deadline of each request covers both.
		headersTimeout: 0,
		bodyTimeout: 0,
	})
}

/** Reading a bundle of authorities takes 20 ms: once, and only when it is needed. */
function createTrust(ca: string | undefined): () => SecureContext {
	let context: SecureContext | undefined
	return () => (context ??= createContext(ca))
}

function createContext(ca: string | undefined): SecureContext {
	const trusted = getCACertificates('default')
	return createSecureContext({ minVersion: 'TLSv1.2', ca: ca === undefined ? trusted : [...trusted, ca] })
}

/** A site's own answers name addresses too, so nothing here trusts that somebody has read this one before. */
function refusalOf(url: URL, ports: ReadonlySet<number>): Failure | undefined {
	const scheme = url.protocol.slice(0, -1)
	if (scheme !== 'https' && scheme !== 'http') return fail('address/scheme-unsupported', { params: { scheme } })
	if (url.username !== '' || url.password !== '') return fail('address/credentials-inside')
	const port = portOf(url)
	return ports.has(port) ? undefined : fail('address/port-not-allowed', { params: { port } })
}
