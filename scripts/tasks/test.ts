import { existsSync, readFileSync, rmSync } from 'node:fs'
import { runScript } from '../steps/run-tool.ts'
import { runTests, type TestProject, testReport } from '../steps/run-tests.ts'
import { closingLine, countStep, countTests, type Outcome, sum } from '../steps/tally.ts'
import * as build from './build.ts'
import * as formatCheck from './format-check.ts'
import * as lint from './lint.ts'
import * as typecheck from './typecheck.ts'
import * as unused from './unused.ts'

type Step = { readonly name: string; readonly take: () => Promise<Outcome> }

const steps: readonly Step[] = [
	oneCheck('format', () => formatCheck.run([])),
	oneCheck('lint', () => lint.run([])),
	oneCheck('typecheck', () => typecheck.run([])),
	oneCheck('unused', () => unused.run([])),
	oneCheck('problem pages', () => runScript('scripts/problem-pages.ts', ['--check'])),
	oneCheck('web build', () => build.run()),
	manyTests('unit'),
	manyTests('conformance'),
	manyTests('e2e'),
]

/** Runs everything, to the end even after a failure. The last line is for machines: `N passed, N failed`. */
export async function run(): Promise<number> {
	const outcomes: Outcome[] = []
	for (const step of steps) outcomes.push(await takeStep(step))
	const total = sum(outcomes)
	process.stdout.write(`\n${steps.map(({ name }, at) => verdict(name, outcomes[at])).join('\n')}\n`)
	process.stdout.write(`\n${closingLine(total)}\n`)
	return total.failed === 0 ? 0 : 1
}

function verdict(name: string, outcome = countStep(1)): string {
	const { passed, failed } = outcome
	return failed === 0 ? `✓ ${name} (${passed})` : `✗ ${name} (${failed} of ${passed + failed} failed)`
}

async function takeStep({ name, take }: Step): Promise<Outcome> {
	const startedAt = performance.now()
	process.stdout.write(`\n━━ ${name}\n`)
	const outcome = await take().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
		return countStep(1)
	})
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
	process.stdout.write(`━━ ${name}: ${outcome.failed === 0 ? 'passed' : 'FAILED'} after ${seconds} s\n`)
	return outcome
}

function oneCheck(name: string, check: () => Promise<number>): Step {
	return { name, take: async () => countStep(await check()) }
}

function manyTests(name: TestProject): Step {
	return {
		name,
		take: async () => {
			rmSync(testReport(name), { force: true })
			const status = await runTests(name)
			const report: unknown = existsSync(testReport(name))
				? JSON.parse(readFileSync(testReport(name), 'utf8'))
				: undefined
			return countTests(status, report)
		},
	}
}
