import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from '../bootstrap/run-child.mjs'
import { root } from './root.ts'

const toolScripts = {
	changeset: 'node_modules/@changesets/cli/bin.js',
	knip: 'node_modules/knip/bin/knip.js',
	oxfmt: 'node_modules/oxfmt/bin/oxfmt',
	oxlint: 'node_modules/oxlint/bin/oxlint',
	tsc: 'node_modules/typescript/bin/tsc',
	vite: 'node_modules/vite/bin/vite.js',
	vitest: 'node_modules/vitest/vitest.mjs',
} as const

export type Tool = keyof typeof toolScripts

/** Runs an installed tool with the Node that runs us, in the checkout's folder, and gives its exit status. */
export function runTool(tool: Tool, args: readonly string[] = []): Promise<number> {
	return runScript(toolScripts[tool], args)
}

/** Runs a script of the checkout likewise. */
export function runScript(
	script: string,
	args: readonly string[] = [],
	flags: readonly string[] = [],
): Promise<number> {
	process.chdir(root)
	if (!existsSync(script)) throw new Error(`${script} is not there.`)
	return runChild(process.execPath, [...flags, script, ...args])
}

/** Runs a tool to its end before anything else happens; its failure is an error. */
export function runToolNow(tool: Tool, args: readonly string[]): void {
	const outcome = spawnSync(process.execPath, [join(root, toolScripts[tool]), ...args], { cwd: root, stdio: 'inherit' })
	if (outcome.status !== 0) throw new Error(`${tool} ${args[0] ?? ''} failed.`)
}
