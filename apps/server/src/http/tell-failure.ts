import { type ApiResult, problemOfThrown } from './api.ts'
import { problemDocumentOf } from './problem-response.ts'
import type { RequestContext } from './request-context.ts'

type FailedEvent = { readonly kind: 'failed'; readonly problem: ReturnType<typeof problemDocumentOf> }

/**
 * Runs what a stream is for. How it fails is the stream's last event, also when it throws: it has begun, and whoever waits for its
 * end must hear of it there.
 */
export async function tellFailure(
	send: (event: FailedEvent) => void,
	context: Pick<RequestContext, 'requestId' | 'language'>,
	run: () => Promise<ApiResult<void>>,
): Promise<void> {
	try {
		const done = await run()
		if (!done.ok) send({ kind: 'failed', problem: problemDocumentOf(done.problem, context) })
	} catch (thrown) {
		send({ kind: 'failed', problem: problemDocumentOf(problemOfThrown(thrown), context) })
		throw thrown
	}
}
