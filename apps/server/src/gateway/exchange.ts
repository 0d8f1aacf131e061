import type { IncomingHttpHeaders } from 'node:http'
import { endAnswer, isBodyLeft } from '@postern/app-passwords'
import type { Egress, SiteStream, SiteStreamControl, SiteStreamHandler } from '@postern/egress'
import { fail, type Problem } from '@postern/vocabulary'
import type { OpenedCredential } from '../access/open-credential.ts'
import { crossOrigin } from './answer-headers.ts'
import { createDecoder, type Decoder } from './decode.ts'
import type { GatewaySite } from './gateway-site.ts'
import type { OpenStream, Sides } from './open-streams.ts'
import { type AnswerHead, readAnswerHead } from './read-answer-head.ts'
import type { Received } from './receive.ts'
import type { Reflection } from './reflection.ts'
import { createUrlRewriter } from './rewrite-urls.ts'
import { CallerLeft, UploadRefused } from './upload.ts'

export type Exchanging = {
	readonly received: Received
	readonly stream: SiteStream
	readonly host: string
	/** What it was sent. */
	readonly credential: OpenedCredential
	readonly site: Pick<GatewaySite, 'mapUrl' | 'rewriting'>
	/** Bytes of the answer's body. */
	readonly limit: number
	/** What every answer bears. */
	readonly always: readonly string[]
	/** Makes another document of a whole JSON answer; undefined: it cannot be read. */
	readonly remake: ((document: Buffer) => string | undefined) | undefined
	readonly open: OpenStream
	readonly reflection: Reflection
}

/** How it went. With a problem and nothing begun, the caller still waits for an answer. */
export type Exchanged = {
	readonly status: number | null
	readonly problem: Problem | null
	readonly isBegun: boolean
	/** The site's status, if it answered at all. */
	readonly siteStatus: number | null
	readonly end: 'complete' | 'aborted' | 'truncated' | 'revoked'
}

/** Sends one request to a site and its answer to the caller, each no faster than the other end takes it. */
export function exchange(exchanging: Exchanging, egress: Pick<Egress, 'dispatch' | 'problemOf'>): Promise<Exchanged> {
	const { open, received } = exchanging
	const isLeft = received.request.socket.destroyed
	if (isLeft || open.cutAs !== undefined) return Promise.resolve(neverSent(open.cutAs ?? 'aborted', received))
	return new Promise((resolve) => {
		const handler = new Exchange(exchanging, egress, resolve)
		egress.dispatch(exchanging.stream, handler)
	})
}

/** While it waited, its caller left, or was sent away. */
function neverSent(end: Exchanged['end'], { response }: Received): Exchanged {
	response.destroy()
	return { status: null, problem: null, isBegun: false, siteStatus: null, end }
}

const empty = Buffer.alloc(0)
const soon = Promise.resolve()
const mostRemade = 8_388_608
/** Of answers that are none yet. */
export const mostInformed = 16

class Exchange implements SiteStreamHandler, Sides {
	readonly #about: Exchanging
	readonly #egress: Pick<Egress, 'problemOf'>
	readonly #resolve: (exchanged: Exchanged) => void
	#control: SiteStreamControl | null = null
	#head: AnswerHead | undefined
	#rewriter: ReturnType<typeof createUrlRewriter> | undefined
	/** The first piece of JSON, as long as it may be the only one; or all of a document that is remade. */
	#kept: Buffer[] = []
	#bytes = 0
	/** Undoes the site's coding. */
	#decoder: Decoder | undefined
	#informed = 0
	#isBegun = false
	#isOver = false
	#siteStatus: number | null = null

