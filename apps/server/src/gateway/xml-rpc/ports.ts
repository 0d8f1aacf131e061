import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { MaybePromise, WireAnswer } from '@postern/app-passwords'
import type { Permit, Principal, SiteFacts, XmlRpcGatewayRequest } from '@postern/policy'
import type { Problem, Result, Scope } from '@postern/vocabulary'
import type { OpenedCredential } from '../../access/open-credential.ts'
import type { PosternAppPasswords, PosternHeld } from '../../store/application-password/application-password.ts'

/** A request to `/xmlrpc.php` of one site; nothing of its body is read. */
export type XmlRpcReceived = {
	readonly request: IncomingMessage
	readonly response: ServerResponse
	/** Without the question mark. */
	readonly query: string
	/** Where the site is behind the gateway, with a closing slash. */
	readonly gatewayUrl: string
	readonly ip: string
	readonly isTls: boolean
	readonly requestId: string
	/** Told of every piece of the body, so that one who sends nothing is not waited for. */
	readonly took: (bytes: number) => void
}

/** What stands in the record for one call. */
export type XmlRpcRecord = {
	/** `xmlrpc.php wp.editPost 7` */
	readonly route: string
	readonly scopes: readonly Scope[]
	readonly isWrite: boolean
}

export type XmlRpcDecision = {
	/** For all calls, or none. */
	readonly permit: Result<Permit<XmlRpcGatewayRequest>>
	/** One for each call. */
	readonly records: readonly XmlRpcRecord[]
}

export type XmlRpcVisit = {
	readonly held: PosternHeld
	/** What stands in the record where nothing is decided, because the site is not the password's. */
	readonly undecided: readonly XmlRpcRecord[]
	readonly decide: (known: {
		readonly principal: Principal
		readonly connectorId: string
		readonly site: SiteFacts
	}) => XmlRpcDecision
}

export type XmlRpcSiteAnswer = {
	readonly status: number
	/** A header's value; the name in lower case. */
	readonly header: (name: string) => string | undefined
	readonly body: Readable
	/** The staging login was in the header. */
	readonly hasEdgeLogin: boolean
}

type Site = Readonly<Record<'origin' | 'adminUrl' | 'host', string>>

/** A site whose credential is open, for one request that was decided, recorded and settled. */
export type XmlRpcReached = {
	readonly connector: { readonly name: string; readonly site: Site }
	/** The name by which the caller logs in here. */
	readonly login: string
	/** What the caller's password may do, included scopes written out. */
	readonly scopes: ReadonlySet<Scope>
	readonly credential: OpenedCredential
	/** Sends one request to the site's `xmlrpc.php`; in its Authorization header there is the staging login, if any. */
	readonly send: (body: string | Uint8Array) => Promise<Result<XmlRpcSiteAnswer>>
	/** The site would not have the credential; gives what the caller is told, which is another thing where it was replaced meanwhile. */
	readonly rejected: (problem: Problem) => Promise<Problem>
	readonly accepted: () => void
	readonly finish: (outcome: {
		readonly status: number | null
		readonly problem: string | null
		readonly sentBytes: number
		readonly receivedBytes: number
		readonly end: 'complete' | 'aborted' | 'truncated' | 'revoked'
	}) => void
	/** When the password was revoked, or the connector paused, in the meantime. */
	readonly revoked: AbortSignal
}

export type XmlRpcPorts = {
	readonly authenticate: PosternAppPasswords['authenticate']
	/** Finds the connector, decides, records, opens the credential and settles what the decision depends on. */
	readonly reach: (visit: XmlRpcVisit) => MaybePromise<Result<XmlRpcReached>>
	/** Names and values in turn, that every answer of the gateway bears. */
	readonly headers: readonly string[]
}

/** An answer to be written, or that it was passed on already, with which status. */
export type XmlRpcAnswered = WireAnswer | { readonly passed: number | null }
