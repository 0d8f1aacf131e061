import type { ProblemDocument } from '@postern/api/contract'
import { useCallback, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { speak } from './announcer.tsx'
import { timeLeft } from './format-time.ts'
import { firstSeen, waitUntil } from './wait-until.ts'

export type Wait = {
	/** In milliseconds since 1970; undefined where nobody named a time. */
	readonly until: number | undefined
	readonly isWaiting: boolean
	/** Does it once the wait is over; until then says how long that is. */
	readonly whenOver: (action: () => void) => void
}

/**
 * Whether a site, or Postern, still wants us to wait. `aroseAt`: when it said so, if that was before this page heard of it.
 * Changes once, at the end, so that a form does not count along.
 */
export function useWait(problem: ProblemDocument | undefined, aroseAt?: number): Wait {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const until = problem && waitUntil(problem, aroseAt ?? firstSeen(problem))
	return {
		until,
		isWaiting: useIsAhead(until),
		whenOver: (action) => {
			const leftMs = until === undefined ? 0 : until - Date.now()
			if (leftMs <= 0) action()
			else speak(t('wait.stillWaiting', { left: timeLeft(leftMs, language) }))
		},
	}
}

/** A timer may be a moment early by the clock. */
const GRACE_MS = 20

function useIsAhead(until: number | undefined): boolean {
	const subscribe = useCallback(
		(onChange: () => void) => {
			if (until === undefined) return () => undefined
			const timer = setTimeout(onChange, until - Date.now() + GRACE_MS)
			return () => clearTimeout(timer)
		},
		[until],
	)
	return useSyncExternalStore(subscribe, () => until !== undefined && until > Date.now())
}
