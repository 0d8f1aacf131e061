/** A file that is made while it is sent. */
export type Download = {
	readonly contentType: string
	/** Letters, digits, dots and hyphens. */
	readonly filename: string
	/** Asked for as fast as the other side takes them; ended early when it leaves. */
	readonly chunks: AsyncGenerator<string, void>
}

/**
 * Answers with a file to be saved. What goes wrong once it has begun breaks the connection off, so that nobody takes a part for
 * the whole.
 */
export function downloadResponse(
	{ contentType, filename, chunks }: Download,
	report: (thrown: unknown) => void,
): Response {
	const encoder = new TextEncoder()
	const stream = new ReadableStream<Uint8Array>({
		async pull(controller) {
			try {
				const next = await chunks.next()
				if (next.done === true) controller.close()
				else controller.enqueue(encoder.encode(next.value))
			} catch (thrown) {
				report(thrown)
				controller.error(thrown)
			}
		},
		async cancel() {
			await chunks.return()
		},
	})
	const headers = {
		'content-type': contentType,
		'content-disposition': `attachment; filename="${filename}"`,
		'x-accel-buffering': 'no',
	}
	return new Response(stream, { headers })
}
