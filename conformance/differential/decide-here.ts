import type * as Policy from '@postern/policy'
import type { Permit, PostCondition, RestRequest, SiteFacts, XmlRpcGatewayRequest } from '@postern/policy'
import type { Failure, Result, Scope } from '@postern/vocabulary'
import type { Generated } from './generate.ts'
import type { WireRequest } from './raw-connection.ts'

export type { Policy }

/** What policy makes of a request, asked for here, beside the gateway that asks it as well. */
export type Decision =
	| { readonly kind: 'refused'; readonly code: string }
	| { readonly kind: 'rest'; readonly permit: Permit<RestRequest> }
	| { readonly kind: 'xml-rpc'; readonly permit: Permit<XmlRpcGatewayRequest> }

export type Grant = { readonly scopes: ReadonlySet<Scope>; readonly site: SiteFacts; readonly connectorId: string }

export function decideHere(policy: typeof Policy, generated: Generated, grant: Grant): Decision {
	if (generated.kind === 'xml-rpc') return decideXmlRpc(policy, generated.wire, grant)
	const request = readRest(policy, generated.wire)
	if (!request.ok) return refused(request)
	const permit = decideRest(policy, request.value, grant)
	return permit.ok ? { kind: 'rest', permit: permit.value } : refused(permit)
}

/** Whether a request that was read (or that WordPress says it ran) is granted. */
export function decideRest(policy: typeof Policy, request: RestRequest, grant: Grant): Result<Permit<RestRequest>> {
	const accesses = policy.accessesOfRest(request, grant.site)
	return accesses.ok
		? policy.decide(callerOf(grant), grant.connectorId, { request, accesses: accesses.value })
		: accesses
}

const callerOf = ({ scopes }: Grant): Policy.Principal => ({ kind: 'caller', scopes, connectors: 'all' })
const refused = ({ problem }: Failure): Decision => ({ kind: 'refused', code: problem.code })

function readRest(policy: typeof Policy, { method, target, headers, body }: WireRequest): Result<RestRequest> {
	const hasLength = headers.some(([name]) => name.toLowerCase() === 'content-length')
	const length = body === undefined || hasLength ? [] : ['Content-Length', String(body.byteLength)]
	const head = policy.readRestHead({ method, target, rawHeaders: [...headers.flat(), ...length] })
	if (!head.ok) return head
	const { kind } = head.value.expects
	const isRead = kind === 'json' || kind === 'form'
	return isRead
		? policy.withFields(head.value, body ?? new Uint8Array())
		: { ok: true, value: policy.withoutFields(head.value) }
}

/** What the query says is for nobody: a document is posted, whatever stands there. */
const callPath = /^\/xmlrpc\.php(?:\?|$)/

function decideXmlRpc(policy: typeof Policy, { method, target, body }: WireRequest, grant: Grant): Decision {
	if (method !== 'POST' || !callPath.test(target)) return { kind: 'refused', code: 'no call' }
	const read = policy.readXmlRpcRequest(body ?? new Uint8Array())
	if (read.kind === 'refused') return { kind: 'refused', code: `fault ${read.fault}` }
	if (read.refusedCalls.some((one) => one !== undefined)) return { kind: 'refused', code: 'call refused' }
	// What says nothing of the site is answered here, and never leaves.
	const calls = read.request.calls.filter((call) => policy.answerLocally(call) === undefined)
	if (calls.length === 0) return { kind: 'refused', code: 'answered here' }
	const permit = decideCalls(policy, { ...read.request, calls }, grant)
	return permit.ok ? { kind: 'xml-rpc', permit: permit.value } : refused(permit)
}

/** Whether all calls that were read are granted. */
export function decideCalls(
	policy: typeof Policy,
	request: XmlRpcGatewayRequest,
	grant: Grant,
): Result<Permit<XmlRpcGatewayRequest>> {
	const accesses: Policy.Access[] = []
	for (const one of policy.accessesOfXmlRpc(request, grant.site)) {
		if (!one.ok) return one
		accesses.push(...one.value)
	}
	return policy.decide(callerOf(grant), grant.connectorId, { request, accesses })
}

export function conditionsOf(decision: Decision): readonly PostCondition[] {
	return decision.kind === 'refused' ? [] : decision.permit.conditions.flat()
}
