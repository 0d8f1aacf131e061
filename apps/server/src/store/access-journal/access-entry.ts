import type { ProblemCode, Result } from '@postern/vocabulary'
import type { AccessOutcome, AuditActor } from '../audit/audit-entry.ts'
import type { AccessDecision } from '../schema.ts'

/** What was decided about a request through the gateway. */
export type AccessEntry = {
	readonly workspaceId: string
	readonly requestId: string
	/** Null: whoever asks uses none. */
	readonly password: { readonly uuid: string; readonly name: string } | null
	readonly actor: AuditActor
	readonly connector: { readonly id: string; readonly name: string }
	readonly method: string
	/** Canonical, with its ids, without its query. */
	readonly route: string
	/** With spaces between them. */
	readonly scope: string
	readonly decision: AccessDecision
	/** Why it was refused. */
	readonly problem: ProblemCode | null
	readonly isWrite: boolean
	readonly ip: string
}

/** An entry that waits for the end of its request. */
export type OpenEntry = {
	/** Tells how it ended; the first time counts. Nobody waits for that. */
	finish(outcome: AccessOutcome): void
}

export type Beginning = OpenEntry & {
	readonly kind: 'beginning'
	readonly at: number
	readonly entry: AccessEntry
	/** How many writes the password has on a day; null: any number. */
	readonly budget: number | null
	/** How many of them it takes: a request of several calls takes all of its writes with the first. */
	readonly spends: number
	/** Somebody waits for it to be kept. */
	readonly answer: ((result: Result<OpenEntry>) => void) | undefined
	/** Made when it is written first, so that a second attempt knows what the first did. */
	id: string | undefined
	/** Its row is made: what comes later needs another. */
	isWritten: boolean
	outcome: AccessOutcome | undefined
	/** Undefined until it is kept. */
	seq: number | undefined
}

/** How something ended that was written before. */
export type Ending = {
	readonly kind: 'ending'
	readonly at: number
	readonly of: Beginning
	readonly outcome: AccessOutcome
	readonly answer: undefined
	id: string | undefined
}

export type Waiting = Beginning | Ending

/** What became of an entry: its number, or that it tells of a refusal because the writes of the day are used up. */
export type Kept = { readonly seq: number; readonly isUsedUp: boolean }
