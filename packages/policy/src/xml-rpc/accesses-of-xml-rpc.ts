import { fail, ok, type Result } from '@postern/vocabulary'
import { isXmlRpcArray, isXmlRpcStruct, XmlRpcBase64, type XmlRpcValue } from '@postern/wordpress'
import type { Access, SiteFacts } from '../access.ts'
import type { XmlRpcGatewayCall, XmlRpcGatewayRequest } from '../request.ts'
import { methodRules } from './method-rules.ts'

/**
 * Names what each call does. Fails with `application-password/not-allowed-here` where no scope admits to it,
 * `gateway/parameter-refused` where a parameter is not what the method takes, `gateway/parameter-conflict` where a post is named
 * twice and not the same.
 */
export function accessesOfXmlRpc(
	{ calls }: Pick<XmlRpcGatewayRequest, 'calls'>,
	site: SiteFacts,
): readonly Result<readonly Access[]>[] {
	return calls.map((call) => accessesOfCall(call, site))
}

function accessesOfCall({ method, params }: XmlRpcGatewayCall, site: SiteFacts): Result<readonly Access[]> {
	if (holdsStrayBytes(method.name, params)) return fail('gateway/parameter-refused', { params: { name: 'base64' } })
	const asked = methodRules.get(method.name)?.(params, site)
	if (asked === undefined) return fail('application-password/not-allowed-here')
	if (!asked.ok) return asked
	if (asked.value.some(({ needs }) => needs.length === 0)) return fail('application-password/not-allowed-here')
	return ok(asked.value.map((one) => ({ ...one, isWrite: method.access === 'write' })))
}

/** WordPress takes bytes for a text wherever they stand; nobody looks into them here, and so only a file may bring them. */
function holdsStrayBytes(method: string, params: readonly XmlRpcValue[]): boolean {
	const isUpload = method === 'wp.uploadFile' || method === 'metaWeblog.newMediaObject'
	const [, , , data] = params
	if (!isUpload || data === undefined || !isXmlRpcStruct(data)) return params.some(holdsBytes)
	return Object.entries(data).some(([name, value]) => name !== 'bits' && holdsBytes(value))
}

function holdsBytes(value: XmlRpcValue): boolean {
	if (typeof value !== 'object') return false
	if (isXmlRpcArray(value)) return value.some(holdsBytes)
	return value instanceof XmlRpcBase64 || (isXmlRpcStruct(value) && Object.values(value).some(holdsBytes))
}
