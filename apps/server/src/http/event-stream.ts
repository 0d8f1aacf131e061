import type { RequestContext } from './request-context.ts'

const heartbeatMs = 15_000

/**
 * Answers with `text/event-stream` (WHATWG HTML §9.2). What `write` sends is one event each; when it returns the stream ends.
 * Comments keep proxies from closing a quiet connection.
 */
export function eventStreamResponse(
	write: (send: (event: unknown) => void) => Promise<void>,
	context: RequestContext,
	report: (thrown: unknown) => void,
): Response {
	const encoder = new TextEncoder()
	let isOpen = true
	const stream = new ReadableStream<Uint8Array>({
		async start(controller) {
			const push = (text: string) => {
				if (isOpen && !context.signal.aborted) controller.enqueue(encoder.encode(text))
			}
			const heartbeat = setInterval(() => push(': still here\n\n'), heartbeatMs)
			try {
				await write((event) => push(`data: ${JSON.stringify(event)}\n\n`))
			} catch (thrown) {
				report(thrown)
			} finally {
				clearInterval(heartbeat)
				if (isOpen) controller.close()
				isOpen = false
			}
		},
		cancel() {
			isOpen = false
		},
	})
	const headers = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }
	return new Response(stream, { headers })
}
