import type { WireAnswer } from '@postern/app-passwords'
import type { XmlRpcFault } from '@postern/policy'
import { problems, type Problem } from '@postern/vocabulary'
import { formatXmlRpcFault, formatXmlRpcResponse, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import { sayProblem } from '../../wire/wordpress-problem.ts'

export const xml = { 'content-type': 'text/xml; charset=UTF-8' } as const

/** WordPress' one answer to every login that failed. */
export const loginFailed: XmlRpcFault = { fault: 403, message: 'Incorrect username or password.' }
/** What the other calls of a multicall are told. */
export const notSent: XmlRpcFault = {
	fault: 401,
	message: 'Nothing was sent to the site, because another call of this request was refused.',
}

/**
 * A problem in the numbers of WordPress: 401 for what was not granted (its 403 is a failed login), the status for the rest. The
 * code stands behind the sentence.
 */
export function faultOf(problem: Pick<Problem, 'code' | 'params'>): XmlRpcFault {
	const { status } = problems[problem.code]
	return { fault: status === 403 ? 401 : status, message: `${sayProblem(problem)} (${problem.code})` }
}

export function giveFault({ fault, message }: XmlRpcFault, status = 200): WireAnswer {
	return { status, headers: xml, body: formatXmlRpcFault(fault, message) }
}

/** WordPress answers all faults with 200; where the site is out of reach or somebody has to wait, servers in between shall know. */
export function giveProblem(problem: Pick<Problem, 'code' | 'params'>): WireAnswer {
	const { status, retry } = problems[problem.code]
	const answer = giveFault(faultOf(problem), status >= 500 || told.has(status) ? status : 200)
	return retry === 'after-wait' ? { ...answer, headers: { ...answer.headers, 'retry-after': '30' } } : answer
}

const told: ReadonlySet<number> = new Set([404, 413, 415, 429])

export function giveValue(value: XmlRpcValue): WireAnswer {
	return { status: 200, headers: xml, body: formatXmlRpcResponse(value) }
}

/** As it stands in the answer of a multicall. */
export function structOf({ fault, message }: XmlRpcFault): XmlRpcStruct {
	return { faultCode: fault, faultString: message }
}
