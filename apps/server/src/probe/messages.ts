import type { KnownConnection, LookResult } from '../connectors/connector-type.ts'
import type { Claim } from '../connectors/prove-connection.ts'

/** What the probing process has to know besides; the first message it gets. */
export type ProbeSettings = {
	/** The operator's exceptions, as they were written. */
	readonly allowPrivate: string
	readonly userAgent: string
	/** Addresses of our own, which no site has. */
	readonly ownOrigins: readonly string[]
}

/** A claim as it crosses the pipe: there, and only there, its secrets are texts. */
export type ProbeClaim = {
	readonly type: string
	readonly address: string
	readonly origin: string | undefined
	readonly username: string
	readonly password: string
	readonly transport: Claim['reach']['transport']
	readonly pin: string | undefined
	readonly edge: { readonly username: string; readonly password: string } | undefined
	/** Whether it is as it was is enough. */
	readonly known: KnownConnection | undefined
}

export type ProbeRequest =
	| { readonly settings: ProbeSettings }
	| { readonly id: number; readonly claim: ProbeClaim }
	/** Nobody waits for it any more. */
	| { readonly cancelled: number }

/** `bug`: it threw; the stack says where. */
export type ProbeAnswer =
	| { readonly id: number; readonly proof: LookResult }
	| { readonly id: number; readonly bug: string }
