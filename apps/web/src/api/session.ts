import { contract, type Me } from '@postern/api/contract'
import type { Role } from '@postern/vocabulary'
import { queryOptions, useQuery, type Query } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { changeLanguage } from '../texts/language.ts'
import { forgetEverything } from '../ui/remembered.ts'
import { askApi, client, ProblemError } from './client.ts'
import { queryClient } from './query-client.ts'

export const statusQuery = queryOptions({
	queryKey: ['status'],
	queryFn: ({ signal }) => askApi(contract.getStatus, {}, signal),
	staleTime: 60_000,
})

/** Who is signed in; `null` for nobody. */
export const meQuery = queryOptions({
	queryKey: ['me'],
	queryFn: async ({ signal }): Promise<Me | null> => {
		const answer = await client.call(contract.getMe, {}, signal)
		if (answer.ok) return arrived(answer.value)
		if (answer.problem.code === 'account/session-required') return null
		throw new ProblemError(answer.problem)
	},
	staleTime: 60_000,
})

export type Workspace = { readonly id: string; readonly name: string; readonly role: Role; readonly memberId: string }

/** Who is signed in, on pages that strangers may see too. */
export function useVisitor(): Me | null {
	return useQuery(meQuery).data ?? null
}

/** Whose data this page may hold: who is signed in, or was until the session ended. */
let owner: Me | undefined

/** Takes note of who is signed in. Somebody else, perhaps from another tab, finds nothing of whoever was here before. */
function arrived(me: Me): Me {
	const isSomebodyElse = owner !== undefined && owner.account.id !== me.account.id
	owner = me
	if (isSomebodyElse) {
		forgetEverything()
		void queryClient.resetQueries({ predicate: isSomebodys })
	}
	return me
}

/** Who is signed in, on pages below the shell; the router has let nobody else in, and leads away when the session ends. */
export function useMe(): Me {
	const me = useVisitor() ?? owner
	if (!me) throw new Error('useMe outside the signed-in pages')
	return me
}

const KEY = 'postern.workspace'
const listeners = new Set<() => void>()
const readChoice = () => localStorage.getItem(KEY)

export function chooseWorkspace(id: string): void {
	localStorage.setItem(KEY, id)
	for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener)
	return () => listeners.delete(listener)
}

/** All workspaces of the person, and the one that is shown; `undefined` if they are a member of none. */
export function useWorkspaces(): { readonly all: readonly Workspace[]; readonly current: Workspace | undefined } {
	const choice = useSyncExternalStore(subscribe, readChoice)
	const all = useMe().memberships.map(({ memberId, role, workspace }) => ({ ...workspace, role, memberId }))
	return { all, current: all.find((workspace) => workspace.id === choice) ?? all[0] }
}

/** The workspace that is shown; the shell renders pages only when there is one. */
export function useWorkspace(): Workspace {
	const { current } = useWorkspaces()
	if (!current) throw new Error('useWorkspace without a membership')
	return current
}

/** Takes over who has just signed in; what somebody else left behind on this page is dropped. */
export function welcome(me: Me): void {
	if (owner?.account.id !== me.account.id) forgetEverything()
	dropData()
	keepMe(me)
	const status = queryClient.getQueryData(statusQuery.queryKey)
	if (status) queryClient.setQueryData(statusQuery.queryKey, { ...status, setup: 'closed' })
	if (me.account.language) void changeLanguage(me.account.language)
}

/** Nobody is signed in any more. Call it when the pages that show somebody's data are left. */
export function farewell(): void {
	forgetEverything()
	owner = undefined
	lapse()
}

/** The session ended by itself: its data goes, and what was typed waits for the same person to sign in again. */
export function lapse(): void {
	dropData()
	keepMe(null)
}

/** Notes what the server says about the person. */
export function keepMe(me: Me | null): void {
	if (me) owner = me
	queryClient.setQueryData<Me | null>(meQuery.queryKey, me)
}

function dropData(): void {
	queryClient.removeQueries({ predicate: isSomebodys })
}

function isSomebodys({ queryKey: [first] }: Pick<Query, 'queryKey'>): boolean {
	return first !== 'me' && first !== 'status'
}
