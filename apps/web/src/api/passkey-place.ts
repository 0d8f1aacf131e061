import { useQuery } from '@tanstack/react-query'
import { statusQuery } from './session.ts'
import { hasPasskeys } from './web-authn.ts'

/** Whether passkeys work on this page, and if not, why. */
export type PasskeyPlace =
	| { readonly state: 'unknown' | 'here' | 'nowhere' | 'old-browser' }
	| { readonly state: 'elsewhere'; readonly origin: string }

export function usePasskeyPlace(): PasskeyPlace {
	const { data } = useQuery(statusQuery)
	if (!data) return { state: 'unknown' }
	const { passkeyOrigin: origin } = data
	if (origin === null) return { state: 'nowhere' }
	if (new URL(origin).hostname !== location.hostname) return { state: 'elsewhere', origin }
	return { state: hasPasskeys() ? 'here' : 'old-browser' }
}
