import { formatBase64, tidyBase64 } from './base64.ts'

/** A `dateTime.iso8601`, as written: XML-RPC says nothing about its time zone, and WordPress writes two kinds. */
export class XmlRpcDate {
	readonly text: string

	constructor(text: string) {
		this.text = text
	}
}

/** Bytes, kept as the text of base64 they came in, whose alphabet and padding were checked: attachments are passed on, not looked at. */
export class XmlRpcBase64 {
	/** Without white space. */
	readonly text: string

	private constructor(text: string) {
		this.text = text
	}

	/** Undefined for what is no base64. White space is forgiven, as lines are folded. */
	static read(text: string): XmlRpcBase64 | undefined {
		const tidy = tidyBase64(text)
		return tidy === undefined ? undefined : new XmlRpcBase64(tidy)
	}

	static of(bytes: Uint8Array): XmlRpcBase64 {
		return new XmlRpcBase64(formatBase64(bytes))
	}
}

export type XmlRpcValue = string | number | boolean | XmlRpcBase64 | XmlRpcDate | readonly XmlRpcValue[] | XmlRpcStruct

export type XmlRpcStruct = { readonly [name: string]: XmlRpcValue }

// Array.isArray does not narrow readonly arrays out of a union.
export function isXmlRpcArray(value: XmlRpcValue): value is readonly XmlRpcValue[] {
	return Array.isArray(value)
}

export function isXmlRpcStruct(value: XmlRpcValue): value is XmlRpcStruct {
	return (
		typeof value === 'object' &&
		!(value instanceof XmlRpcBase64) &&
		!(value instanceof XmlRpcDate) &&
		!isXmlRpcArray(value)
	)
}
