import { runScript } from '../steps/run-tool.ts'
import { ensureWebBuilt } from '../steps/web-build.ts'

/** Asks real sites generated requests through the gateway: `npm run differential -- --requests 100000 --seed 4`, or `--mutations`. */
export function run(args: readonly string[]): Promise<number> {
	ensureWebBuilt()
	return runScript('conformance/differential/run.ts', args)
}
