import { XmlRpcBase64, XmlRpcDate, type XmlRpcValue } from './xml-rpc-value.ts'
import type { XmlRules, XmlElement } from './xml-tree.ts'

const valueDepth = 32

/** 32 nested values; each stands in two more elements (array and data, struct and member), inside four of the envelope. */
export const xmlRpcRules: XmlRules = {
	elements: 10_000,
	depth: valueDepth * 3 + 6,
	nameLength: 64,
	textLength: 1_048_576,
	anyEncoding: false,
}

/** As PHP's `trim`, which leaves the white space that only Unicode knows. */
export function trimAsPhp(text: string): string {
	let start = 0
	let end = text.length
	while (start < end && isBlank(text.charCodeAt(start))) start += 1
	while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
	return start === 0 && end === text.length ? text : text.slice(start, end)
}

/** Those of PHP's that XML can carry. */
function isBlank(code: number): boolean {
	return code === 32 || code === 9 || code === 10 || code === 13
}

/** The single child, or undefined when there are none, several, stray text or another name. */
export function only(element: XmlElement | undefined, name?: string): XmlElement | undefined {
	if (element === undefined || element.children.length !== 1 || hasText(element)) return undefined
	const child = element.children[0]
	return name === undefined || child?.name === name ? child : undefined
}

export function hasText(element: XmlElement): boolean {
	return /\S/.test(element.text)
}

/**
 * Reads the content of a `value`: every element in its place, no stray text, no unknown type, no member twice. An untyped value
 * is a string; how an empty one reads is the second argument's business.
 */
export function readValue(
	element: XmlElement,
	readUntyped: (text: string) => string | undefined,
): XmlRpcValue | undefined {
	if (element.children.length === 0) return readUntyped(element.text)
	const typed = only(element)
	if (typed?.name === 'array') return readArray(typed, readUntyped)
	if (typed?.name === 'struct') return readStruct(typed, readUntyped)
	return typed?.children.length === 0 ? readScalar(typed.name, typed.text) : undefined
}

function readScalar(type: string, text: string): XmlRpcValue | undefined {
	if (type === 'string') return text
	if (type === 'base64') return XmlRpcBase64.read(text)
	const trimmed = text.trim()
	if (type === 'int' || type === 'i4') return /^[+-]?\d{1,15}$/.test(trimmed) ? Number(trimmed) : undefined
	if (type === 'boolean') return trimmed === '1' ? true : trimmed === '0' ? false : undefined
	if (type === 'double') return readDouble(trimmed)
	if (type === 'dateTime.iso8601') return /^[\dT:Z+-]{8,32}$/.test(trimmed) ? new XmlRpcDate(trimmed) : undefined
	return undefined
}

function readDouble(text: string): number | undefined {
	const value = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
	return Number.isFinite(value) ? value : undefined
}

type ReadUntyped = Parameters<typeof readValue>[1]

function readArray(element: XmlElement, readUntyped: ReadUntyped): XmlRpcValue | undefined {
	const data = only(element, 'data')
	if (data === undefined || hasText(data)) return undefined
	const values: XmlRpcValue[] = []
	for (const child of data.children) {
		const value = child.name === 'value' ? readValue(child, readUntyped) : undefined
		if (value === undefined) return undefined
		values.push(value)
	}
	return values
}

function readStruct(element: XmlElement, readUntyped: ReadUntyped): XmlRpcValue | undefined {
	if (hasText(element)) return undefined
	const members = new Map<string, XmlRpcValue>()
	for (const member of element.children) {
		const [name, value] = member.children
		if (member.name !== 'member' || member.children.length !== 2 || hasText(member)) return undefined
		if (name?.name !== 'name' || name.children.length > 0) return undefined
		// WordPress trims names, so that two spellings would be one member.
		const key = trimAsPhp(name.text)
		if (members.has(key)) return undefined
		const read = value?.name === 'value' ? readValue(value, readUntyped) : undefined
		if (read === undefined) return undefined
		members.set(key, read)
	}
	return Object.fromEntries(members)
}
