import { runTool } from '../steps/run-tool.ts'

export function run(args: readonly string[]): Promise<number> {
	return runTool('oxfmt', ['--check', ...args])
}
