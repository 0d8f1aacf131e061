/** What came out of a step of `npm test`. */
export type Outcome = { readonly passed: number; readonly failed: number }

/** A step that is one check: passed or failed as a whole. */
export function countStep(status: number): Outcome {
	return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * A step that is many tests, by Vitest's JSON report. A run that failed without a failed test (a file that does not load,
 * no report at all) counts as one failure, so that it can never look green.
 */
export function countTests(status: number, report: unknown): Outcome {
	const passed = readCount(report, 'numPassedTests')
	const failed = readCount(report, 'numFailedTests')
	return { passed, failed: status === 0 ? failed : Math.max(failed, 1) }
}

export function sum(outcomes: readonly Outcome[]): Outcome {
	return {
		passed: outcomes.reduce((total, { passed }) => total + passed, 0),
		failed: outcomes.reduce((total, { failed }) => total + failed, 0),
	}
}

export function closingLine({ passed, failed }: Outcome): string {
	return `${passed} passed, ${failed} failed`
}

function readCount(report: unknown, key: string): number {
	const count: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, key) : undefined
	return typeof count === 'number' ? count : 0
}
