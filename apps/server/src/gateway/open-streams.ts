import type { IncomingMessage } from 'node:http'

/**
 * What a request under way lies between. An object that is there anyway: where each request made a function for this, all that
 * belonged to it outlived V8's small collections, which then took a fifth of all time (measured with V8 13.6).
 */
export type Sides = {
	/** Cuts both. */
	giveUp(end: 'revoked' | 'truncated'): void
}

/** A request under way, as what watches over it sees it. */
export class OpenStream {
	readonly request: IncomingMessage
	readonly startedAt: number
	/** Whether it may still go on. */
	readonly mayGoOn: () => Promise<boolean>
	/** Both sides, for as long as there is something to cut. */
	sides: Sides | undefined
	/** It was cut before there was anything between: it is not begun any more. */
	cutAs: 'revoked' | 'truncated' | undefined
	/** The caller takes nothing at the moment. */
	isStalled = false
	sentBytes = 0
	receivedBytes = 0
	/** Where it stands among those that are watched. */
	place = -1
	#isAnswering = false
	/** What the caller, or then the site, sent since then; the first half minute is left to it. */
	#since: number
	#bytes = 0
	#isGrace = true
	#movedAt: number

	constructor(request: IncomingMessage, startedAt: number, mayGoOn: () => Promise<boolean>) {
		this.request = request
		this.startedAt = startedAt
		this.mayGoOn = mayGoOn
		this.#since = startedAt
		this.#movedAt = startedAt
	}

	answers(): void {
		this.#isAnswering = true
		this.#since = performance.now()
		this.#movedAt = this.#since
		this.#bytes = 0
		this.#isGrace = true
	}

	tookFromSite(count: number): void {
		this.#bytes += count
		this.#movedAt = performance.now()
	}

	tookFromCaller(count: number): void {
		this.receivedBytes += count
		if (!this.#isAnswering) this.#bytes += count
		this.#movedAt = performance.now()
	}

	drained(): void {
		this.isStalled = false
		this.#movedAt = performance.now()
		this.#begin(this.#movedAt)
	}

	/** Whether so little moves that nobody should wait for it. */
	isTooSlow(now: number): boolean {
		const idleMs = now - this.#movedAt
		if (this.isStalled) return idleMs > stalledMs
		// The site may think about it for as long as egress waits.
		if (!this.#isAnswering && this.request.complete) return false
		if (idleMs > mostIdleMs) return true
		if (now - this.#since < windowMs) return false
		const isSlow = !this.#isGrace && this.#bytes < leastBytes
		this.#begin(now)
		return isSlow
	}

	#begin(now: number): void {
		this.#since = now
		this.#bytes = 0
		this.#isGrace = false
	}
}

const mostIdleMs = 30_000
const windowMs = 30_000
/** In half a minute: 1 KiB a second. */
const leastBytes = 30_720
/** A reader may stop for longer than a sender: a person looks at what was paused. */
const stalledMs = 120_000
const lookEveryMs = 1_000
const askAfterMs = 2_000
const askEveryTicks = 3

export type OpenStreams = {
	add(stream: OpenStream): void
	remove(stream: OpenStream): void
	close(): void
}

/**
 * Watches over what is under way: cuts what does not move (30 seconds without a byte, less than 1 KiB a second), and within five
 * seconds what may not go on, because its password or its connector is not what it was.
 */
export function createOpenStreams(clock: () => number = () => performance.now()): OpenStreams {
	// Not a set: it leaves a table behind whenever it makes room, and with it requests that are over. With a list, half as much
	// outlived each of V8's small collections.
	const streams: OpenStream[] = []
	let tick = 0
	const look = (): void => {
		const now = clock()
		tick += 1
		const asks = tick % askEveryTicks === 0
		// From its end: whoever is cut is taken out, and the last takes his place.
		for (let at = streams.length - 1; at >= 0; at -= 1) {
			const stream = streams[at]
			if (stream === undefined) continue
			if (stream.isTooSlow(now)) cut(stream, 'truncated')
			else if (asks && now - stream.startedAt > askAfterMs) void askAgain(stream)
		}
	}
	const timer = setInterval(look, lookEveryMs).unref()
	return {
		add(stream) {
			stream.place = streams.push(stream) - 1
		},
		remove(stream) {
			if (streams[stream.place] !== stream) return
			const last = streams.pop()
			if (last === undefined || last === stream) return
			streams[stream.place] = last
			last.place = stream.place
		},
		close: () => clearInterval(timer),
	}
}

/** Where nobody can tell, it ends: never fail open. */
async function askAgain(stream: OpenStream): Promise<void> {
	const mayGoOn = await stream.mayGoOn().catch(() => false)
	if (!mayGoOn) cut(stream, 'revoked')
}

function cut(stream: OpenStream, end: 'revoked' | 'truncated'): void {
	if (stream.sides !== undefined) return stream.sides.giveUp(end)
	stream.cutAs = end
	stream.request.destroy()
}
