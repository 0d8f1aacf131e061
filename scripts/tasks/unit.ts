import { runTests } from '../steps/run-tests.ts'

export function run(args: readonly string[]): Promise<number> {
	return runTests('unit', args)
}
