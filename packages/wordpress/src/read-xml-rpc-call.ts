import { hasText, only, readValue, xmlRpcRules } from './read-xml-rpc-value.ts'
import { isXmlRpcArray, isXmlRpcStruct, type XmlRpcValue } from './xml-rpc-value.ts'
import { isLongerThan, readXmlTree, type XmlElement, type XmlRefusal } from './xml-tree.ts'

export type XmlRpcCall = {
	readonly kind: 'call'
	readonly method: string
	readonly params: readonly XmlRpcValue[]
}

/** What is wrong with a document, as one word; of all of them only the fault is told to the caller. */
export type XmlRpcReason =
	| XmlRefusal
	| 'empty'
	| 'foreign-root'
	| 'not-a-call'
	| 'method'
	| 'stray'
	| 'value'
	| 'unwrapped'
	| 'too-many-calls'

export type XmlRpcRefusal = {
	readonly kind: 'refused'
	readonly fault: -32_700 | -32_600 | -32_602
	readonly status: 200 | 400 | 413
	readonly reason: XmlRpcReason
}

export type XmlRpcRequest = XmlRpcCall | XmlRpcRefusal

type Options = {
	readonly maxElements?: number
	/** Calls inside one `system.multicall`. */
	readonly maxCalls?: number
}

/**
 * Reads a `methodCall` by the strict grammar, so that no parameter can stand elsewhere for WordPress than it does for us: one
 * `methodName`, then at most one `params`; every value typed, or untyped and not blank; nothing anywhere else. 10,000 elements,
 * 32 nested values, names of 64 bytes, texts of 1 MiB characters and 8 MiB in all (`base64` apart), 50 calls of a multicall.
 * UTF-8 only. The size of the whole is the asker's business. Strings are as sent: WordPress trims those in `<string>`.
 */
export function readXmlRpcCall(document: string | Uint8Array, options: Options = {}): XmlRpcRequest {
	const text = typeof document === 'string' ? document : decode(document)
	if (text === undefined) return refusals.encoding
	if (!/\S/.test(text)) return refusals.empty
	if (isTooMuch(text)) return refusals.bound
	const tree = readXmlTree(text, { ...xmlRpcRules, elements: options.maxElements ?? xmlRpcRules.elements })
	if (!tree.ok) return refusals[tree.reason]
	if (tree.root.name === 'methodResponse' || tree.root.name === 'fault') return refusals['not-a-call']
	if (tree.root.name !== 'methodCall') return refusals['foreign-root']
	return readCall(tree.root, options.maxCalls ?? maxCalls)
}

const maxCalls = 50

/** Whoever sends it has not logged in yet, and nobody else is served while it is parsed. Base64 is passed by at once. */
function isTooMuch(text: string): boolean {
	let length = text.length
	if (length <= mostText) return false
	for (const match of text.matchAll(/<base64>/g)) {
		const start = match.index + match[0].length
		const end = text.indexOf('<', start)
		if (end > 0 && !/[^A-Za-z0-9+/=\t\n\r ]/.test(text.slice(start, end))) length -= end - start
	}
	return length > mostText
}

const mostText = 8_388_608

function refusal(reason: XmlRpcReason, fault: XmlRpcRefusal['fault'], status: XmlRpcRefusal['status']): XmlRpcRefusal {
	return { kind: 'refused', fault, status, reason }
}

