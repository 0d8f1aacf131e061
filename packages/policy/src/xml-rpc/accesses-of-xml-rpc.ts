import { fail, ok, type Result } from '@postern/vocabulary'
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
	const asked = methodRules.get(method.name)?.(params, site)
	if (asked === undefined) return fail('application-password/not-allowed-here')
	if (!asked.ok) return asked
	if (asked.value.some(({ needs }) => needs.length === 0)) return fail('application-password/not-allowed-here')
	return ok(asked.value.map((one) => ({ ...one, isWrite: method.access === 'write' })))
}
