import type { ProblemDocument, SiteDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWorkspace } from '../../../api/session.ts'
import { discoverQuery } from '../connector-queries.ts'
import { hasEdge, reachBody, type TypedReach } from './reach/typed-reach.ts'

/** What is known about the address in the Website field, before any secret of the account is involved. */
export type SiteCheck = {
	/** Looks at the address, by this way; nothing happens for an empty one. */
	readonly check: (address: string, reach?: TypedReach) => void
	readonly tryAgain: () => void
	readonly isChecking: boolean
	readonly site: SiteDocument | undefined
	readonly problem: ProblemDocument | undefined
}

type Looked = {
	readonly address: string
	readonly reach: TypedReach
	/** Tells looks with a staging login apart, instead of its password. */
	readonly count: number
}

type Options = { readonly type: string; readonly typed: string; readonly initial: string; readonly reach: TypedReach }

export function useSiteCheck({ type, typed, initial, reach: current }: Options): SiteCheck {
	const { id: workspaceId } = useWorkspace()
	const [{ address, reach, count }, setLooked] = useState<Looked>({
		address: initial.trim(),
		reach: current,
		count: 0,
	})
	const isCurrent = address !== '' && address === typed.trim() && reach === current
	const body = { type, address, ...reachBody(reach) }
	const query = useQuery({ ...discoverQuery(workspaceId, body, count), enabled: isCurrent })
	return {
		check: (next, way = current) =>
			setLooked((before) => ({
				address: next.trim(),
				reach: way,
				count: hasEdge(way) && way !== before.reach ? before.count + 1 : before.count,
			})),
		tryAgain: () => void query.refetch(),
		isChecking: isCurrent && query.isFetching,
		site: isCurrent ? query.data : undefined,
		problem: isCurrent && !query.isFetching ? query.error?.problem : undefined,
	}
}
