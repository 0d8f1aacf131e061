import { runTests } from '../steps/run-tests.ts'
import { ensureWebBuilt } from '../steps/web-build.ts'

export async function run(args: readonly string[]): Promise<number> {
	ensureWebBuilt()
	return runTests('e2e', args)
}
