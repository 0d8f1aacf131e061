import type { JobKind, JobPayload, LeasedJob } from '../store/job/jobs.ts'

/** What became of a job. */
export type JobOutcome =
	/** It is over. */
	| 'done'
	/** The handler has finished or postponed it itself, in the transaction that kept what it did. */
	| 'settled'
	/** It is due once more; `attempts: 0` begins to count anew. */
	| { readonly again: Date; readonly attempts?: number; readonly payload?: JobPayload }

/** How one kind of job is run. */
export type JobHandler = {
	readonly kind: JobKind
	/** Longer than it takes as a rule; while it runs the lease is renewed. */
	readonly leaseMs: number
	/** How many this node runs at once. */
	readonly concurrency: number
	/** How many of one lane run at once, on all nodes together. */
	readonly perLane?: number
	/** `signal`: the lease was lost, or the server stops. What is thrown is tried again later. */
	run(job: LeasedJob, context: { readonly signal: AbortSignal }): Promise<JobOutcome>
}
