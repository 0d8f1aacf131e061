import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../../scripts/testing/is-alive.ts'
import { linkTree } from './link-tree.ts'
import { cacheFolder } from '../../scripts/testing/test-cache.ts'
import type { WordPressOptions } from './wordpress-options.ts'

export const phpFolder = join(import.meta.dirname, 'php')
const runFolder = join(cacheFolder, 'wordpress/run')

export type SiteFolder = {
	readonly folder: string
	readonly documentRoot: string
	readonly wordpress: string
	/** One JSON object a line. */
	readonly requestLog: string
	/** Proves to the site that PHP to run comes from us. */
	readonly token: string
}

/** Lays out one running site: WordPress's files as hard links, its configuration, its must-use plugins, its database. */
export function makeSiteFolder(
	source: { readonly unpacked: string; readonly database?: string },
	options: WordPressOptions,
	url: string,
): SiteFolder {
	removeAbandoned()
	const folder = join(runFolder, randomUUID())
	const documentRoot = join(folder, 'root')
	const wordpress = join(documentRoot, options.path ?? '')
	linkTree(source.unpacked, wordpress)
	const content = join(wordpress, 'wp-content')
	const token = randomUUID()
	if (source.database !== undefined) cpSync(source.database, join(content, 'database'), { recursive: true })
	mkdirSync(join(content, 'harness'))
	writeFileSync(join(content, 'harness/settings.json'), JSON.stringify({ ...settingsOf(options), url, token }))
	cpSync(join(phpFolder, 'wp-config.php'), join(wordpress, 'wp-config.php'))
	addMustUsePlugins(join(content, 'mu-plugins'), options)
	return { folder, documentRoot, wordpress, requestLog: join(folder, 'requests.log'), token }
}

function settingsOf(options: WordPressOptions): Readonly<Record<string, string>> {
	return {
		permalinks: options.permalinks,
		environment: options.environment ?? 'local',
		title: options.title ?? 'Postern test site',
	}
}

function addMustUsePlugins(folder: string, options: WordPressOptions): void {
	mkdirSync(folder)
	cpSync(join(phpFolder, 'run-code.php'), join(folder, 'run-code.php'))
	for (const behaviour of options.behaviours ?? []) {
		cpSync(join(phpFolder, 'behaviours', `${behaviour}.php`), join(folder, `${behaviour}.php`))
	}
	for (const [index, code] of (options.plugins ?? []).entries()) {
		writeFileSync(join(folder, `plugin-${index + 1}.php`), `<?php\n${code}\n`)
	}
}

/** Folders whose guard was killed before it could remove them. One without a guard yet is just being made. */
function removeAbandoned(): void {
	mkdirSync(runFolder, { recursive: true })
	for (const name of readdirSync(runFolder)) {
		const guard = readGuard(join(runFolder, name))
		if (guard !== undefined && !isAlive(guard)) rmSync(join(runFolder, name), { recursive: true, force: true })
	}
}

function readGuard(folder: string): number | undefined {
	try {
		return Number(readFileSync(join(folder, 'guard.pid'), 'utf8'))
	} catch {
		return undefined
	}
}
