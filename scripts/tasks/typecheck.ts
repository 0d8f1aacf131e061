import { globSync } from 'node:fs'
import { root } from '../steps/root.ts'
import { runTool } from '../steps/run-tool.ts'

const atOnce = 2

/** Checks every TypeScript project of the checkout. */
export async function run(args: readonly string[]): Promise<number> {
	const waiting = globSync(['packages/*/tsconfig.json', 'apps/*/tsconfig.json', 'tsconfig.json'], { cwd: root }).sort()
	let worst = 0
	const checkNext = async (): Promise<void> => {
		const project = waiting.shift()
		if (project === undefined) return
		worst = Math.max(worst, await runTool('tsc', ['--project', project, ...args]))
		await checkNext()
	}
	await Promise.all(Array.from({ length: atOnce }, checkNext))
	return worst
}
