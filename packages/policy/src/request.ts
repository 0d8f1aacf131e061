import type { Secret } from '@postern/vocabulary'
import type { XmlRpcMethod, XmlRpcValue } from '@postern/wordpress'

/** As a parameter arrives in JSON; from a query or a form there are only texts, lists and maps of them. */
export type FieldValue =
	| null
	| boolean
	| number
	| string
	| readonly FieldValue[]
	| { readonly [name: string]: FieldValue }
/** Parameters by name, each once. */
export type Fields = ReadonlyMap<string, FieldValue>

export type RestMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What arrived, before any of its body is read. */
export type RestWire = {
	/** The request's method, as it stands in the request line. */
	readonly method: string
	/** Path and query as they arrived, without the gateway's address of the site in front: `/wp-json/wp/v2/posts?page=2`. */
	readonly target: string
	/** Names and values in turn, as they arrived. */
	readonly rawHeaders: readonly string[]
}

/** A request to a REST API but for its body. */
export type RestHead = {
	/** The one that WordPress would run: `_method` and `X-HTTP-Method-Override` are settled. */
	readonly method: RestMethod
	/** Decoded, `wp`, `v2`, `posts`, `7`; none for the index. Core routes in WordPress' own letter case. */
	readonly segments: readonly string[]
	/** Without what only says how to route: `rest_route`, `_method`. */
	readonly query: Fields
	readonly expects: BodyKind
}

/** `file` and `form-with-file` (uploads of media) are streamed, what is read is bounded. */
export type BodyKind =
	| { readonly kind: 'none' }
	| { readonly kind: 'json'; readonly maxBytes: number }
	/** With a boundary where it is multipart. */
	| { readonly kind: 'form'; readonly maxBytes: number; readonly boundary?: string }
	| { readonly kind: 'file'; readonly contentType: string; readonly filename: string | null }
	| { readonly kind: 'form-with-file'; readonly boundary: string }

export type RestBody =
	| Extract<BodyKind, { kind: 'none' | 'file' | 'form-with-file' }>
	/** Out of JSON or a form, and sent as JSON. */
	| { readonly kind: 'fields'; readonly fields: Fields }
	| {
			readonly kind: 'batch'
			readonly validation: 'require-all-validate' | 'normal'
			readonly requests: readonly RestRequest[]
	  }

/** A request to a REST API in the only form that is decided on and sent. */
export type RestRequest = Omit<RestHead, 'expects'> & { readonly kind: 'rest'; readonly body: RestBody }

export type XmlRpcGatewayCall = {
	readonly method: XmlRpcMethod
	/** All of them; where the credentials stood there are empty texts. */
	readonly params: readonly XmlRpcValue[]
}

/** An XML-RPC request in the only form that is decided on and sent. */
export type XmlRpcGatewayRequest = {
	readonly kind: 'xml-rpc'
	/** Whether the calls came in a `system.multicall`. */
	readonly isMulticall: boolean
	readonly calls: readonly XmlRpcGatewayCall[]
	/** The one pair that all calls brought; undefined where none takes one. */
	readonly credentials: { readonly userId: string; readonly password: Secret } | undefined
}

export type GatewayRequest = RestRequest | XmlRpcGatewayRequest
