import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './root.ts'
import { runTool } from './run-tool.ts'

export type TestProject = 'unit' | 'conformance' | 'e2e'

/** Runs one of Vitest's projects; the numbers are left in `testReport(project)`. */
export function runTests(project: TestProject, args: readonly string[] = []): Promise<number> {
	mkdirSync(join(cacheFolder, 'tests'), { recursive: true })
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${testReport(project)}`]
	return runTool('vitest', ['run', '--project', project, ...reporters, ...args])
}

export function testReport(project: TestProject): string {
	return join(cacheFolder, 'tests', `${project}.json`)
}
