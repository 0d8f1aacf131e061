import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Egress, SiteStream, SiteStreamControl, SiteStreamHandler } from '@postern/egress'
import { fail, ok, type Result } from '@postern/vocabulary'
import { mostInformed } from './exchange.ts'
import type { Reflection } from './reflection.ts'

/** A site's answer whose body is read as its reader goes on. */
export type SiteStreamAnswer = {
	readonly status: number
	/** A header's value; the name in lower case. */
	readonly header: (name: string) => string | undefined
	readonly body: Readable
}

type Asked = {
	readonly stream: SiteStream
	readonly host: string
	readonly limit: number
	readonly signal: AbortSignal
	readonly reflection: Reflection
}

/** Sends one request and gives its answer as soon as its head is there. Fails with `network/…`, `tls/…`, `response/…`. */
export function askAsStream(
	asked: Asked,
	egress: Pick<Egress, 'dispatch' | 'problemOf'>,
): Promise<Result<SiteStreamAnswer>> {
	return new Promise((resolve) => {
		egress.dispatch(asked.stream, new Answering(asked, egress, resolve))
	})
}

class Answering implements SiteStreamHandler {
	readonly #asked: Asked
	readonly #egress: Pick<Egress, 'problemOf'>
	readonly #resolve: (result: Result<SiteStreamAnswer>) => void
	#body: Readable | undefined
	#bytes = 0
	#informed = 0

	constructor(asked: Asked, egress: Pick<Egress, 'problemOf'>, resolve: (result: Result<SiteStreamAnswer>) => void) {
		this.#asked = asked
		this.#egress = egress
		this.#resolve = resolve
	}

	onRequestStart(control: SiteStreamControl): void {
		const { signal } = this.#asked
		const abort = () => control.abort(new Error('nobody waits for this any more'))
		if (signal.aborted) abort()
		else signal.addEventListener('abort', abort, { once: true })
	}

	onResponseStart(control: SiteStreamControl, status: number, headers: IncomingHttpHeaders): void {
		if (status < 200) {
			this.#informed += 1
			if (this.#informed > mostInformed) this.#giveUp(control)
			return
		}
		const body = new Readable({
			read: () => control.resume(),
			destroy(error, callback) {
				control.abort(error ?? new Error('nobody reads this any more'))
				callback(error)
			},
		})
		// It may break before anybody reads it.
		body.on('error', () => undefined)
		this.#body = body
		const header = (name: string) => {
			const value = headers[name]
			return typeof value === 'string' ? value : value?.join(', ')
		}
		this.#resolve(ok({ status, header, body }))
	}

	onResponseData(control: SiteStreamControl, chunk: Buffer): void {
		this.#bytes += chunk.length
		if (this.#bytes > this.#asked.limit) this.#body?.destroy(new Error('the answer is too large'))
		else if (this.#asked.reflection.isIn(chunk)) this.#body?.destroy(new Error('the answer shows the credential'))
		else if (this.#body?.push(chunk) === false) control.pause()
	}

	onResponseEnd(): void {
		this.#body?.push(null)
	}

	onResponseError(_control: SiteStreamControl | null, error: Error): void {
		if (this.#body !== undefined) return void this.#body.destroy(error)
		const { stream, host, limit } = this.#asked
		const url = new URL(stream.origin)
		const failure = this.#egress.problemOf(error, { url, limit, hasAnswered: false, seconds: 30 })
		this.#resolve(failure ?? fail('network/closed', { params: { host }, cause: error }))
	}

	#giveUp(control: SiteStreamControl): void {
		this.#resolve(fail('response/malformed', { params: { host: this.#asked.host } }))
		control.abort(new Error('the site only says that more is to come'))
	}
}
