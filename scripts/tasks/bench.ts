import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../steps/root.ts'
import { runScript } from '../steps/run-tool.ts'

/** Measures: `npm run bench -- <name>`; without a name it lists what can be measured. */
export async function run([name = '', ...args]: readonly string[]): Promise<number> {
	const names = globSync('bench/*.bench.ts', { cwd: root })
		.map((path) => basename(path, '.bench.ts'))
		.sort()
	if (names.includes(name)) return runScript(join('bench', `${name}.bench.ts`), args)
	process.stderr.write(`npm run bench -- <name> [--json]   Names: ${names.join(', ')}\n`)
	return 2
}
