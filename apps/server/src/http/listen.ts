import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { isBodyLeft } from '@postern/app-passwords'
import { fail, ok, type Problem, type Result } from '@postern/vocabulary'
import { Hono, type Context } from 'hono'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration.ts'
import { createApi, type Handlers } from './api.ts'
import { type ApprovalReturn, returnPath } from './approval-return.ts'
import { cameByTls, clientAddress } from '../wire/client-address.ts'
import { createGuard, type Guard } from '../wire/guard.ts'
import { openApiDocument } from './openapi.ts'
import type { Listener } from './provider.ts'
import { problemResponse } from './problem-response.ts'
import { chooseLanguage, type HttpEnvironment, type RequestContext } from './request-context.ts'
import { setSecurityHeaders } from '../wire/security-headers.ts'
import type { SessionReader } from './session-reader.ts'
import type { WebApp } from './web-app.ts'

export type HttpPorts = {
	readonly configuration: Configuration
	readonly version: string
	readonly handlers: Handlers
	readonly sessions: SessionReader
	readonly webApp: WebApp
	/** Answers people who come back from a site. */
	readonly approvalReturn: ApprovalReturn
	readonly logger: Logger
}

/** Builds everything that HTTP reaches: `/api/v1`, `/health`, and the web app for all other paths. */
export function createHttp(ports: HttpPorts): Hono<HttpEnvironment> {
	const { configuration, logger } = ports
	const isHttps = configuration.origins[0].startsWith('https:')
	const report = ({ code, cause }: Problem, requestId: string) => logger.error({ requestId, err: cause }, code)
	const guard = createGuard(configuration.origins)
	const http = new Hono<HttpEnvironment>()
	http.use(async (request, next) => {
		const startedAt = performance.now()
		const context = contextOf(request, configuration)
		request.set('context', context)
		const guarded = guardAll(guard, request)
		if (guarded.ok) await next()
		else request.res = problemResponse(guarded.problem, context)
		if (!request.res.headers.has('content-security-policy')) setSecurityHeaders(request.res.headers, { isHttps })
		request.res.headers.set('x-request-id', context.requestId)
		// The path may name ids, never secrets: those travel in bodies and behind `#` only; but for one, of which nothing is told.
		const { method, path } = request.req
		if (path.startsWith(returnPath)) return
		const ms = Math.round(performance.now() - startedAt)
		const { requestId } = context
		logger.info({ requestId, method, path: path.slice(0, 512), status: request.res.status, ms }, 'request')
	})
	http.get('/health', (request) => request.json({ status: 'ok' }))
	http.get('/api/v1/openapi.json', (request) => request.json(openApiDocument(ports.version, configuration.origins[0])))
	http.route('/api/v1', createApi(ports.handlers, { sessions: ports.sessions, report }))
	http.all(`${returnPath}*`, (request) => ports.approvalReturn(request))
	http.all('/api/*', (request) => problemResponse(fail('request/not-found').problem, request.get('context')))
	http.get('*', (request) => ports.webApp(request.req.raw, isHttps))
	http.all('*', (request) =>
		problemResponse(
			fail('request/method-not-allowed', { params: { allow: 'GET, HEAD' } }).problem,
			request.get('context'),
		),
	)
	http.onError((cause, request) => {
		const context = request.get('context')
		const { problem } = fail('internal/bug', { cause })
		report(problem, context.requestId)
		return problemResponse(problem, context)
	})
	return http
}

function guardAll(guard: Guard, request: Context<HttpEnvironment>): Result<void> {
	const { headers } = request.req.raw
	const guarded = {
		method: request.req.method,
		rawHeaders: request.env.incoming.rawHeaders,
		header: (name: string) => headers.get(name),
	}
	const admitted = guard.admit(guarded)
	return admitted.ok ? guard.sameSite(guarded) : admitted
}

function contextOf(request: Context<HttpEnvironment>, configuration: Configuration): RequestContext {
	const { headers, signal } = request.req.raw
	const peer = request.env.incoming.socket.remoteAddress
	return {
		requestId: randomUUID(),
		ip: clientAddress(peer, headers.get('x-forwarded-for') ?? undefined, configuration.proxies),
		isTls: cameByTls(peer, headers.get('x-forwarded-proto') ?? undefined, configuration.proxies),
		userAgent: headers.get('user-agent')?.slice(0, 512),
		language: chooseLanguage(headers.get('accept-language')),
		headers,
		signal,
		cookies: [],
	}
}

export type Listening = { readonly port: number; close(): Promise<void> }

const takeNothing: Listener = (_request, _response, next) => next()

/**
 * Starts to listen. `gateway` may take a request before all else, `first` what that leaves. Fails with `start/port-in-use`.
 */
export function listen(
	http: Hono<HttpEnvironment>,
	configuration: Configuration,
	{ gateway = takeNothing, first = takeNothing }: { readonly gateway?: Listener; readonly first?: Listener } = {},
): Promise<Result<Listening>> {
	let answering = 0
	const left = () => void (answering -= 1)
	const answer = getRequestListener(http.fetch, { overrideGlobalObjects: false })
	const take: RequestListener = (request, response) => {
		answering += 1
		// Not `once`: that wraps it, for an event that comes once.
		response.on('close', left)
		gateway(request, response, () => {
			if (request.headers.expect !== undefined) response.writeContinue()
			endSlowRequest(request)
			first(request, response, () => void answer(request, response))
		})
	}
	// Uploads may take hours; the gateway has timers of its own, all others have `endSlowRequest`.
	const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 0, ...headersInTime }, take)
	// Whoever waits to be told to go on is told by the gateway once it has decided.
	server.on('checkContinue', take)
	for (const event of ['upgrade', 'connect']) server.on(event, (_request, socket: Duplex) => socket.destroy())
	// Node would silently drop headers beyond its count; ours are counted in the guard, which refuses.
	server.maxHeadersCount = 0
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') resolve(fail('start/port-in-use', { params: { port: configuration.port } }))
			else reject(error)
		})
		server.listen(configuration.port, configuration.listen, () => {
			const { port } = server.address() as AddressInfo // a TCP server has one once it listens
			resolve(ok({ port, close: () => closeServer(server, () => answering) }))
		})
	})
}

/** Node looks at them every so often: a header that drips ends after ten seconds, and at most two more. */
const headersInTime = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 } as const

const slowestRequestMs = 60_000

/** Ends a request whose body does not arrive in a minute. */
function endSlowRequest(request: IncomingMessage): void {
	if (!isBodyLeft(request)) return
	const timer = setTimeout(() => request.destroy(), slowestRequestMs)
	const stop = () => clearTimeout(timer)
	request.once('end', stop).once('close', stop)
}

/** What is being answered may end in this time; a browser that keeps a connection open for later is not waited for. */
const lastAnswersMs = 5_000

function closeServer(server: Server, answering: () => number): Promise<void> {
	return new Promise((resolve) => {
		const until = performance.now() + lastAnswersMs
		const watch = setInterval(() => {
			if (answering() === 0 || performance.now() > until) server.closeAllConnections()
		}, 20)
		server.close(() => {
			clearInterval(watch)
			resolve()
		})
	})
}
