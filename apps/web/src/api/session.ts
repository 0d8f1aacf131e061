import { contract, type Me } from '@postern/api/contract'
import type { Role } from '@postern/vocabulary'
import { queryOptions, useQuery } from '@tanstack/react-query'
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
		if (answer.ok) return answer.value
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

/** Who is signed in, on pages below the shell; the router has let nobody else in. */
export function useMe(): Me {
	const me = useVisitor()
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
	const before = queryClient.getQueryData(meQuery.queryKey)
	if (before?.account.id !== me.account.id) forgetEverything()
	dropData()
	keepMe(me)
	const status = queryClient.getQueryData(statusQuery.queryKey)
	if (status) queryClient.setQueryData(statusQuery.queryKey, { ...status, setup: 'closed' })
	if (me.account.language) void changeLanguage(me.account.language)
}

/** Nobody is signed in any more. Call it when the pages that show somebody's data are left. */
export function farewell(): void {
	forgetEverything()
	dropData()
	keepMe(null)
}

/** Notes what the server says about the person. */
export function keepMe(me: Me | null): void {
	queryClient.setQueryData<Me | null>(meQuery.queryKey, me)
}

function dropData(): void {
	queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'status' })
}
