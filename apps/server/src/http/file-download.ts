/** A file that is made while it is sent. */
export type Download = {
	readonly contentType: string
	/** Letters, digits, dots and hyphens. */
	readonly filename: string
	/** Asked for as fast as the other side takes them; ended early when it leaves. */
	readonly chunks: AsyncGenerator<string, void>
}

/**
 * Answers with a file to be saved. Throws what its beginning throws; what goes wrong later breaks the connection off, so that
 * nobody takes a part for the whole.
 */
export async function downloadResponse(
	{ contentType, filename, chunks }: Download,
	report: (thrown: unknown) => void,
): Promise<Response> {
	const encoder = new TextEncoder()
	let first: IteratorResult<string, void> | undefined = await chunks.next()
	const stream = new ReadableStream<Uint8Array>({
		async pull(controller) {
			try {
				const { done, value } = first ?? (await chunks.next())
				first = undefined
				if (done === true) controller.close()
				else controller.enqueue(encoder.encode(value))
			} catch (thrown) {
				report(thrown)
				// What carries the answer may say its words to the client.
				controller.error(new Error('broken off'))
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
