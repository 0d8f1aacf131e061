import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import * as original from '@postern/policy'
import { cacheFolder, root } from '../../scripts/steps/root.ts'
import type { Policy } from './decide-here.ts'
import { gatewayGuards } from './gateway-guards.ts'
import { guards, type Guard } from './guards.ts'
import { openLanes, type Lanes } from './open-lanes.ts'
import { runDifferential } from './run-differential.ts'

const requests = 400

/** Takes one guard out after the other, and says what has noticed. Fails for any that nothing notices. */
export async function runMutations(asked: {
	readonly seed: number
	readonly names: readonly string[]
}): Promise<number> {
	const isAsked = ({ name }: { readonly name: string }): boolean =>
		asked.names.length === 0 || asked.names.some((part) => name.includes(part))
	const outcomes: (string | undefined)[] = []
	const say = ({ name, threats }: Named, noticedBy: string | undefined): void => {
		outcomes.push(noticedBy)
		const mark = noticedBy === undefined ? '✗' : '✓'
		process.stdout.write(`${mark} without “${name}” (${threats.join(' ')}): ${noticedBy ?? 'nothing notices'}\n`)
	}
	expectSound(guards.filter(isAsked).length > 0, { room: 'packages/policy', tests: [] })
	const lanes = await openLanes(twoSites, 'straight')
	try {
		for (const guard of guards.filter(isAsked)) say(guard, await notice(guard, { lanes, seed: asked.seed }))
	} finally {
		await lanes.close()
	}
	const chosen = gatewayGuards.filter(isAsked)
	expectSound(chosen.length > 0, { room: 'apps/server', tests: [...new Set(chosen.flatMap(({ tests }) => tests))] })
	for (const guard of chosen) {
		const folder = mutantOf('apps/server', guard)
		say(guard, failsUnitTests(folder, guard.tests) ? 'the tests of the gateway' : undefined)
		rmSync(folder, { recursive: true, force: true })
	}
	const noticed = outcomes.filter((one) => one !== undefined).length
	process.stdout.write(`${noticed} of ${outcomes.length} guards are missed when they are gone\n`)
	return noticed === outcomes.length ? 0 : 1
}

type Room = 'packages/policy' | 'apps/server'
type Named = { readonly name: string; readonly threats: readonly string[] }

/** Tests that fail anyway would notice everything. */
function expectSound(
	isNeeded: boolean,
	{ room, tests }: { readonly room: Room; readonly tests: readonly string[] },
): void {
	if (!isNeeded) return
	const whole = mutantOf(room, { name: 'nothing', edits: [] })
	const fails = failsUnitTests(whole, tests)
	rmSync(whole, { recursive: true, force: true })
	if (fails) throw new Error(`the tests of ${room} fail before anything is taken out`)
}

const twoSites = [
	{ version: '6.5.5', permalinks: 'plain' },
	{ version: '6.2.6', permalinks: 'pretty' },
] as const

type Watching = { readonly lanes: Lanes; readonly seed: number }

/** Says what the first mismatch is, or that the unit tests fail. */
async function notice(guard: Guard, { lanes, seed }: Watching): Promise<string | undefined> {
	const folder = mutantOf('packages/policy', guard)
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

/** A copy of the room with the guard taken out; as deep in the checkout as the room is, so that its imports are found. */
function mutantOf(room: Room, { name, edits }: Pick<Guard, 'name' | 'edits'>): string {
	const folder = join(cacheFolder, `mutant-${process.pid}-${name.replaceAll(/[^a-z]+/gi, '-')}`)
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(folder, { recursive: true })
	for (const part of ['src', 'package.json']) cpSync(join(root, room, part), join(folder, part), { recursive: true })
	const own = join(root, room, 'node_modules')
	if (existsSync(own)) symlinkSync(own, join(folder, 'node_modules'))
	for (const edit of edits) {
		const path = join(folder, 'src', edit.file)
		const parts = readFileSync(path, 'utf8').split(edit.text)
		if (parts.length !== 2) throw new Error(`“${name}”: the text to replace does not stand in ${edit.file} once`)
		writeFileSync(path, parts.join(edit.replacement))
	}
	return folder
}

/** As patient as vitest.config.ts, which they are outside of. */
const patience = ['--testTimeout=60000', '--hookTimeout=120000', '--expect.poll.timeout=20000']

function failsUnitTests(folder: string, tests: readonly string[]): boolean {
	const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', join(folder, 'src'), ...patience, ...tests]
	return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', timeout: 300_000 }).status !== 0
}
