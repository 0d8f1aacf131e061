import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { mostOnTheWire, readCoding, tooLarge, type Coding } from './read-body.ts'
import { readHeaders } from './read-headers.ts'

type Sending = {
	readonly agent: Dispatcher
	readonly options: Dispatcher.DispatchOptions
	readonly host: string
	readonly maxBytes: number
	readonly signal: AbortSignal
	/** The status line has arrived. */
	readonly onHead: () => void
}

/** An answer as it came: its body not decoded yet. */
export type TakenAnswer = {
	readonly status: number
	readonly headers: Headers
	readonly coding: Coding
	readonly wire: Buffer
}

/**
 * Sends a request and takes the whole answer, hardly more than `maxBytes` from the wire. Rejects with a `CarriedFailure`, the
 * error of the connection, or at once with the reason of the signal.
 */
export function takeAnswer(sending: Sending): Promise<TakenAnswer> {
	const { agent, options, signal } = sending
	return new Promise((resolve, reject) => {
		const taking = new Taking(sending, { resolve, reject })
		signal.throwIfAborted()
		signal.addEventListener('abort', taking.stop, { once: true })
		agent.dispatch(options, taking)
	})
}

type Settle = { readonly resolve: (answer: TakenAnswer) => void; readonly reject: (error: unknown) => void }

class Taking implements Dispatcher.DispatchHandler {
	readonly #sending: Sending
	readonly #settle: Settle
	#controller: Dispatcher.DispatchController | undefined
	#head: Omit<TakenAnswer, 'wire'> | undefined
	#chunks: Buffer[] = []
	#size = 0
	#isOver = false

	constructor(sending: Sending, settle: Settle) {
		this.#sending = sending
		this.#settle = settle
	}

	/** undici looks at no signal before it has a connection; nobody waits for that. */
	readonly stop = (): void => this.#fail(this.#sending.signal.reason)

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller
		if (this.#isOver) controller.abort(new Error('nobody waits for the answer'))
	}

	onResponseStart(_: Dispatcher.DispatchController, status: number, raw: IncomingHttpHeaders): void {
		const { host, onHead } = this.#sending
		if (status < 200 || this.#isOver) return
		onHead()
		try {
			const headers = readHeaders(raw, host)
			this.#head = { status, headers, coding: readCoding(headers.get('content-encoding'), host) }
		} catch (error) {
			this.#fail(error)
		}
	}

	onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
		if (this.#isOver) return
		const { host, maxBytes } = this.#sending
		this.#size += chunk.length
		if (this.#size > mostOnTheWire(maxBytes)) this.#fail(tooLarge(host, maxBytes))
		else if (chunk.length > 0) this.#chunks.push(chunk)
	}

	onResponseEnd(): void {
		if (this.#isOver) return
		if (this.#head === undefined) return this.#fail(new Error('an answer ended without a head'))
		this.#end()
		this.#settle.resolve({ ...this.#head, wire: Buffer.concat(this.#chunks, this.#size) })
	}

	onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
		this.#fail(error)
	}

	#fail(error: unknown): void {
		if (this.#isOver) return
		this.#end()
		this.#chunks = []
		this.#settle.reject(error)
		if (this.#controller?.aborted === false) this.#controller.abort(new Error('the answer is of no use'))
	}

	#end(): void {
		this.#isOver = true
		this.#sending.signal.removeEventListener('abort', this.stop)
	}
}
