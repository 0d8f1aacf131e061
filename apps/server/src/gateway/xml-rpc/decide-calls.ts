import {
	accessesOfXmlRpc,
	decide,
	nameXmlRpcCall,
	type Permit,
	type XmlRpcGatewayCall,
	type XmlRpcGatewayRequest,
} from '@postern/policy'
import { fail, type Problem, type Result, type Scope } from '@postern/vocabulary'
import { missingOf } from '../asked-calls.ts'
import type { XmlRpcDecision, XmlRpcRecord, XmlRpcVisit } from './ports.ts'

export type DecidedCalls = XmlRpcDecision & {
	/** One for each call; undefined where it is granted. */
	readonly refused: readonly (Problem | undefined)[]
}

/** Decides on all calls or none, and tells which of them are in the way. */
export function decideCalls(
	request: XmlRpcGatewayRequest,
	{ principal, connectorId, site }: Parameters<XmlRpcVisit['decide']>[0],
): DecidedCalls {
	const accesses = accessesOfXmlRpc(request, site)
	const decided = accesses.map((asked): Result<Permit<XmlRpcGatewayRequest>> =>
		asked.ok ? decide(principal, connectorId, { request, accesses: asked.value }) : asked,
	)
	const all = accesses.flatMap((asked) => (asked.ok ? asked.value : []))
	const [first] = decided
	const inTheWay = decided.find((one) => !one.ok)
	const only =
		decided.length === 1 && first !== undefined ? first : decide(principal, connectorId, { request, accesses: all })
	const permit = inTheWay ?? only
	return {
		permit,
		refused: decided.map((one) => (one.ok ? undefined : one.problem)),
		records: request.calls.map((call, at) => recordOf(call, scopesOf(decided[at], permit.ok))),
	}
}

/** What is recorded of calls on which nobody decides. */
export function recordsOf({ calls }: XmlRpcGatewayRequest): readonly XmlRpcRecord[] {
	return calls.map((call) => recordOf(call, []))
}

/** What a call takes, or lacks; what was refused for another's sake lacks nothing. */
function scopesOf(decided: Result<Permit> | undefined, isPermitted: boolean): readonly Scope[] {
	if (decided === undefined) return []
	if (!decided.ok) return missingOf(decided.problem)
	return isPermitted ? decided.value.scopes : []
}

function recordOf(call: XmlRpcGatewayCall, scopes: readonly Scope[]): XmlRpcRecord {
	return { route: `xmlrpc.php ${nameXmlRpcCall(call)}`, scopes, isWrite: call.method.access === 'write' }
}

/** For calls that could not be read beside others that could: nothing of it is sent, and that is what is recorded. */
export function refuseCalls({ calls }: XmlRpcGatewayRequest): DecidedCalls {
	return {
		permit: fail('gateway/body-malformed'),
		refused: calls.map(() => undefined),
		records: [{ route: 'xmlrpc.php system.multicall', scopes: [], isWrite: false }],
	}
}
