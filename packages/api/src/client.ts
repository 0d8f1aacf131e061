import { problems, type ProblemCode, type ProblemParams } from '@postern/vocabulary'
import { problemDocument, type ProblemDocument } from './contract/shapes.ts'
import type { Endpoint, EventOf, InputOf, OutputOf } from './contract/endpoint.ts'
import { readServerSentEvents } from './server-sent-events.ts'

export type Answer<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: ProblemDocument }

export type ClientOptions = {
	/** Where `/api/v1` is; empty for the page's own origin. */
	readonly baseUrl?: string
	readonly fetch?: typeof fetch
	/** Language of problem sentences. */
	readonly language?: () => string
}

type RawInput = { readonly query?: Readonly<Record<string, string | undefined>>; readonly body?: unknown } & Readonly<
	Record<string, unknown>
>

export type Client = {
	/** Calls one endpoint. Never throws for what a server or network does: trouble is a problem document. */
	call<E extends Endpoint>(endpoint: E, input: InputOf<E>, signal?: AbortSignal): Promise<Answer<OutputOf<E>>>
	/** Calls an endpoint that answers with events; resolves when the stream ends. */
	stream<E extends Endpoint>(
		endpoint: E,
		input: InputOf<E>,
		onEvent: (event: EventOf<E>) => void,
		signal?: AbortSignal,
	): Promise<Answer<void>>
}

export function createClient(options: ClientOptions = {}): Client {
	// Callers are held to the contract by `InputOf`; in here only the names of the parts matter.
	const send = (endpoint: Endpoint, input: object, signal: AbortSignal | undefined) =>
		request(options, endpoint, input as RawInput, signal)
	return {
		async call(endpoint, input, signal) {
			const response = await send(endpoint, input, signal)
			if (!response.ok) return response
			// `undefined` is what an endpoint without an output gives.
			return readOutput(endpoint, response.value) as Promise<Answer<never>>
		},
		async stream(endpoint, input, onEvent, signal) {
			const response = await send(endpoint, input, signal)
			if (!response.ok) return response
			return readEvents(endpoint, response.value, onEvent as (event: unknown) => void) // the schema below makes it so
		},
	}
}

async function request(
	options: ClientOptions,
	endpoint: Endpoint,
	input: RawInput,
	signal: AbortSignal | undefined,
): Promise<Answer<Response>> {
	const headers = new Headers({ accept: endpoint.event ? 'text/event-stream' : 'application/json' })
	if (input.body !== undefined) headers.set('content-type', 'application/json')
	if (options.language) headers.set('accept-language', options.language())
	try {
		const response = await (options.fetch ?? fetch)(addressOf(options.baseUrl ?? '', endpoint, input), {
			method: endpoint.method,
			headers,
			credentials: 'same-origin',
			...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
			...(signal === undefined ? {} : { signal }),
		})
		return response.ok ? { ok: true, value: response } : { ok: false, problem: await readProblem(response) }
	} catch {
		return { ok: false, problem: localProblem('postern/unreachable') }
	}
}

/** The address of an endpoint that a browser opens by itself: a download. */
export function hrefOf<E extends Endpoint>(endpoint: E, input: InputOf<E>, baseUrl = ''): string {
	return addressOf(baseUrl, endpoint, input as RawInput) // held to the contract by `InputOf`
}

function addressOf(baseUrl: string, endpoint: Endpoint, input: RawInput): string {
	const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])))
	const query = new URLSearchParams()
	for (const [name, value] of Object.entries(input.query ?? {}))
		if (value !== undefined && value !== '') query.set(name, value)
	const search = query.size === 0 ? '' : `?${query}`
	return `${baseUrl}/api/v1${path}${search}`
}

async function readOutput(endpoint: Endpoint, response: Response): Promise<Answer<unknown>> {
	if (!endpoint.output) return { ok: true, value: undefined }
	const json: unknown = await response.json().catch(() => undefined)
	const read = endpoint.output.safeParse(json)
	return read.success ? { ok: true, value: read.data } : { ok: false, problem: localProblem('internal/bug') }
}

async function readEvents(
	endpoint: Endpoint,
	response: Response,
	onEvent: (event: unknown) => void,
): Promise<Answer<void>> {
	if (!endpoint.event || !response.body) return { ok: false, problem: localProblem('internal/bug') }
	const events = readServerSentEvents(response.body)
	try {
		for (;;) {
			const next = await events.next().catch(() => undefined) // the connection broke
			if (next === undefined) return { ok: false, problem: localProblem('postern/unreachable') }
			if (next.done === true) return { ok: true, value: undefined }
			const read = endpoint.event.safeParse(parseJson(next.value))
			if (!read.success) return { ok: false, problem: localProblem('internal/bug') }
			onEvent(read.data) // its mistakes are not the connection's
		}
	} finally {
		await events.return(undefined)
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

async function readProblem(response: Response): Promise<ProblemDocument> {
	const read = problemDocument.safeParse(await response.json().catch(() => undefined))
	return read.success ? read.data : localProblem(response.status >= 500 ? 'postern/unreachable' : 'internal/bug')
}

/** Makes the document of a problem found on this side of the wire: its sentences come from the texts, by code. */
export function localProblem(code: ProblemCode, params: ProblemParams = {}): ProblemDocument {
	const { status, fixedBy, retry } = problems[code]
	return {
		type: `/problems/${code}`,
		title: code,
		status,
		detail: code,
		code,
		params: { requestId: '', ...params },
		requestId: '',
		fixedBy,
		retry,
		steps: [],
	}
}
