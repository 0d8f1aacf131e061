/** A `dateTime.iso8601`, as written: XML-RPC says nothing about its time zone, and WordPress writes two kinds. */
export class XmlRpcDate {
	readonly text: string

	constructor(text: string) {
		this.text = text
	}
}

export type XmlRpcValue = string | number | boolean | Uint8Array | XmlRpcDate | readonly XmlRpcValue[] | XmlRpcStruct

export type XmlRpcStruct = { readonly [name: string]: XmlRpcValue }

// Array.isArray does not narrow readonly arrays out of a union.
export function isXmlRpcArray(value: XmlRpcValue): value is readonly XmlRpcValue[] {
	return Array.isArray(value)
}

export function isXmlRpcStruct(value: XmlRpcValue): value is XmlRpcStruct {
	return (
		typeof value === 'object' &&
		!(value instanceof Uint8Array) &&
		!(value instanceof XmlRpcDate) &&
		!isXmlRpcArray(value)
	)
}
