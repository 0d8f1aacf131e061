import type { FieldValue } from '@postern/policy'
import { isXmlRpcArray, isXmlRpcStruct, XmlRpcBase64, XmlRpcDate, type XmlRpcValue } from '@postern/wordpress'
import type { Json } from './plain-request.ts'

/** In the words that PHP can say: lists and maps are the same, and a map without members is a list. */
export function asPhpSays(value: FieldValue): Json {
	if (typeof value !== 'object' || value === null) return value
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asPhpSays(one)]))
}

export function isSame(left: Json | undefined, right: Json | undefined): boolean {
	if (left === right) return true
	if (typeof left === 'number' && typeof right === 'number') return Math.abs(left - right) <= Math.abs(left) * 1e-12
	if (!isMap(left) || !isMap(right)) return false
	const names = Object.keys(left)
	return (
		names.length === Object.keys(right).length &&
		names.every((name) => isSame(memberOf(left, name), memberOf(right, name)))
	)
}

/** Where the site has made numbers of texts already. */
export function isSameText(left: Json | undefined, right: Json | undefined): boolean {
	if (!isMap(left) || !isMap(right))
		return isSame(left, right) || (!isMap(left) && !isMap(right) && plain(left) === plain(right))
	const names = Object.keys(left)
	return (
		names.length === Object.keys(right).length &&
		names.every((name) => isSameText(memberOf(left, name), memberOf(right, name)))
	)
}

function plain(value: Json | undefined): string {
	if (typeof value === 'boolean') return value ? '1' : '0'
	return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export type JsonMap = Readonly<Record<string, Json>>

export function isMap(value: Json | undefined): value is JsonMap {
	return typeof value === 'object' && value !== null
}

function memberOf(map: JsonMap, name: string): Json | undefined {
	return Object.hasOwn(map, name) ? map[name] : undefined
}

/** As the site notes it. */
export function xmlRpcAsJson(value: XmlRpcValue): Json {
	if (value instanceof XmlRpcDate) return `date:${value.text}`
	if (value instanceof XmlRpcBase64) return noted(Buffer.from(value.text, 'base64'))
	if (isXmlRpcArray(value)) return value.map(xmlRpcAsJson)
	if (isXmlRpcStruct(value))
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, xmlRpcAsJson(one)]))
	// IXR trims what stands in <string>.
	return typeof value === 'string' ? noted(Buffer.from(value.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, ''))) : value
}

/** How the site notes bytes: as they are if they are UTF-8. */
function noted(bytes: Buffer): string {
	const text = bytes.toString()
	return Buffer.from(text).equals(bytes) ? text : `base64:${bytes.toString('base64')}`
}
