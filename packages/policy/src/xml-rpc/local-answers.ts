import { xmlRpcMethods, type XmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import type { XmlRpcGatewayCall } from '../request.ts'
import type { XmlRpcFault } from './xml-rpc-fault.ts'

/**
 * Answers what takes no credentials and says nothing of a site, so that it never leaves. Undefined for what a site has to be
 * asked.
 */
export function answerLocally({ method, params }: XmlRpcGatewayCall): { value: XmlRpcValue } | XmlRpcFault | undefined {
	const { name } = method
	if (name === 'system.listMethods' || name === 'mt.supportedMethods') return { value: listed }
	if (name === 'system.getCapabilities') return { value: capabilities }
	if (name === 'mt.supportedTextFilters') return { value: [] }
	if (name === 'demo.sayHello') return { value: 'Hello!' }
	if (name === 'demo.addTwoNumbers') return addTwoNumbers(params)
	return method.credentials === null ? refused : undefined
}

const unreachable = ['pingback.ping', 'pingback.extensions.getPingbacks', 'mt.getTrackbackPings']
/** What may be called here, whatever the password. */
const listed = xmlRpcMethods.map(({ name }) => name).filter((name) => !unreachable.includes(name))
/** As WordPress tells one who is not allowed. The first of them would make the site ask others (T36). */
const refused: XmlRpcFault = { fault: 401, message: 'This method is not available through Postern.' }

const capabilities: XmlRpcStruct = {
	xmlrpc: { specUrl: 'http://www.xmlrpc.com/spec', specVersion: 1 },
	faults_interop: {
		specUrl: 'http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php',
		specVersion: 20_010_516,
	},
	'system.multicall': { specUrl: 'http://www.xmlrpc.com/discuss/msgReader$1208', specVersion: 1 },
}

function addTwoNumbers([one, other]: readonly XmlRpcValue[]): { value: XmlRpcValue } | XmlRpcFault {
	if (Number.isInteger(one) && Number.isInteger(other)) return { value: Number(one) + Number(other) }
	return { fault: 400, message: 'Invalid arguments passed to this XML-RPC method. Requires two integers.' }
}
