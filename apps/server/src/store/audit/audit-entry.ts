import type { AuditEvent, ProblemCode } from '@postern/vocabulary'
import type { AccessDecision } from '../schema.ts'

export type AuditActor = {
	/** `caller`: an application, with an application password of that account. */
	readonly kind: 'member' | 'caller' | 'postern' | 'visitor' | 'operator'
	/** The account's id, for a member. */
	readonly id: string | null
	readonly name: string | null
}

/** Who acts: a person, or an application with one of that person's application passwords. */
export type Acting = {
	readonly accountId: string
	readonly username: string
	readonly withPassword?: { readonly uuid: string; readonly name: string }
}

export function actorOf({ accountId, username, withPassword }: Acting): AuditActor {
	if (withPassword === undefined) return { kind: 'member', id: accountId, name: username }
	return { kind: 'caller', id: accountId, name: `${username} (${withPassword.name})` }
}

export type AuditTarget = { readonly kind: string; readonly id: string; readonly name: string }

export type AuditEntry = {
	/** Null for what concerns the whole installation. */
	readonly workspaceId: string | null
	readonly event: AuditEvent
	readonly actor: AuditActor
	readonly target: AuditTarget | null
	/** Shown to every member; never a secret. */
	readonly params: Readonly<Record<string, string | number>>
	readonly requestId: string | null
}

/** How a request ended: its answer came whole, its caller left, its site broke off, or the right to it ended. */
export const accessEnds = ['complete', 'aborted', 'truncated', 'revoked'] as const
export type AccessEnd = (typeof accessEnds)[number]

/** How a request through the gateway went. */
export type AccessOutcome = {
	/** Null: there was no answer. */
	readonly status: number | null
	readonly problem: ProblemCode | null
	/** To the caller. */
	readonly sentBytes: number
	/** From the caller. */
	readonly receivedBytes: number
	readonly durationMs: number
	readonly end: AccessEnd
}

/** A request through the gateway, and how it ended; null where it did not end yet, or nobody was there to see. */
export type AuditAccess = {
	readonly method: string
	/** Canonical, with its ids, without its query. */
	readonly route: string
	/** The scopes that admitted it, or that were missing; with spaces between them. */
	readonly scope: string
	readonly decision: AccessDecision
	readonly isWrite: boolean
	readonly ip: string
	readonly requestId: string
	readonly password: { readonly uuid: string; readonly name: string } | null
	readonly connector: { readonly id: string; readonly name: string } | null
	readonly problem: ProblemCode | null
	readonly status: number | null
	readonly sentBytes: number | null
	readonly receivedBytes: number | null
	readonly durationMs: number | null
	readonly end: AccessEnd | null
}

export type RecordedAuditEntry = AuditEntry & {
	readonly id: string
	/** Counts from 1 in each workspace, without gaps. The end of a request has a number of its own, and is told with its beginning. */
	readonly seq: number
	readonly at: Date
	/** Null for what is no request through the gateway. */
	readonly access: AuditAccess | null
}
