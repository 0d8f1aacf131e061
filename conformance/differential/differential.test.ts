import * as policy from '@postern/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGatewayStage } from '../gateway/gateway-stage.ts'
import { behindProxy } from './gateway-door.ts'
import { openLanes, type Lanes } from './open-lanes.ts'
import { findPhp } from '../wordpress/php-interpreter.ts'
import { describeMismatch, runDifferential, type Differential } from './run-differential.ts'

const seed = 4
/** PHP as WebAssembly takes a hundred times as long for each. */
const isFast = (await findPhp()) === 'php'
const count = isFast ? 3_000 : 60

/** `npm run differential` asks 100,000, on four sites. */
describe(`${count} generated requests through the gateway, seed ${seed}`, () => {
	let lanes: Lanes
	let outcome: Differential
	beforeAll(async () => {
		const kinds = [
			{ version: '6.5.5', permalinks: 'pretty' },
			{ version: '6.2.6', permalinks: 'plain' },
		] as const
		lanes = await openLanes(kinds, { openStage: (sites) => openGatewayStage(sites, behindProxy) })
		outcome = await runDifferential({ policy, seed, count, ...lanes })
	})
	afterAll(() => lanes.close())

	it('T21 T22 T23 T24 T25 T26 T27 T28 T29 T41 what WordPress ran is what Postern decided, or nothing was sent', () => {
		expect(outcome.mismatches.map(describeMismatch)).toEqual([])
	})

	it.runIf(isFast)(
		'#228 is no test of refusals alone: plainly spelled, everything but the forbidden reaches the site',
		() => {
			console.log(outcome.tally.lines().join('\n'))
			expect(outcome.tally.total.ran).toBeGreaterThan(count * 0.18)
			const sent = Map.groupBy(outcome.tally.cells(), ({ family }) => family)
			const never = [...sent].filter(([, cells]) => cells.every((cell) => cell.ran === 0)).map(([family]) => family)
			expect(never.toSorted()).toEqual(neverRun)
		},
	)
})

/** Denied for every password, or nothing there to run. */
const neverRun = ['application-passwords', 'application-passwords/{uuid}', 'demo', 'no such route', 'pingback']
