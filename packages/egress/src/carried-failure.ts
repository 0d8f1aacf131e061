import type { Failure } from '@postern/vocabulary'

/** Carries a failure through callbacks and streams, where only errors travel. */
export class CarriedFailure extends Error {
	readonly failure: Failure

	constructor(failure: Failure) {
		super(failure.problem.code)
		this.name = 'CarriedFailure'
		this.failure = failure
	}
}
