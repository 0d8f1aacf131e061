import type { Grants, User } from '../types.ts'
import { createAnswer } from './answer.ts'
import type { HandlerOptions } from './options.ts'
import type { Answer, WireRequest } from './wire.ts'

/** What a `Request` does not know about its connection. */
export type Connection = {
	/** The address of the socket's other end: wrong logins are counted by it. */
	readonly ip: string
	/** Whether the socket is TLS; as the request's address says if not given. */
	readonly isTls?: boolean
	readonly requestId?: string
}

/** Answers a `Request`, or gives undefined when the path belongs to somebody else. */
export type Handler = {
	(request: Request, connection: Connection): Promise<Response | undefined>
	/** The same without `Request` and `Response`, for servers that have none. */
	readonly answer: Answer
}

/** Makes the handler of all paths of WordPress' wire that concern application passwords. */
export function createHandler<U extends User, G extends Grants>(options: HandlerOptions<U, G>): Handler {
	const answer = createAnswer(options)
	const handle = async (request: Request, connection: Connection): Promise<Response | undefined> => {
		const said = await answer(wireRequest(request, connection))
		if (said === undefined) return undefined
		const { status, headers, body, cookies = [] } = said
		const response = new Response(request.method === 'HEAD' || body === '' ? null : body, { status, headers })
		for (const line of cookies) response.headers.append('Set-Cookie', line)
		return response
	}
	return Object.assign(handle, { answer })
}

function wireRequest(request: Request, { ip, isTls, requestId }: Connection): WireRequest {
	const schemeEnd = request.url.indexOf('://')
	const pathStart = request.url.indexOf('/', schemeEnd + 3)
	return {
		method: request.method,
		target: withoutFragment(request.url.slice(pathStart)),
		header: (name) => request.headers.get(name) ?? undefined,
		ip,
		isTls: isTls ?? request.url.startsWith('https://'),
		requestId: requestId ?? null,
		body: (limitBytes) => readStream(request.body, limitBytes),
	}
}

function withoutFragment(target: string): string {
	const hash = target.indexOf('#')
	return hash === -1 ? target : target.slice(0, hash)
}

async function readStream(stream: Request['body'], limitBytes: number): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = []
	let size = 0
	for await (const chunk of stream ?? []) {
		size += chunk.length
		if (size > limitBytes) return undefined
		chunks.push(chunk)
	}
	return join(chunks, size)
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
	const bytes = new Uint8Array(size)
	let offset = 0
	for (const chunk of chunks) {
		bytes.set(chunk, offset)
		offset += chunk.length
	}
	return bytes
}
