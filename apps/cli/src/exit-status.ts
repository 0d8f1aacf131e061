import type { FixedBy } from '@postern/vocabulary'

/** By who can put it right. */
export const exitStatus = {
	you: 2,
	operator: 3,
	'site-admin': 4,
	host: 4,
	postern: 5,
} as const satisfies Record<FixedBy, number>
