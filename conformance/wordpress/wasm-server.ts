import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../scripts/testing/free-port.ts'
import type { ServerOrder } from './guard-server.ts'
import { installPhp } from './php-interpreter.ts'
import { runNpm } from '../../scripts/testing/run-command.ts'
import type { WasmOrder } from './serve-wasm.ts'
import type { SiteFolder } from './site-folder.ts'
import { cached } from '../../scripts/testing/test-cache.ts'
import type { WordPressOptions } from './wordpress-options.ts'

const PACKAGE = '@wp-playground/cli'
const PACKAGE_VERSION = '3.1.56'
const INTEGRITY = 'sha512-JTxl6djPEM2YRYz/w+BUoyoCvhSGHIjqMi4fMV1b8o1UPNvZatLaS7opo57UsrVElXrfdZwvi6IuyS4LswUx9Q=='

/** How to serve that site with PHP compiled to WebAssembly. Fetches it when it is not in the cache. */
export async function wasmServer(site: SiteFolder, options: WordPressOptions, port: number): Promise<ServerOrder> {
	const modules = await cached(`wordpress/playground-cli-${PACKAGE_VERSION}`, fetchPhp)
	const order: WasmOrder = {
		cli: join(modules, 'node_modules', PACKAGE, 'cli.js'),
		wordpress: site.wordpress,
		requestLog: site.requestLog,
		base: options.path ?? '',
		isPretty: options.permalinks === 'pretty',
		port,
		innerPort: await freePort(),
	}
	return {
		command: process.execPath,
		args: [join(import.meta.dirname, 'serve-wasm.ts'), JSON.stringify(order)],
		env: { NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', TMPDIR: site.folder },
		folder: site.folder,
	}
}

async function fetchPhp(folder: string): Promise<void> {
	console.error(`Fetching PHP as WebAssembly for the tests: npm install ${PACKAGE}@${PACKAGE_VERSION} (580 MB, once) …`)
	await writeFile(join(folder, 'package.json'), '{ "private": true }')
	const options = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']
	try {
		await runNpm(['install', ...options, `${PACKAGE}@${PACKAGE_VERSION}`], folder)
	} catch (cause) {
		throw new Error(`There is no PHP for WordPress, and npm could not fetch one. ${installPhp}`, { cause })
	}
	const lockFile = await readFile(join(folder, 'package-lock.json'), 'utf8')
	if (!lockFile.includes(INTEGRITY)) throw new Error(`${PACKAGE}@${PACKAGE_VERSION} has the wrong content`)
}
