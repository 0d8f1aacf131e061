import {
	isXmlRpcArray,
	readXmlRpcSubCall,
	type XmlRpcCall,
	type XmlRpcStruct,
	type XmlRpcValue,
} from '@postern/wordpress'
import type { Grants, User } from '../types.ts'
import type { Logins } from './login.ts'
import type { Method } from './methods.ts'
import { fault, give, tooFewArguments, unknownMethod, type Fault, type MethodOutcome } from './outcome.ts'

export type Desk<U extends User, G extends Grants> = {
	readonly methods: ReadonlyMap<string, Method<U, G>>
	readonly logins: Logins<U, G>
}

/** Calls one method, or each of a `system.multicall` in turn. */
export async function callMethod<U extends User, G extends Grants>(
	{ method, params }: XmlRpcCall,
	desk: Desk<U, G>,
): Promise<MethodOutcome> {
	if (method === 'system.listMethods') return give([...system, ...desk.methods.keys()])
	if (method === 'system.getCapabilities') return give(capabilities)
	if (method === 'system.multicall') return multicall(params, desk)
	const found = desk.methods.get(method)
	if (found === undefined) return unknownMethod
	if (found.userAt === null) return found.run(params)
	if (params.length < found.least) return tooFewArguments
	const login = await desk.logins.prove(params[found.userAt], params[found.userAt + 1])
	return login.ok ? found.run(login.caller, params) : login
}

/** In place: a value as an array of one, a fault as a struct. Later calls go on after a fault. */
async function multicall<U extends User, G extends Grants>(
	[calls]: readonly XmlRpcValue[],
	desk: Desk<U, G>,
): Promise<MethodOutcome> {
	const answers: XmlRpcValue[] = []
	for (const entry of calls !== undefined && isXmlRpcArray(calls) ? calls : []) {
		const call = readXmlRpcSubCall(entry)
		// One after the other: the first login that fails stops all later ones.
		const outcome = call.kind === 'call' ? await callMethod(call, desk) : refusals[call.fault]
		answers.push(outcome.ok ? [outcome.value] : { faultCode: outcome.fault, faultString: outcome.message })
	}
	return give(answers)
}

const refusals: Readonly<Record<-32_600 | -32_602 | 400, Fault>> = {
	[-32_600]: fault(-32_600, 'Recursive calls to system.multicall are forbidden'),
	[-32_602]: fault(-32_602, 'server error. invalid method parameters'),
	400: tooFewArguments,
}

const system = ['system.multicall', 'system.listMethods', 'system.getCapabilities']

const capabilities: XmlRpcStruct = {
	xmlrpc: { specUrl: 'http://www.xmlrpc.com/spec', specVersion: 1 },
	faults_interop: {
		specUrl: 'http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php',
		specVersion: 20_010_516,
	},
	'system.multicall': { specUrl: 'http://www.xmlrpc.com/discuss/msgReader$1208', specVersion: 1 },
}
