import type { WireRequest } from '@postern/app-passwords'
import type { Visitor } from '@postern/app-passwords/authorize'
import type { Language } from '@postern/vocabulary'
import type { Accounts, ProofState, SignedInAccount, Visit } from '../../accounts/accounts.ts'
import type { PosternUser } from '../../store/application-password/application-password.ts'
import type { Membership } from '../../store/members.ts'
import type { Store } from '../../store/store.ts'

/** Somebody who is signed in, with all that the page needs to know. */
export type PageVisitor = Visitor<PosternUser> & {
	readonly who: SignedInAccount
	readonly visit: Visit & { readonly requestId: string }
	readonly language: Language | null
	readonly proof: ProofState
	/** The workspaces of the account, and the account as a member of each. */
	readonly places: readonly Place[]
}

export type Place = { readonly workspace: Membership['workspace']; readonly user: PosternUser }

export type VisitorPorts = { readonly accounts: () => Promise<Accounts>; readonly store: Store }

export function visitOf(request: WireRequest): PageVisitor['visit'] {
	const headers = new Headers()
	for (const name of ['cookie', 'user-agent', 'host', 'accept-language']) {
		const value = request.header(name)
		if (value !== undefined) headers.set(name, value)
	}
	const userAgent = request.header('user-agent')?.slice(0, 512)
	return { ip: request.ip, userAgent, headers, cookies: [], requestId: request.requestId ?? '' }
}

/** Undefined: nobody is signed in. `places` is empty, and there is no visitor, for an account without a workspace. */
export async function findPageVisitor(
	visit: PageVisitor['visit'],
	ports: VisitorPorts,
): Promise<PageVisitor | 'nobody' | 'no-workspace'> {
	if (!visit.headers.has('cookie')) return 'nobody'
	const accounts = await ports.accounts()
	const who = await accounts.readSession(visit.headers)
	return who === undefined ? 'nobody' : describeVisitor(who, visit, { accounts, store: ports.store })
}

/** Reads anew whatever may have changed: roles, and when somebody proved who he is. */
export async function describeVisitor(
	who: SignedInAccount,
	visit: PageVisitor['visit'],
	{ accounts, store }: { readonly accounts: Accounts; readonly store: Store },
): Promise<PageVisitor | 'no-workspace'> {
	const account = await accounts.find(who.accountId)
	const memberships = await store.members.listMemberships(who.accountId)
	const users = await store.passwordOwners.listOfAccount(who.accountId)
	const places = memberships.flatMap(({ workspace, memberId }): Place[] => {
		const user = users.find((one) => one.memberId === memberId)
		return user === undefined ? [] : [{ workspace, user }]
	})
	const [first] = places
	if (first === undefined) return 'no-workspace'
	const proof = await accounts.readProof(who)
	const { user } = first
	return { user, session: who.sessionId, who, visit, language: account?.language ?? null, proof, places }
}
