import type { Result, Role, Scope } from '@postern/vocabulary'

/** Who acts: a person in a session of theirs, or an application with one of their application passwords. */
export type Person = {
	readonly accountId: string
	readonly username: string
	readonly withPassword?: { readonly uuid: string; readonly name: string }
}

/** Who is signed in. */
export type SignedIn = Person & { readonly sessionId: string; readonly withPassword?: never }

export type Membership = { readonly memberId: string; readonly workspaceId: string; readonly role: Role }

/** An application that presented its password: what it may do, with the role that its owner has now. */
export type ApiCaller = {
	readonly person: Person & { readonly withPassword: { readonly uuid: string; readonly name: string } }
	readonly workspaceId: string
	readonly scopes: ReadonlySet<Scope>
	/** Those it was made for. */
	readonly connectors: 'all' | readonly string[]
}

/** What the API needs to know of accounts to let somebody in. */
export type SessionReader = {
	readSession(headers: Headers): Promise<SignedIn | undefined>
	findMembership(workspaceId: string, accountId: string): Promise<Membership | undefined>
	/**
	 * Judges Basic credentials (RFC 7617). Undefined where the request has no `Authorization` field at all.
	 * Fails with `application-password/credentials-wrong`, `application-password/refused`, `request/throttled`.
	 */
	readPassword(
		headers: Headers,
		visit: { readonly ip: string; readonly requestId: string; readonly isTls: boolean },
	): Promise<Result<ApiCaller> | undefined>
}
