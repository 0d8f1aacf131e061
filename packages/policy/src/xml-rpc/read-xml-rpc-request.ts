import { Secret } from '@postern/vocabulary'
import {
	findXmlRpcMethod,
	isXmlRpcArray,
	isXmlRpcStruct,
	readXmlRpcCall,
	readXmlRpcSubCall,
	trimAsPhp,
	type XmlRpcCall,
	type XmlRpcReason,
	type XmlRpcRefusal,
	type XmlRpcValue,
} from '@postern/wordpress'
import type { XmlRpcGatewayCall, XmlRpcGatewayRequest } from '../request.ts'
import { paramsOf } from './method-params.ts'
import { faults, type XmlRpcFault } from './xml-rpc-fault.ts'

export type XmlRpcGatewayRead =
	| {
			readonly kind: 'read'
			readonly request: XmlRpcGatewayRequest
			/** One for each call that came; undefined for those that are in the request, in their order. */
			readonly refusedCalls: readonly (XmlRpcFault | undefined)[]
	  }
	| {
			readonly kind: 'refused'
			readonly fault: XmlRpcRefusal['fault']
			readonly status: XmlRpcRefusal['status']
			readonly reason: XmlRpcReason
	  }

/**
 * Reads a document into what is decided on: calls that WordPress has, texts trimmed as it trims them, the credentials taken out
 * of their places. What is wrong with one call of a multicall is told in its place; all must bring the same credentials.
 */
export function readXmlRpcRequest(
	document: Uint8Array,
	limits: NonNullable<Parameters<typeof readXmlRpcCall>[1]> = {},
): XmlRpcGatewayRead {
	const call = readXmlRpcCall(document, limits)
	if (call.kind === 'refused') return call
	const isMulticall = call.method === 'system.multicall'
	const entries = isMulticall ? entriesOf(call) : [call]
	const login = new Login()
	const read = entries.map((entry) => ('method' in entry ? readCall(entry, login) : entry))
	const calls = read.filter((one) => 'method' in one)
	return {
		kind: 'read',
		request: { kind: 'xml-rpc', isMulticall, calls, credentials: login.credentials },
		refusedCalls: read.map((one) => ('method' in one ? undefined : one)),
	}
}

function entriesOf({ params: [list] }: XmlRpcCall): readonly (XmlRpcCall | XmlRpcFault)[] {
	const entries = list !== undefined && isXmlRpcArray(list) ? list : []
	return entries.map((entry) => {
		const call = readXmlRpcSubCall(entry)
		return call.kind === 'call' ? call : faults[call.fault]
	})
}

function readCall({ method: name, params }: XmlRpcCall, login: Login): XmlRpcGatewayCall | XmlRpcFault {
	const method = findXmlRpcMethod(name)
	if (method === undefined) return faults[-32_601]
	if (params.length < method.minParams) return faults[400]
	const known = params.slice(0, paramsOf(method)).map(trimmed)
	if (method.credentials === null) return { method, params: known }
	const [userAt, passwordAt] = method.credentials
	if (!login.takes(known[userAt], known[passwordAt])) return faults[403]
	return { method, params: known.map((value, at) => (at === userAt || at === passwordAt ? '' : value)) }
}

/** The first pair that is brought; any other is a guess, and none is looked at. */
class Login {
	credentials: XmlRpcGatewayRequest['credentials']

	takes(userId: XmlRpcValue | undefined, password: XmlRpcValue | undefined): boolean {
		if (typeof userId !== 'string' || typeof password !== 'string') return false
		this.credentials ??= { userId, password: new Secret(password) }
		return this.credentials.userId === userId && this.credentials.password.reveal() === password
	}
}

/** WordPress trims every `<string>`, and all texts are sent as such; what it would see is what is decided on. */
function trimmed(value: XmlRpcValue): XmlRpcValue {
	if (typeof value === 'string') return trimAsPhp(value)
	if (typeof value !== 'object') return value
	if (isXmlRpcArray(value)) return value.map(trimmed)
	if (!isXmlRpcStruct(value)) return value
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trimmed(member)]))
}
