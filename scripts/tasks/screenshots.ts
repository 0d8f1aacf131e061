import { runScript } from '../steps/run-tool.ts'

/** Takes the pictures of the README and the help page from the running program. */
export function run(args: readonly string[]): Promise<number> {
	return runScript('e2e/screenshots.ts', args)
}
