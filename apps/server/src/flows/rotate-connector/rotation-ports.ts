import { type Problem, type ProblemCode, problems } from '@postern/vocabulary'
import type { VerifyPorts } from '../verify-site.ts'
import type { HeldRotation } from '../../store/rotation/rotation.ts'

import type { Connector } from '../../store/connector/connector.ts'

export type RotationPorts = VerifyPorts & {
	/** Ours, as it stands in the names of our passwords. */
	readonly origin: string
	readonly signal: AbortSignal
}

/** What a step works on. */
export type Rotating = {
	readonly held: HeldRotation
	readonly connector: Connector
	/** Nobody else has worked on it, so nothing can be left at the site. */
	readonly isFresh: boolean
}

/** What a step came to. */
export type Stepped =
	| { readonly kind: 'next'; readonly held: HeldRotation }
	/** Nobody waits for it: tried again after that. */
	| { readonly kind: 'later'; readonly waitMs: number; readonly attempts: number; readonly problem?: Problem }
	/** Over: `code` says why the password stays as it was. */
	| { readonly kind: 'over'; readonly code?: ProblemCode }
	/** Somebody else has it now, or the connector is gone. */
	| { readonly kind: 'lost' }

/** Longer than the requests of one step take together. */
export const leaseMs = 120_000

const minute = 60_000
const delays = [minute, 5 * minute, 15 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute]

/** When to try again what failed that often before; undefined when it was often enough. */
export function nextTry(attempts: number): { readonly waitMs: number; readonly attempts: number } | undefined {
	const waitMs = delays[attempts]
	return waitMs === undefined ? undefined : { waitMs, attempts: attempts + 1 }
}

/** The same for what is never given up, because a secret of ours hangs on it. */
export function nextTryAlways(attempts: number): { readonly waitMs: number; readonly attempts: number } {
	return { waitMs: delays[attempts] ?? Math.max(...delays), attempts: attempts + 1 }
}

/** Whether it may be otherwise by itself. */
export function mayPass(code: ProblemCode): boolean {
	return problems[code].retry === 'after-wait' || code.startsWith('network/') || code === 'site/fatal-error'
}
