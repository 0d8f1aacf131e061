import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
	endAnswer,
	isBodyLeft,
	readNodeRequest,
	type Answer,
	type WireAnswer,
	type WireRequest,
} from '@postern/app-passwords'
import type { Result } from '@postern/vocabulary'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import { cameByTls, clientAddress } from '../wire/client-address.ts'
import { createGuard, type Guard } from '../wire/guard.ts'
import { inertHeaders } from '../wire/security-headers.ts'
import { wordPressProblem } from '../wire/wordpress-problem.ts'

export type ProviderPorts = {
	/** Answers what WordPress would be asked for, and gives undefined for everything else. */
	readonly answer: Answer
	readonly configuration: Configuration
	readonly logger: Logger
}

/** Answers a request whole, or calls `next` and leaves it untouched. */
export type Listener = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * Postern's own root as a WordPress site: what API clients call thousands of times a minute, so it stands before Hono on
 * plain `node:http`. Cookies are believed on the pages only, which therefore refuse writes that another site started.
 */
export function createProvider({ answer, configuration, logger }: ProviderPorts): Listener {
	const guard = createGuard(configuration.origins)
	const write = createWrite(inertHeaders(configuration.origins[0].startsWith('https:')))
	return (request, response, next) => {
		const target = request.url ?? '/'
		if (!mayBeOurs(target)) return next()
		const startedAt = performance.now()
		const wire = wireRequest(request, configuration)
		const finish = (answered: WireAnswer | undefined) => {
			if (answered === undefined) return next()
			write(response, wire.requestId ?? '', answered)
			const ms = Math.round(performance.now() - startedAt)
			const { method } = request
			const path = pathOf(target).slice(0, 512)
			logger.info({ requestId: wire.requestId, method, path, status: answered.status, ms }, 'request')
		}
		const trouble = (cause: unknown) => {
			const problem = cause instanceof StoreTrouble ? cause.problem : ({ code: 'internal/bug', params: {} } as const)
			logger.error({ requestId: wire.requestId, err: cause }, problem.code)
			// What cannot be answered is ended: nobody waits for it, and nothing is thrown past here.
			if (response.headersSent) return void response.destroy()
			finish(wordPressProblem(problem))
		}
		const guarded = guardWire(guard, request, wire, target)
		if (!guarded.ok) return finish(wordPressProblem(guarded.problem))
		try {
			const answered = answer(wire)
			if (answered instanceof Promise) answered.then(finish).catch(trouble)
			else finish(answered)
		} catch (cause) {
			trouble(cause)
		}
	}
}

/** Most requests are for the web app and its API; a look at the first letters tells. */
function mayBeOurs(target: string): boolean {
	return /^\/(?:$|\?|index\.php|wp-|xmlrpc\.php)/.test(target)
}

function guardWire(guard: Guard, request: IncomingMessage, wire: WireRequest, target: string): Result<void> {
	const guarded = { method: wire.method, rawHeaders: request.rawHeaders, header: wire.header }
	const admitted = guard.admit(guarded)
	const isPage = target.startsWith('/wp-admin')
	if (!admitted.ok || !(isPage || target.startsWith('/wp-login.php'))) return admitted
	return guard.sameSite({ ...guarded, header: isPage ? withoutNullOrigin(wire.header) : wire.header })
}

/** A page that tells no referrer names its origin `null` (Fetch §3.2), so it says nothing; the page's form brings a token. */
function withoutNullOrigin(header: WireRequest['header']): WireRequest['header'] {
	return (name) => {
		const value = header(name)
		return name === 'origin' && value === 'null' ? undefined : value
	}
}

function wireRequest(request: IncomingMessage, { proxies }: Configuration): WireRequest {
	const read = readNodeRequest(request, randomUUID())
	const { remoteAddress } = request.socket
	return {
		...read,
		ip: clientAddress(remoteAddress, read.header('x-forwarded-for'), proxies),
		isTls: cameByTls(remoteAddress, read.header('x-forwarded-proto'), proxies),
	}
}

type Write = (response: ServerResponse, requestId: string, answered: WireAnswer) => void

/** Joins what every answer bears with what this one says; the provider hands out the same headers again and again. */
function createWrite(always: Readonly<Record<string, string>>): Write {
	const joined = new WeakMap<object, readonly string[]>()
	const join = (headers: Readonly<Record<string, string>>): readonly string[] => {
		const all: Record<string, string> = { ...always, 'cache-control': 'no-store' }
		for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value
		const list = Object.entries(all).flat()
		joined.set(headers, list)
		return list
	}
	return (response, requestId, { status, headers, body, cookies }) => {
		const list = [...(joined.get(headers) ?? join(headers)), 'x-request-id', requestId]
		list.push('content-length', String(Buffer.byteLength(body)))
		for (const cookie of cookies ?? []) list.push('set-cookie', cookie)
		// Whatever was not read of the body must not be taken for the next request.
		const { req: request } = response
		if (isBodyLeft(request)) list.push('connection', 'close')
		endAnswer(response.writeHead(status, list), request.method === 'HEAD' ? undefined : body)
	}
}

function pathOf(target: string): string {
	const mark = target.indexOf('?')
	return mark === -1 ? target : target.slice(0, mark)
}
