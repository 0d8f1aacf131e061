import type { ProblemDocument, SiteDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWorkspace } from '../../../api/session.ts'
import { discoverQuery } from '../connector-queries.ts'

/** What is known about the address in the Website field, before any secret is involved. */
export type SiteCheck = {
	/** Looks at the address; nothing happens for an empty one. */
	readonly check: (address: string) => void
	readonly tryAgain: () => void
	readonly isChecking: boolean
	readonly site: SiteDocument | undefined
	readonly problem: ProblemDocument | undefined
}

export function useSiteCheck(type: string, typed: string, initial: string): SiteCheck {
	const { id: workspaceId } = useWorkspace()
	const [checked, setChecked] = useState(initial.trim())
	const isCurrent = checked !== '' && checked === typed.trim()
	const query = useQuery({ ...discoverQuery(workspaceId, type, checked), enabled: isCurrent })
	return {
		check: (address) => setChecked(address.trim()),
		tryAgain: () => void query.refetch(),
		isChecking: isCurrent && query.isFetching,
		site: isCurrent ? query.data : undefined,
		problem: isCurrent && !query.isFetching ? query.error?.problem : undefined,
	}
}
