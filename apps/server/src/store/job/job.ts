/** What a job is about; each kind has at most one handler. `connector.visit` has none: lane-tickets.ts. */
export const jobKinds = ['connector.check', 'connector.visit', 'webhook.deliver', 'digest.send'] as const
export type JobKind = (typeof jobKinds)[number]

/** A time; or counted from now, by the clock of the store. */
export type RunAt = Date | { readonly inMs: number }

/** Work that is to be done at a time, by whichever node comes first. */
export type NewJob = {
	readonly kind: JobKind
	/** There is one job of a kind and key. */
	readonly key: string
	readonly runAt: RunAt
	/** Whose it is: it goes when that goes. */
	readonly workspaceId?: string
	readonly connectorId?: string
	/** A host, say: only so many jobs of one lane run at once. */
	readonly lane?: string
	/** Kept as JSON; no secrets. */
	readonly payload?: JobPayload
}

export type JobPayload = Readonly<Record<string, string | number | boolean | null>>

/** A job that was claimed, and is ours until its lease ends. */
export type LeasedJob = {
	readonly id: string
	readonly kind: JobKind
	readonly key: string
	readonly workspaceId: string | null
	readonly connectorId: string | null
	/** 1 the first time; counts until `postpone` says otherwise. */
	readonly attempts: number
	readonly payload: JobPayload
	readonly leaseToken: string
	readonly leasedUntil: Date
}

export type JobClaim = {
	readonly kinds: readonly JobKind[]
	readonly limit: number
	/** How long nobody else may claim them. */
	readonly leaseMs: number
	/** How many of one lane may run at once, on all nodes together. */
	readonly perLane?: number
}

/** When a job that is not leased runs next, or until when it is leased. */
export type JobTime = { readonly runAt: Date; readonly isLeased: boolean }
