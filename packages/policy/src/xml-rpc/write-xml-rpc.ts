import type { SiteCredential } from '@postern/vocabulary'
import { formatXmlRpcCall, type XmlRpcValue } from '@postern/wordpress'
import type { XmlRpcGatewayCall, XmlRpcGatewayRequest } from '../request.ts'

/** Writes the document anew, with the credential of the site where each method has it. */
export function writeXmlRpc(
	{ isMulticall, calls }: Pick<XmlRpcGatewayRequest, 'isMulticall' | 'calls'>,
	credential: SiteCredential,
): string {
	const [only] = calls
	if (!isMulticall && only !== undefined) return formatXmlRpcCall(only.method.name, withCredential(only, credential))
	const structs = calls.map((call) => ({ methodName: call.method.name, params: withCredential(call, credential) }))
	return formatXmlRpcCall('system.multicall', [structs])
}

function withCredential(
	{ method: { credentials }, params }: XmlRpcGatewayCall,
	{ username, password }: SiteCredential,
): readonly XmlRpcValue[] {
	if (credentials === null) return params
	const [userAt, passwordAt] = credentials
	return params.map((value, at) => (at === userAt ? username : at === passwordAt ? password.reveal() : value))
}
