import { describe, expect, it } from 'vitest'
import { closingLine, countStep, countTests, sum } from './tally.ts'

describe('the closing line', () => {
	it('adds up the tests and counts every other step as one', () => {
		const tests = countTests(1, { numPassedTests: 40, numFailedTests: 2 })
		expect(closingLine(sum([countStep(0), countStep(1), tests]))).toBe('41 passed, 3 failed')
	})

	it('never looks green when a run failed without a failed test', () => {
		expect(countTests(1, { numPassedTests: 40, numFailedTests: 0 })).toEqual({ passed: 40, failed: 1 })
		expect(countTests(1, undefined)).toEqual({ passed: 0, failed: 1 })
	})
})
