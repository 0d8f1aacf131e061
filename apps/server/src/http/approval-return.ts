import type { Problem } from '@postern/vocabulary'
import type { Context } from 'hono'
import type { FinishPorts } from '../flows/approve-in-wordpress/approval-ports.ts'
import { finishApproval } from '../flows/approve-in-wordpress/finish-approval.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import type { HttpEnvironment } from './request-context.ts'
import type { SessionReader } from './session-reader.ts'

/** Where sites send people back to, with a password in the query: nothing below it is written into any log. */
export const returnPath = '/connect/return/'

export type ApprovalReturn = (request: Context<HttpEnvironment>) => Promise<Response>

/** For all that has to do with an approval: the browser has left the page by then. */
const longestMs = 60_000

type Ports = {
	readonly approval: FinishPorts
	readonly sessions: Pick<SessionReader, 'readSession'>
	readonly report: (code: Problem['code'], trouble: { readonly requestId: string; readonly stack: string }) => void
}

/**
 * Answers whoever comes back from WordPress: reads the query, and sends them on at once to an address without it. What is wrong is
 * told there, by its code.
 */
export function createApprovalReturn({ approval, sessions, report }: Ports): ApprovalReturn {
	return async (request) => {
		const { requestId } = request.get('context')
		try {
			return await answer(request, { approval, sessions })
		} catch (thrown) {
			const code = thrown instanceof StoreTrouble ? thrown.problem.code : 'internal/bug'
			report(code, { requestId, stack: placesOf(thrown) })
			return sendTo(`/connectors/new?${new URLSearchParams({ approval: code }).toString()}`)
		}
	}
}

async function answer(
	request: Context<HttpEnvironment>,
	{ approval, sessions }: Omit<Ports, 'report'>,
): Promise<Response> {
	const { requestId, headers } = request.get('context')
	// Whoever looks ahead has not come back yet, and must not use the state up.
	const isAhead = /prefetch|prerender/.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')
	if (isAhead || request.req.method !== 'GET') return new Response(null, { status: 403 })
	const session = await sessions.readSession(headers)
	// The password is dropped: an address to return to after signing in would carry it along.
	if (session === undefined) return sendTo('/sign-in')
	const url = new URL(request.req.url)
	const back = {
		state: url.pathname.slice(returnPath.length),
		query: url.search,
		session,
		requestId,
		signal: AbortSignal.timeout(longestMs),
	}
	const finished = await finishApproval(back, approval)
	if (!finished.ok)
		return sendTo(`/connectors/new?${new URLSearchParams({ approval: finished.problem.code }).toString()}`)
	const { id, phase } = finished.value
	return sendTo(phase === 'draft' ? `/connectors/new?draft=${id}` : `/connectors/${id}`)
}

/** RFC 9110 §15.4.4: another address, by GET. `no-store` and `no-referrer` stand on every answer of ours. */
function sendTo(path: string): Response {
	return new Response(null, { status: 303, headers: { location: path } })
}

/** Where it happened. A message may repeat what was being read. */
function placesOf(thrown: unknown): string {
	const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
	return stack
		.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.join('\n')
}
