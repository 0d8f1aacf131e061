import { runTests } from '../steps/run-tests.ts'
import { ensureWebBuilt } from '../steps/web-build.ts'

export function run(args: readonly string[]): Promise<number> {
	ensureWebBuilt() // clients look at the front page
	return runTests('conformance', args)
}