	constructor(about: Exchanging, egress: Pick<Egress, 'problemOf'>, resolve: (exchanged: Exchanged) => void) {
		this.#about = about
		this.#egress = egress
		this.#resolve = resolve
		const { received, open } = about
		// Not `once`: that wraps it, for an event that comes once.
		received.response.on('close', this.#onClose)
		open.sides = this
	}

	onRequestStart(control: SiteStreamControl): void {
		this.#control = control
		if (this.#isOver) control.abort(new Error('nobody waits for this any more'))
	}

	onResponseStart(control: SiteStreamControl, status: number, headers: IncomingHttpHeaders): void {
		if (this.#isOver) return
		if (status < 200) return this.#inform()
		this.#siteStatus = status
		this.#about.open.answers()
		const read = readAnswerHead(status, headers, this.#about)
		if (!read.ok) return this.#refuse(read.problem)
		const { length, isJson, coding, headers: list } = read.value
		if (length !== undefined && length > this.#about.limit) return this.#refuse(this.#tooLarge())
		if (this.#about.reflection.isInSome(list)) return this.#refuse(this.#reflected())
		this.#head = read.value
		if (isJson && !this.#isRemade()) this.#rewriter = createUrlRewriter(this.#about.site.rewriting)
		if (coding !== undefined && this.#hasBody()) this.#decoder = this.#decode(coding, control)
	}

	/** 1xx only tells that more is to come; a site that says nothing else is not listened to for ever. */
	#inform(): void {
		this.#informed += 1
		if (this.#informed > mostInformed) this.#refuse(this.#unreadable())
	}

	#decode(coding: NonNullable<AnswerHead['coding']>, control: SiteStreamControl): Decoder {
		return createDecoder(coding, {
			onData: (chunk) => {
				if (!this.#isOver && !this.#take(chunk)) this.#decoder?.pause()
			},
			onRoom: () => control.resume(),
			onEnd: () => this.#end(),
			onError: (why) => {
				if (!this.#isOver) this.#cut(why === 'bomb' ? this.#tooLarge() : this.#unreadable())
			},
		})
	}

	onResponseData(control: SiteStreamControl, chunk: Buffer): void {
		if (this.#isOver || this.#head === undefined) return
		this.#about.open.tookFromSite(chunk.length)
		const hasRoom = this.#decoder === undefined ? this.#take(chunk) : this.#decoder.write(chunk)
		if (!hasRoom) control.pause()
	}

	/** False: the caller takes no more at the moment. */
	#take(chunk: Buffer): boolean {
		this.#bytes += chunk.length
		const problem = this.#wrongWith(chunk)
		if (problem !== undefined) {
			this.#cut(problem)
			return true
		}
		if (this.#isRemade()) {
			this.#kept.push(chunk)
			return true
		}
		if (this.#rewriter !== undefined && !this.#isBegun && this.#kept.length === 0) {
			this.#kept.push(chunk)
			// The end of a short answer comes with it; then its length can be told. Where it is announced, nothing else can come.
			if (this.#decoder !== undefined || this.#head?.length !== this.#bytes) void soon.then(() => this.#flush())
			return true
		}
		this.#flush()
		return this.#write(chunk)
	}

	#wrongWith(chunk: Buffer): Problem | undefined {
		const limit = this.#isRemade() ? mostRemade : this.#about.limit
		if (this.#bytes > limit) return this.#tooLarge()
		return this.#about.reflection.isIn(chunk) ? this.#reflected() : undefined
	}

	onResponseEnd(): void {
		if (this.#isOver || this.#head === undefined) return
		if (this.#decoder === undefined) this.#end()
		else this.#decoder.end()
	}

	#end(): void {
		if (this.#isOver) return
		if (!this.#isBegun) {
			const body = this.#wholeBody()
			if (body === undefined) return this.#refuse(this.#unreadable())
			this.#begin(this.#hasBody() ? body.length : undefined)
			this.#endWith(body)
		} else {
			this.#endWith(this.#rewriter?.push('', true) ?? '')
		}
		this.#finish({ problem: null, end: 'complete' })
	}

	/** Each character a byte: of such a text Node makes one write with the head. */
	#endWith(last: string): void {
		const { received, open } = this.#about
		const { request, response } = received
		open.sentBytes += last.length
		if (isBodyLeft(request)) {
			if (last !== '') response.write(last, 'latin1')
			endAnswer(response, undefined)
		} else if (last === '') response.end()
		else response.end(last, 'latin1')
	}

	onResponseError(_control: SiteStreamControl | null, error: Error): void {
		if (this.#isOver) return
		if (error instanceof UploadRefused) return this.#cut(error.problem)
		if (error instanceof CallerLeft) return this.giveUp('aborted')
		const { host, limit, stream } = this.#about
		const url = new URL(stream.origin)
		const hasAnswered = this.#siteStatus !== null
		const failure = this.#egress.problemOf(error, { url, limit, hasAnswered, seconds: 30 })
		const problem = failure?.problem ?? fail('internal/bug', { params: { host }, cause: error }).problem
		this.#cut(problem)
	}

	/** Whether an answer of this kind has a body at all. */
	#hasBody(): boolean {
		const status = this.#head?.status ?? 0
		return this.#about.received.method !== 'HEAD' && status !== 204 && status !== 304
	}

	#isRemade(): boolean {
		const { isJson = false, status = 0 } = this.#head ?? {}
		return this.#about.remake !== undefined && isJson && status < 300
	}

	/** Each character a byte. */
	#wholeBody(): string | undefined {
		const { remake } = this.#about
		const [first = empty] = this.#kept
		if (!this.#hasBody()) return ''
		if (remake !== undefined && this.#isRemade()) {
			const text = remake(this.#kept.length === 1 ? first : Buffer.concat(this.#kept))
			return text === undefined ? undefined : Buffer.from(text).toString('latin1')
		}
		const whole = first.toString('latin1')
		return this.#rewriter === undefined ? whole : this.#rewriter.push(whole, true)
	}

	#flush(): void {
		if (this.#isOver) return
		if (!this.#isBegun) this.#begin(this.#rewriter === undefined ? this.#head?.length : undefined)
		const [first] = this.#kept
		if (first === undefined) return
		this.#kept = []
		if (!this.#write(first)) (this.#decoder ?? this.#control)?.pause()
	}

	#write(chunk: Buffer): boolean {
		const { response } = this.#about.received
		const bytes = this.#rewriter === undefined ? chunk : this.#rewriter.push(chunk.toString('latin1'), false)
		if (bytes.length === 0) return true
		this.#about.open.sentBytes += bytes.length
		const hasRoom = typeof bytes === 'string' ? response.write(bytes, 'latin1') : response.write(bytes)
		if (!hasRoom) {
			this.#about.open.isStalled = true
			response.once('drain', this.#onDrain)
		}
		return hasRoom
	}

	#begin(length: number | undefined): void {
		const { received, always } = this.#about
		const head = this.#head
		if (head === undefined) return
		this.#isBegun = true
		const list = [...always, ...head.headers]
		list.push('x-request-id', received.requestId)
		if (received.wire.origin !== undefined) list.push(...crossOrigin)
		if (length !== undefined) list.push('content-length', String(length))
		if (isBodyLeft(received.request)) list.push('connection', 'close')
		received.response.writeHead(head.status, list)
	}

	readonly #onDrain = (): void => {
		this.#about.open.drained()
		const source = this.#decoder ?? this.#control
		source?.resume()
	}

	readonly #onClose = (): void => this.giveUp('aborted')

	/** Nobody takes the answer any more, or may. */
	giveUp(end: 'aborted' | 'revoked' | 'truncated'): void {
		if (this.#isOver) return
		this.#finish({ problem: null, end })
		this.#control?.abort(new Error(end))
		this.#about.received.response.destroy()
		this.#about.received.request.destroy()
	}

	/** What cannot be answered in full is not ended as if it were. */
	#cut(problem: Problem): void {
		if (!this.#isBegun) return this.#refuse(problem)
		this.#finish({ problem, end: 'truncated' })
		this.#control?.abort(new Error(problem.code))
		this.#about.received.response.destroy()
	}

	#refuse(problem: Problem): void {
		this.#finish({ problem, end: 'complete' })
		this.#control?.abort(new Error(problem.code))
	}

	#finish({ problem, end }: Pick<Exchanged, 'problem' | 'end'>): void {
		this.#isOver = true
		const { received, open } = this.#about
		received.response.off('close', this.#onClose)
		open.sides = undefined
		this.#decoder?.destroy()
		const status = this.#isBegun ? (this.#head?.status ?? null) : null
		this.#resolve({ status, problem, isBegun: this.#isBegun, siteStatus: this.#siteStatus, end })
	}

	#tooLarge(): Problem {
		const { host, limit } = this.#about
		return fail('response/too-large', { params: { host, limit } }).problem
	}

	#reflected(): Problem {
		return fail('response/credential-inside', { params: { host: this.#about.host } }).problem
	}

	#unreadable(): Problem {
		return fail('response/malformed', { params: { host: this.#about.host } }).problem
	}
}
