import type { EdgeLogin, Transport } from '@postern/wp-client'

/** How a site is reached, besides its address. */
export type Reach = {
	readonly transport: Transport
	/** Of a web server that asks for a login in front of the site. */
	readonly edge: EdgeLogin | undefined
	/** SHA-256 of the one certificate that is trusted, in lower-case hex. */
	readonly pin: string | undefined
}

/** As most sites are reached. */
export const plainReach: Reach = { transport: 'rest', edge: undefined, pin: undefined }

/** The same as it lies in the store. */
export type SealedReach = {
	readonly transport: Transport
	readonly edge: { readonly username: string; readonly sealed: Uint8Array } | null
	readonly pin: string | null
}
