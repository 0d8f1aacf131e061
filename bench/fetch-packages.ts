import { runNpm } from '../scripts/testing/run-command.ts'
import { cached } from '../scripts/testing/test-cache.ts'

/** Installs packages into the cache of the tests and gives the folder: what is only compared with is no dependency of ours. */
export function fetchPackages(name: string, versions: Readonly<Record<string, string>>): Promise<string> {
	const packages = Object.entries(versions).map((entry) => entry.join('@'))
	return cached(`bench/${name}`, async (folder) => {
		// Peers may name exact versions that their own releases do not have.
		const flags = [
			'--no-audit',
			'--no-fund',
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--loglevel=error',
			'--prefix',
			folder,
		]
		await runNpm(['install', ...flags, ...packages], folder)
	})
}