/** WordPress answers its own faults with HTTP 200, and so do we (case 195); where only we refuse, the status says so too. */
const refusals: Readonly<Record<XmlRpcReason, XmlRpcRefusal>> = {
	empty: refusal('empty', -32_700, 200),
	malformed: refusal('malformed', -32_700, 200),
	doctype: refusal('doctype', -32_700, 200),
	instruction: refusal('instruction', -32_700, 200),
	encoding: refusal('encoding', -32_700, 200),
	'foreign-root': refusal('foreign-root', -32_700, 200),
	'not-a-call': refusal('not-a-call', -32_600, 200),
	bound: refusal('bound', -32_600, 413),
	method: refusal('method', -32_600, 400),
	'too-many-calls': refusal('too-many-calls', -32_600, 400),
	stray: refusal('stray', -32_602, 400),
	value: refusal('value', -32_602, 400),
	unwrapped: refusal('unwrapped', -32_602, 400),
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(document: Uint8Array): string | undefined {
	try {
		return utf8.decode(document)
	} catch {
		return undefined
	}
}

function readCall(root: XmlElement, limit: number): XmlRpcRequest {
	const [name, list, ...more] = root.children
	if (name?.name !== 'methodName' || name.children.length > 0 || isUnknown(list)) return refusals.method
	// WordPress takes the last name, and values from anywhere.
	if (hasText(root) || more.length > 0 || (list !== undefined && list.name !== 'params')) return refusals.stray
	const method = name.text.trim()
	if (method === '') return refusals.method
	if (isLongerThan(xmlRpcRules.nameLength, method)) return refusals.bound
	const params = list === undefined ? [] : readParams(list)
	if ('kind' in params) return params
	const refused = method === 'system.multicall' ? checkMulticall(params, limit) : checkShift(params)
	return refused ?? { kind: 'call', method, params }
}

/** An element that means nothing to XML-RPC, unlike one that stands in the wrong place. */
function isUnknown(element: XmlElement | undefined): boolean {
	return element !== undefined && !['methodName', 'params', 'param', 'value'].includes(element.name)
}

function readParams(list: XmlElement): readonly XmlRpcValue[] | XmlRpcRefusal {
	if (hasText(list)) return refusals.stray
	const params: XmlRpcValue[] = []
	for (const param of list.children) {
		const value = param.name === 'param' ? only(param, 'value') : undefined
		if (value === undefined) return refusals.stray
		const read = readValue(value, readUntyped)
		if (read === undefined) return refusals.value
		params.push(read)
	}
	return params
}

/** WordPress drops a blank untyped value, and every later one moves up. */
function readUntyped(text: string): string | undefined {
	return /\S/.test(text) ? text : undefined
}

function checkMulticall(params: readonly XmlRpcValue[], limit: number): XmlRpcRefusal | undefined {
	const [calls] = params
	if (calls === undefined || params.length > 1 || !isXmlRpcArray(calls)) return refusals.value
	return calls.length > limit ? refusals['too-many-calls'] : undefined
}

/** WordPress takes a single array, or a struct numbered like one, for the list of parameters. */
function checkShift(params: readonly XmlRpcValue[]): XmlRpcRefusal | undefined {
	return isWrapped(params) || params.some(isNumbered) ? refusals.unwrapped : undefined
}

function isWrapped(params: readonly XmlRpcValue[]): boolean {
	const [first] = params
	return params.length === 1 && first !== undefined && (isXmlRpcArray(first) || isXmlRpcStruct(first))
}

/** PHP turns a member that is called like a whole number into a position. */
function isNumbered(value: XmlRpcValue): boolean {
	return isXmlRpcStruct(value) && Object.keys(value).some((name) => /^(?:0|-?[1-9]\d*)$/.test(name))
}

export type XmlRpcSubCall = XmlRpcCall | { readonly kind: 'refused'; readonly fault: -32_600 | -32_602 | 400 }

/**
 * Reads one entry of `system.multicall`, which is refused in place, not with the whole: a multicall inside another with -32600
 * (case 207), an entry without `params`, on which WordPress breaks down, with 400 (case 209).
 */
export function readXmlRpcSubCall(entry: XmlRpcValue): XmlRpcSubCall {
	if (!isXmlRpcStruct(entry)) return refuseSubCall(-32_602)
	const { methodName, params } = entry
	const method = typeof methodName === 'string' ? methodName.trim() : ''
	if (method === '' || method === 'system.multicall' || isLongerThan(xmlRpcRules.nameLength, method))
		return refuseSubCall(-32_600)
	if (params === undefined) return refuseSubCall(400)
	if (!isXmlRpcArray(params) || checkShift(params) !== undefined) return refuseSubCall(-32_602)
	return { kind: 'call', method, params }
}

function refuseSubCall(fault: -32_600 | -32_602 | 400): XmlRpcSubCall {
	return { kind: 'refused', fault }
}
