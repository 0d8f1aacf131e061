import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as policy from '@postern/policy'
import { openGatewayStage } from '../gateway/gateway-stage.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { behindProxy } from './gateway-door.ts'
import { openLanes } from './open-lanes.ts'
import { describeMismatch, runDifferential, type Differential } from './run-differential.ts'
import { runMutations } from './mutations.ts'

/** Both ways of writing addresses, on the oldest and the newest version we hold WordPress to. */
const everyKind = wordpressVersions.flatMap((version) =>
	(['pretty', 'plain'] as const).map((permalinks) => ({ version, permalinks })),
)

/**
 * `npm run differential -- [--requests 100000] [--seed 4] [--straight] [--mutations [name]]`: generated requests through the
 * gateway to four real sites; what WordPress ran must be what Postern decided.
 */
if (import.meta.main) process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			requests: { type: 'string', default: '100000' },
			seed: { type: 'string', default: '4' },
			straight: { type: 'boolean', default: false },
			mutations: { type: 'boolean', default: false },
			show: { type: 'string', default: '40' },
		},
	})
	const seed = Number(values.seed)
	const count = Number(values.requests)
	if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1) {
		process.stderr.write('--requests and --seed are whole numbers.\n')
		return 2
	}
	if (values.mutations) return runMutations({ seed, names: positionals })
	const lanes = await openLanes(
		everyKind,
		values.straight ? 'straight' : { openStage: (sites) => openGatewayStage(sites, behindProxy) },
	)
	try {
		const onProgress = (done: number): void => void process.stderr.write(`${done} of ${count}\n`)
		const outcome = await runDifferential({ policy, seed, count, onProgress, ...lanes })
		print(outcome, { seed, count, show: Number(values.show) })
		return outcome.mismatches.length === 0 ? 0 : 1
	} finally {
		await lanes.close()
	}
}

type Shown = { readonly seed: number; readonly count: number; readonly show: number }

function print({ tally, mismatches, seconds }: Differential, { seed, count, show }: Shown): void {
	const folder = join(import.meta.dirname, '../../.cache/differential')
	mkdirSync(folder, { recursive: true })
	const report = join(folder, `seed-${seed}-${count}.json`)
	writeFileSync(
		report,
		JSON.stringify(
			{ seed, count, seconds, total: tally.total, cells: tally.cells(), mismatches: mismatches.map(describeMismatch) },
			null,
			'\t',
		),
	)
	const { asked, sent, ran } = tally.total
	const lines = [
		...tally.lines(),
		'',
		...mismatches.slice(0, show).map(describeMismatch),
		...(mismatches.length > show ? [`… and ${mismatches.length - show} more`] : []),
		`seed ${seed}: ${asked} requests, ${sent} sent, ${ran} run by WordPress, ${mismatches.length} mismatches; ${seconds.toFixed(0)} s, ${(asked / seconds).toFixed(0)} requests/s`,
		`every family × spelling × body: ${report}`,
	]
	process.stdout.write(`${lines.join('\n')}\n`)
}
