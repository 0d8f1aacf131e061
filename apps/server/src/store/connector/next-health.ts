import type { Diagnosis } from '@postern/vocabulary'
import type { CheckedState, ConnectorHealth } from './connector.ts'

/** What is known of a connector's health: how it is shown, and what waits for being seen a second time. */
export type KnownHealth = {
	readonly state: CheckedState
	/** When the first of the checks that failed in a row did. */
	readonly failingSince: Date | null
	readonly failures: number
	/** How often the site refused the login in a row. */
	readonly rejectedLogins: number
}

/** One change of how a connector is, as others are told of it. */
export type HealthChange = 'needs-attention' | 'unreachable' | 'recovered'

export type NextHealth = KnownHealth & {
	/** What was found is what is shown from now on; otherwise that stays as it was. */
	readonly isShown: boolean
	readonly change: HealthChange | undefined
}

export type Found = Pick<ConnectorHealth, 'state' | 'diagnosis'> & { readonly checkedAt: Date }

/** Once may be a hiccup: a failure has to be seen again after so long. */
export const confirmedAfterMs = 600_000

/**
 * What a check makes of what was known. A success counts at once. A failure counts at once when somebody asked for it, or the
 * site refused a caller's request (`isDecisive`); otherwise when it is the second, ten minutes after the first.
 */
export function nextHealth(known: KnownHealth, found: Found, isDecisive: boolean): NextHealth {
	if (found.diagnosis === null) {
		const change = isBad(known.state) ? ('recovered' as const) : undefined
		return { state: found.state, failingSince: null, failures: 0, rejectedLogins: 0, isShown: true, change }
	}
	const failingSince = known.failingSince ?? found.checkedAt
	const failures = known.failures + 1
	const isConfirmed = failures > 1 && found.checkedAt.getTime() - failingSince.getTime() >= confirmedAfterMs
	// Whether the site is there says nothing about a credential that it refused.
	const isStuck = known.state === 'needs-attention' && found.state !== 'needs-attention'
	const isShown = (isDecisive || isConfirmed) && !isStuck
	const state = isShown ? found.state : known.state
	const rejectedLogins = known.rejectedLogins + (isRefusal(found.diagnosis) ? 1 : 0)
	const change = isShown && isBad(state) && state !== known.state ? state : undefined
	return { state, failingSince, failures, rejectedLogins, isShown, change }
}

/** Others are told of these. Maintenance ends by itself. */
function isBad(state: CheckedState): state is 'needs-attention' | 'unreachable' {
	return state === 'needs-attention' || state === 'unreachable'
}

/** A login that reached the site and was not taken there, whatever the type of connector calls it. */
function isRefusal({ code, rung }: Diagnosis): boolean {
	return rung === 'login' && code.startsWith('site-credential/')
}
