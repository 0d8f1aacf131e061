import { runScript } from '../steps/run-tool.ts'

/** Measures: `npm run bench -- <name> --json`. */
export function run(args: readonly string[]): Promise<number> {
	return runScript('bench/run.ts', args)
}
