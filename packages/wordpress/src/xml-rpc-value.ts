/** A `dateTime.iso8601` reads as its text. */
export type XmlRpcValue =
	| string
	| number
	| boolean
	| Uint8Array
	| readonly XmlRpcValue[]
	| { readonly [name: string]: XmlRpcValue }
