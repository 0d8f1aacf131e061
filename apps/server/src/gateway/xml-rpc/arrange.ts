import type { WireAnswer } from '@postern/app-passwords'
import type { XmlRpcFault, XmlRpcGatewayRequest } from '@postern/policy'
import type { XmlRpcValue } from '@postern/wordpress'
import { giveFault, giveValue, notSent, structOf } from './faults.ts'

type Answered = { readonly value: XmlRpcValue } | XmlRpcFault

/** Puts the answers of calls that were sent, one for each in turn, between those that never left. */
export type Arrange = (sent?: readonly XmlRpcValue[]) => WireAnswer

/** How the answer of a document is put together: what could not be read and what is answered here stands already. */
export function arranging(
	{ isMulticall, calls }: XmlRpcGatewayRequest,
	{
		refusedCalls,
		local,
	}: {
		readonly refusedCalls: readonly (XmlRpcFault | undefined)[]
		readonly local: readonly (Answered | undefined)[]
	},
): Arrange {
	if (!isMulticall) {
		const only = refusedCalls[0] ?? local[0] ?? notSent
		return ([sent] = []) =>
			sent !== undefined ? giveValue(sent) : 'value' in only ? giveValue(only.value) : giveFault(only)
	}
	return (sent = []) => {
		const left = [...sent]
		const ofCalls = calls.map((_, at) => entryOf(local[at]) ?? left.shift() ?? structOf(notSent))
		return giveValue(refusedCalls.map((fault) => entryOf(fault) ?? ofCalls.shift() ?? structOf(notSent)))
	}
}

function entryOf(answered: Answered | undefined): XmlRpcValue | undefined {
	if (answered === undefined) return undefined
	return 'value' in answered ? [answered.value] : structOf(answered)
}
