import { runTool } from '../steps/run-tool.ts'

export function run(args: readonly string[]): Promise<number> {
	return runTool('oxlint', ['--type-aware', '--deny-warnings', ...args])
}
