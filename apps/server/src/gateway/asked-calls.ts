import type { Permit, RestRequest } from '@postern/policy'
import { isScope, ok, type Problem, type Result, type Scope } from '@postern/vocabulary'
import type { AskedCall } from '../access/record-decision.ts'
import type { Admitted } from './admit.ts'
import { decideOn } from './decide-on.ts'
import type { Received } from './receive.ts'
import { missingScopes } from '../wire/wordpress-problem.ts'

type Asked = { readonly admitted: Admitted; readonly received: Pick<Received, 'method'> }

/** A request as the record names it. Each item of a batch is one of its own, with the scopes that it takes, or lacks. */
export function callsOf(
	read: Result<RestRequest>,
	decision: Result<Permit<RestRequest>>,
	{ admitted, received }: Asked,
): readonly AskedCall[] {
	if (!read.ok || read.value.body.kind !== 'batch') return [callOf(read, decision, received.method)]
	return read.value.body.requests.map((item) => {
		const own = decideOn(ok(item), admitted)
		const call = callOf(ok(item), own, item.method)
		return own.ok && !decision.ok ? { ...call, scopes: [] } : call
	})
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What cannot be read has no route that anybody could name. */
export function callOf(
	read: Result<Pick<RestRequest, 'method' | 'segments'>>,
	decision: Result<Pick<Permit, 'scopes' | 'isWrite'>>,
	received: string,
): AskedCall {
	const method = read.ok ? read.value.method : received
	const route = read.ok ? `/${read.value.segments.join('/')}` : ''
	if (!decision.ok) return { method, route, scopes: missingOf(decision.problem), isWrite: !reading.has(method) }
	const { scopes, isWrite } = decision.value
	return { method, route, scopes, isWrite }
}

/** Of a refusal: the scopes that would have been needed. */
export function missingOf(problem: Problem): readonly Scope[] {
	return missingScopes(problem).filter(isScope)
}
