import { nameXmlRpcCall } from '@postern/policy'
import type { Decision } from './decide-here.ts'

/** One request as the gateway's record has it. */
export type Recorded = {
	readonly requestId: string
	readonly decision: string
	readonly method: string
	readonly route: string
}

/** What the record of a request must have as permitted: each call and each item of it, or nothing. */
export type ToBeRecorded = { readonly isSent: boolean; readonly permitted: readonly string[] }

export function toBeRecorded(decision: Decision, isSent: boolean): ToBeRecorded {
	if (decision.kind === 'refused') return { isSent, permitted: [] }
	if (decision.kind === 'xml-rpc')
		return { isSent, permitted: decision.permit.request.calls.map((call) => `POST xmlrpc.php ${nameXmlRpcCall(call)}`) }
	const { request } = decision.permit
	const requests = request.body.kind === 'batch' ? request.body.requests : [request]
	return { isSent, permitted: requests.map(({ method, segments }) => `${method} /${segments.join('/')}`) }
}

/** What is wrong with the record of a request, in words. */
export function compareRecords({ isSent, permitted }: ToBeRecorded, recorded: readonly Recorded[]): readonly string[] {
	const found = recorded
		.filter(({ decision }) => decision === 'permitted')
		.map(({ method, route }) => `${method} ${route}`)
	// What is refused in the end, after a look at the post, or answered without the site, need not stand there.
	if (!isSent && found.length === 0) return []
	const isSame = inOrder(found) === inOrder(permitted)
	return isSame ? [] : [`recorded as permitted ${JSON.stringify(found)}, decided ${JSON.stringify(permitted)}`]
}

/** The record cuts what is very long. */
const inOrder = (lines: readonly string[]): string =>
	lines
		.map((line) => line.slice(0, 400))
		.toSorted()
		.join('\n')
