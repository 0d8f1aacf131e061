/** Whole minutes a draft still waits, rounded down; `expired` once the server deletes it. */
export type DraftTime =
	| { readonly state: 'waiting'; readonly minutes: number }
	| { readonly state: 'last-minute' }
	| { readonly state: 'expired' }

export function draftTime(expiresAt: string | null, nowMs: number): DraftTime {
	if (expiresAt === null) return { state: 'expired' }
	const leftMs = new Date(expiresAt).getTime() - nowMs
	if (!(leftMs > 0)) return { state: 'expired' }
	const minutes = Math.floor(leftMs / 60_000)
	return minutes === 0 ? { state: 'last-minute' } : { state: 'waiting', minutes }
}
