import type { Role } from '@postern/vocabulary'

/** Who is signed in. */
export type SignedIn = {
	readonly accountId: string
	readonly username: string
	readonly sessionId: string
}

export type Membership = { readonly memberId: string; readonly workspaceId: string; readonly role: Role }

/** What the API needs to know of accounts to let somebody in. */
export type SessionReader = {
	readSession(headers: Headers): Promise<SignedIn | undefined>
	findMembership(workspaceId: string, accountId: string): Promise<Membership | undefined>
}
