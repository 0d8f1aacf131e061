import { accessesOfXmlRpc, decide, nameXmlRpcCall, type Permit, type XmlRpcGatewayRequest } from '@postern/policy'
import { fail, type Problem, type Result } from '@postern/vocabulary'
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
	return {
		permit: inTheWay ?? only,
		refused: decided.map((one) => (one.ok ? undefined : one.problem)),
		records: request.calls.map((call, at) => recordOf(call, decided[at])),
	}
}

/** What is recorded of calls on which nobody decides. */
export function recordsOf({ calls }: XmlRpcGatewayRequest): readonly XmlRpcRecord[] {
	return calls.map((call) => recordOf(call, undefined))
}

function recordOf(call: XmlRpcGatewayRequest['calls'][number], decided: Result<Permit> | undefined): XmlRpcRecord {
	const scopes = decided?.ok === true ? decided.value.scopes : []
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
