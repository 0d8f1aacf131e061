import type { XmlRpcValue } from './xml-rpc-value.ts'
import { readXmlTree, type XmlElement } from './xml-tree.ts'

export type XmlRpcAnswer =
	| { readonly kind: 'value'; readonly value: XmlRpcValue }
	| { readonly kind: 'fault'; readonly code: number; readonly message: string }
	| { readonly kind: 'malformed' }

const VALUE_DEPTH = 32
// Each nested value stands in two more elements (array and data, struct and member), inside four of the envelope.
const BOUNDS = { elements: 10_000, depth: VALUE_DEPTH * 3 + 6 }
const MALFORMED: XmlRpcAnswer = { kind: 'malformed' }

/**
 * Reads a `methodResponse` by the strict grammar: every element in its place, no stray text, no duplicate members, 10,000
 * elements and 32 nested values at most. A byte order mark and blank lines in front are forgiven. The size is the asker's business.
 */
export function readXmlRpcResponse(text: string): XmlRpcAnswer {
	const root = readXmlTree(text.replace(/^[\uFEFF\s]+/u, ''), BOUNDS)
	const content = root?.name === 'methodResponse' ? only(root) : undefined
	if (content?.name === 'fault') return readFault(content)
	if (content?.name !== 'params') return MALFORMED
	const value = readOnlyValue(only(content, 'param'), 0)
	return value === undefined ? MALFORMED : { kind: 'value', value }
}

function readFault(fault: XmlElement): XmlRpcAnswer {
	const value = readOnlyValue(fault, 0)
	if (typeof value !== 'object' || value instanceof Uint8Array || isList(value)) return MALFORMED
	const { faultCode, faultString } = value
	if (typeof faultCode !== 'number' || typeof faultString !== 'string') return MALFORMED
	return { kind: 'fault', code: faultCode, message: faultString }
}

/** The single child, or undefined when there are none, several, stray text or another name. */
function only(element: XmlElement | undefined, name?: string): XmlElement | undefined {
	if (element === undefined || element.children.length !== 1 || element.text.trim() !== '') return undefined
	const child = element.children[0]
	return name === undefined || child?.name === name ? child : undefined
}

function readOnlyValue(element: XmlElement | undefined, depth: number): XmlRpcValue | undefined {
	const value = only(element, 'value')
	return value === undefined ? undefined : readValue(value, depth)
}

function readValue(element: XmlElement, depth: number): XmlRpcValue | undefined {
	if (depth > VALUE_DEPTH) return undefined
	if (element.children.length === 0) return element.text
	const typed = only(element)
	if (typed === undefined) return undefined
	if (typed.name === 'array') return readArray(typed, depth)
	if (typed.name === 'struct') return readStruct(typed, depth)
	return typed.children.length === 0 ? readScalar(typed.name, typed.text) : undefined
}

function readScalar(type: string, text: string): XmlRpcValue | undefined {
	const trimmed = text.trim()
	if (type === 'string') return text
	if (type === 'int' || type === 'i4') return /^[+-]?\d{1,15}$/.test(trimmed) ? Number(trimmed) : undefined
	if (type === 'boolean') return trimmed === '1' ? true : trimmed === '0' ? false : undefined
	if (type === 'double') return /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined
	if (type === 'dateTime.iso8601') return /^[\dT:Z+-]{8,32}$/.test(trimmed) ? trimmed : undefined
	return type === 'base64' ? readBase64(trimmed) : undefined
}

function readBase64(text: string): Uint8Array | undefined {
	try {
		return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
	} catch {
		return undefined
	}
}

function readArray(element: XmlElement, depth: number): XmlRpcValue | undefined {
	const data = only(element, 'data')
	if (data === undefined || data.text.trim() !== '') return undefined
	const values: XmlRpcValue[] = []
	for (const child of data.children) {
		const value = child.name === 'value' ? readValue(child, depth + 1) : undefined
		if (value === undefined) return undefined
		values.push(value)
	}
	return values
}

function readStruct(element: XmlElement, depth: number): XmlRpcValue | undefined {
	if (element.text.trim() !== '') return undefined
	const members = new Map<string, XmlRpcValue>()
	for (const member of element.children) {
		const [name, value] = member.children
		if (member.name !== 'member' || member.children.length !== 2 || member.text.trim() !== '') return undefined
		if (name?.name !== 'name' || name.children.length > 0 || members.has(name.text)) return undefined
		const read = value?.name === 'value' ? readValue(value, depth + 1) : undefined
		if (read === undefined) return undefined
		members.set(name.text, read)
	}
	return Object.fromEntries(members)
}

function isList(value: XmlRpcValue): value is readonly XmlRpcValue[] {
	return Array.isArray(value)
}
