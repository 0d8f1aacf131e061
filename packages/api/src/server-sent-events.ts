/**
 * Yields the data of each event of a `text/event-stream` (WHATWG HTML §9.2); comments and other fields are skipped. Leaving
 * early ends the stream.
 */
export async function* readServerSentEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const reader = stream.getReader()
	const decoder = new TextDecoder()
	let rest = ''
	try {
		for (;;) {
			const { done, value } = await reader.read()
			if (done) return
			rest += decoder.decode(value, { stream: true })
			const blocks = rest.split('\n\n')
			rest = blocks.pop() ?? ''
			for (const block of blocks) {
				const data = dataOf(block)
				if (data !== undefined) yield data
			}
		}
	} finally {
		await reader.cancel().catch(() => undefined) // it may have broken
	}
}

function dataOf(block: string): string | undefined {
	const lines = block.split('\n').filter((line) => line.startsWith('data:'))
	if (lines.length === 0) return undefined
	return lines.map((line) => line.slice(line.startsWith('data: ') ? 6 : 5)).join('\n')
}
