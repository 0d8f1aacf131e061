import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneAtATime } from '../bootstrap/one-at-a-time.mjs'
import { cacheFolder, root } from './root.ts'
import { runToolNow } from './run-tool.ts'

const builtFolder = join(root, 'apps', 'web', 'dist')
const stampPath = join(builtFolder, '.built-from')
const sources = ['apps/web', 'packages/api', 'packages/vocabulary', 'packages/wordpress']

/** Builds the web app unless what was built last comes from these very sources. */
export function ensureWebBuilt(): void {
	const hash = hashOfSources(root)
	const isDone = () => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash
	const work = () => {
		process.stderr.write('Building the web app (once) …\n')
		buildWeb(hash)
	}
	oneAtATime(join(cacheFolder, 'web-build.lock'), { isDone, work })
}

/** Builds aside and then puts the result in place, so that a running server never serves half a build. */
export function buildWeb(hash = hashOfSources(root)): void {
	const fresh = join(cacheFolder, `web-build-${process.pid}`)
	const replaced = `${fresh}-replaced`
	mkdirSync(cacheFolder, { recursive: true })
	try {
		runToolNow('vite', ['build', 'apps/web', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'])
		writeFileSync(join(fresh, '.built-from'), hash)
		if (existsSync(builtFolder)) renameSync(builtFolder, replaced)
		renameSync(fresh, builtFolder)
	} finally {
		rmSync(fresh, { recursive: true, force: true })
		rmSync(replaced, { recursive: true, force: true })
	}
}

/** One hash over everything the web app is built from: the files' names and contents, and the lock file. */
export function hashOfSources(folder: string): string {
	const hash = createHash('sha256')
	for (const path of [...webSources(folder), 'package-lock.json']) {
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(folder, path)))
			.update('\0')
	}
	return hash.digest('hex')
}

const noSource = /(^|[\\/])(node_modules|dist)([\\/]|$)|\.(test|testing)\.tsx?$|\.md$/

function webSources(folder: string): string[] {
	return sources
		.flatMap((source) =>
			readdirSync(join(folder, source), { recursive: true, encoding: 'utf8' }).map((path) => join(source, path)),
		)
		.filter((path) => !noSource.test(path) && statSync(join(folder, path)).isFile())
		.sort()
}
