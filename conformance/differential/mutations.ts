import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import * as original from '@postern/policy'
import { cacheFolder, root } from '../../scripts/steps/root.ts'
import type { Policy } from './decide-here.ts'
import { guards, type Guard } from './guards.ts'
import { openLanes, type Lanes } from './open-lanes.ts'
import { runDifferential } from './run-differential.ts'

const requests = 400

/** Takes one guard out after the other, and says what has noticed. Fails for any that nothing notices. */
export async function runMutations(asked: {
	readonly seed: number
	readonly names: readonly string[]
}): Promise<number> {
	const chosen = guards.filter(
		({ name }) => asked.names.length === 0 || asked.names.some((part) => name.includes(part)),
	)
	const whole = mutantOf({ name: 'nothing', edits: [] })
	if (failsUnitTests(whole, [])) throw new Error('the unit tests of policy fail before anything is taken out')
	const lanes = await openLanes(twoSites, { policy: original })
	try {
		let unnoticed = 0
		for (const guard of chosen) {
			const noticedBy = await notice(guard, { lanes, seed: asked.seed })
			if (noticedBy === undefined) unnoticed += 1
			process.stdout.write(
				`${noticedBy === undefined ? '✗' : '✓'} without “${guard.name}” (${guard.threats.join(' ')}): ${noticedBy ?? 'nothing notices'}\n`,
			)
		}
		process.stdout.write(`${chosen.length - unnoticed} of ${chosen.length} guards are missed when they are gone\n`)
		return unnoticed === 0 ? 0 : 1
	} finally {
		await lanes.close()
		rmSync(whole, { recursive: true, force: true })
	}
}

const twoSites = [
	{ version: '6.5.5', permalinks: 'plain' },
	{ version: '6.2.6', permalinks: 'pretty' },
] as const

type Watching = { readonly lanes: Lanes; readonly seed: number }

/** Says what the first mismatch is, or that the unit tests fail. */
async function notice(guard: Guard, { lanes, seed }: Watching): Promise<string | undefined> {
	const folder = mutantOf(guard)
	try {
		const mutant: typeof Policy = await import(join(folder, 'src/index.ts'))
		const { focus } = guard
		const run = { policy: mutant, judge: original, lanes: lanes.lanes, seed, count: requests, focus, enough: 1 }
		const [mismatch] = (await runDifferential(run)).mismatches
		if (mismatch !== undefined) return `the differential, seed ${mismatch.seed}: ${mismatch.what[0]?.slice(0, 160)}`
		return failsUnitTests(folder, guard.tests ?? []) ? 'the unit tests of policy' : undefined
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

/** A copy of policy with the guard taken out; within the checkout, so that its imports are found. */
function mutantOf({ name, edits }: Pick<Guard, 'name' | 'edits'>): string {
	const folder = join(cacheFolder, 'differential/mutants', `${name.replaceAll(/[^a-z]+/gi, '-')}-${process.pid}`)
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(folder, { recursive: true })
	cpSync(join(root, 'packages/policy/src'), join(folder, 'src'), { recursive: true })
	for (const edit of edits) {
		const path = join(folder, 'src', edit.file)
		const parts = readFileSync(path, 'utf8').split(edit.text)
		if (parts.length !== 2) throw new Error(`“${name}”: the text to replace does not stand in ${edit.file} once`)
		writeFileSync(path, parts.join(edit.replacement))
	}
	return folder
}

function failsUnitTests(folder: string, tests: readonly string[]): boolean {
	const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', join(folder, 'src'), ...tests]
	return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', timeout: 300_000 }).status !== 0
}
