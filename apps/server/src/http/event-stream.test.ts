import { expect, test } from 'vitest'
import { eventStreamResponse } from './event-stream.ts'
import type { RequestContext } from './request-context.ts'

const contextOf = (signal: AbortSignal): RequestContext => ({
	requestId: 'r',
	ip: '127.0.0.1',
	isTls: false,
	userAgent: undefined,
	language: 'en',
	headers: new Headers(),
	signal,
	cookies: [],
})
const stays = new AbortController().signal

test('sends each event at once, and ends when there are no more', async () => {
	const response = eventStreamResponse(
		async (send) => {
			send({ text: 'two\nlines' })
			send({ n: 2 })
		},
		contextOf(stays),
		() => undefined,
	)
	expect(response.headers.get('content-type')).toBe('text/event-stream')
	expect(await response.text()).toBe('data: {"text":"two\\nlines"}\n\ndata: {"n":2}\n\n')
})

test.each(['cancels the stream', 'aborts the request'] as const)(
	'whoever writes goes on to the end when the reader leaves and %s: that is nobody’s mistake',
	async (how) => {
		const reported: unknown[] = []
		const leaving = new AbortController()
		const left = Promise.withResolvers<void>()
		const finished = Promise.withResolvers<void>()
		const response = eventStreamResponse(
			async (send) => {
				send({ n: 1 })
				await left.promise
				send({ n: 2 })
				finished.resolve()
			},
			contextOf(leaving.signal),
			(thrown) => reported.push(thrown),
		)
		const reader = response.body?.getReader()
		expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"n":1')
		if (how === 'aborts the request') leaving.abort()
		else await reader?.cancel()
		left.resolve()
		await finished.promise
		expect(await reader?.read()).toEqual({ done: true, value: undefined })
		expect(reported).toEqual([])
	},
)

test('reports what the writer throws, and ends the stream', async () => {
	const reported: unknown[] = []
	const mistake = new RangeError('a mistake')
	const response = eventStreamResponse(
		async () => {
			throw mistake
		},
		contextOf(stays),
		(thrown) => reported.push(thrown),
	)
	expect([await response.text(), reported]).toEqual(['', [mistake]])
})
