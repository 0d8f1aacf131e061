import { only, readValue, xmlRpcRules } from './read-xml-rpc-value.ts'
import { isXmlRpcStruct, type XmlRpcValue } from './xml-rpc-value.ts'
import { readXmlTree, type XmlElement } from './xml-tree.ts'

export type XmlRpcAnswer =
	| { readonly kind: 'value'; readonly value: XmlRpcValue }
	| { readonly kind: 'fault'; readonly code: number; readonly message: string }
	| { readonly kind: 'malformed' }

const MALFORMED: XmlRpcAnswer = { kind: 'malformed' }

/**
 * Reads a `methodResponse` by the strict grammar: every element in its place, no stray text, no duplicate members, 10,000
 * elements (if not told otherwise) and 32 nested values at most. A byte order mark and blank lines in front are forgiven. The
 * size is the asker's business.
 */
export function readXmlRpcResponse(text: string, options: { readonly maxElements?: number } = {}): XmlRpcAnswer {
	const tree = readXmlTree(text, { ...responseRules, elements: options.maxElements ?? responseRules.elements })
	const content = tree.ok && tree.root.name === 'methodResponse' ? only(tree.root) : undefined
	if (content?.name === 'fault') return readFault(content)
	if (content?.name !== 'params') return MALFORMED
	const value = readOnlyValue(only(content, 'param'))
	return value === undefined ? MALFORMED : { kind: 'value', value }
}

// Sites write posts of any length, and the asker has decoded them already.
const responseRules = { ...xmlRpcRules, textLength: Number.POSITIVE_INFINITY, anyEncoding: true }

function readFault(fault: XmlElement): XmlRpcAnswer {
	const value = readOnlyValue(fault)
	if (value === undefined || !isXmlRpcStruct(value)) return MALFORMED
	const { faultCode, faultString } = value
	if (typeof faultCode !== 'number' || typeof faultString !== 'string') return MALFORMED
	return { kind: 'fault', code: faultCode, message: faultString }
}

function readOnlyValue(element: XmlElement | undefined): XmlRpcValue | undefined {
	const value = only(element, 'value')
	return value === undefined ? undefined : readValue(value, (text) => text)
}
