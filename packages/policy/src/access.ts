import type { Role, Scope } from '@postern/vocabulary'

/** What has to be so on the site. Every member that is given has to hold. */
export type PostCondition = {
	readonly id: number
	/** How to ask: over REST below this base, or over XML-RPC, where an id tells nothing of the type. */
	readonly lookUp:
		| {
				readonly kind: 'rest'
				readonly restBase: string
				/** It has to have this revision: WordPress before 6.5 takes one of any other post as well. */
				readonly revision?: number
		  }
		| { readonly kind: 'xml-rpc' }
	/** WordPress' names: `post`, `page`, `attachment` … */
	readonly types?: readonly string[]
	readonly statuses?: readonly string[]
	/** The author is the account that Postern is there. */
	readonly isOwn?: true
}

/** One way to be admitted: all of these scopes, and then the condition. */
export type Need = { readonly scopes: readonly Scope[]; readonly when?: PostCondition }

/** One thing that a request does. Any one of its needs admits; without any, nothing does. */
export type Access = {
	readonly needs: readonly Need[]
	readonly isWrite: boolean
	/** What is only added to the answer (`_embed`): where it is not granted, it is left out, and the rest goes on. */
	readonly embeds?: string
}

/** What policy has to know of a site. */
export type SiteFacts = {
	/** The account's there. */
	readonly capabilities: ReadonlySet<string>
	readonly userId: number
	/** Custom ones, by the base of their routes. */
	readonly postTypes: ReadonlyMap<string, { readonly name: string }>
	/** Custom ones, as well. Where a base is that of a type, too, it is the type's. */
	readonly taxonomies: ReadonlyMap<string, { readonly name: string }>
}

/** Whoever wants to reach a site. */
export type Principal =
	| { readonly kind: 'caller'; readonly scopes: ReadonlySet<Scope>; readonly connectors: 'all' | readonly string[] }
	| { readonly kind: 'member'; readonly role: Role }
	| { readonly kind: 'postern'; readonly purpose: 'health' | 'rotation' | 'revocation' }

declare const decided: unique symbol

/** Leave to do one thing on one site. Only `decide` makes one. */
export type Permit<Request = unknown> = {
	readonly connectorId: string
	readonly request: Request
	readonly isWrite: boolean
	/** Those that admitted it, for the record. */
	readonly scopes: readonly Scope[]
	/** One of each list has to hold. */
	readonly conditions: readonly (readonly PostCondition[])[]
	/** Relations that `_embed` must not bring. */
	readonly leftOut: readonly string[]
	readonly [decided]: true
}
