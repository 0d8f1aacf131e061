import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../scripts/testing/free-port.ts'
import { startServerProcess, type ServerProcess } from '../wordpress/server-process.ts'
import { startWordPress } from '../wordpress/start-wordpress.ts'
import type { WordPressOptions } from '../wordpress/wordpress-options.ts'
import { findPrograms } from './find-programs.ts'
import { apacheConfiguration, fpmConfiguration, nginxConfiguration, type Place, type WebServer } from './web-server.ts'

export type ServedWordPress = {
	/** The same for every web server that is put before it. */
	readonly url: string
	readonly username: string
	readonly password: string
	/** Serves it with this web server instead of the last. */
	serveWith(server: WebServer): Promise<void>
	/** Runs PHP inside, through the web server. */
	run(code: string): Promise<unknown>
	/** What a person does under Settings → Permalinks. */
	savePermalinks(structure: '' | '/%postname%/'): Promise<unknown>
	readonly htaccess: string
	stop(): Promise<void>
}

const READY_WITHIN_MS = 120_000

/** A real WordPress in a folder that web servers may read, with an author and their application password. */
export async function placeWordPress(options: WordPressOptions): Promise<ServedWordPress> {
	const site = await startWordPress(options)
	const { password } = await site.createApplicationPassword('author', 'Postern')
	const home = mkdtempSync(join(tmpdir(), 'postern-served-'))
	chmodSync(home, 0o755)
	const documentRoot = join(home, 'root')
	execFileSync('cp', ['-a', join(site.folder, 'root'), documentRoot])
	await site.stop()
	const account = process.getuid?.() === 0 ? 'www-data' : undefined
	if (account !== undefined) execFileSync('chown', ['-R', `${account}:`, documentRoot])
	const place = { documentRoot, port: await freePort(), account, home }
	let running: readonly ServerProcess[] = []
	const url = `http://127.0.0.1:${place.port}`
	const run = (code: string): Promise<unknown> => runPhp(url, documentRoot, code)
	const end = async (): Promise<void> => {
		await Promise.all(running.map((server) => server.stop()))
		running = []
	}
	return {
		url,
		username: 'author',
		password,
		htaccess: join(documentRoot, '.htaccess'),
		serveWith: async (server) => {
			await end()
			running = startServers(server, place)
			await isReady(url, running)
			await run(`update_option( 'home', '${url}' ); return update_option( 'siteurl', '${url}' );`)
		},
		run,
		savePermalinks: (structure) =>
			run(
				`global $wp_rewrite; $wp_rewrite->set_permalink_structure( '${structure}' ); $wp_rewrite->flush_rules( true );`,
			),
		stop: async () => {
			await end()
			rmSync(home, { recursive: true, force: true })
		},
	}
}

function startServers(
	server: WebServer,
	{ home, ...site }: Omit<Place, 'folder' | 'socket'> & { home: string },
): ServerProcess[] {
	const programs = findPrograms()
	const socket = join(home, 'php.sock')
	const start = (
		name: string,
		command: string | undefined,
		describe: (place: Place) => { text: string; args: (file: string) => string[] },
	) => {
		if (command === undefined) throw new Error(`${name} is not installed`)
		const folder = join(home, name)
		mkdirSync(folder, { recursive: true, mode: 0o755 })
		const { text, args } = describe({ ...site, folder, socket })
		const file = join(folder, `${name}.conf`)
		writeFileSync(file, text)
		return startServerProcess({ command, args: args(file), env: {}, folder })
	}
	const php =
		server.php === 'php-fpm'
			? [start('fpm', programs.fpm, (place) => ({ text: fpmConfiguration(place), args: (file) => ['-F', '-y', file] }))]
			: []
	const front =
		server.kind === 'nginx'
			? start('nginx', programs.nginx, (place) => ({
					text: nginxConfiguration(server, place),
					args: (file) => ['-c', file],
				}))
			: start('apache', programs.apache, (place) => ({
					text: apacheConfiguration(server, place, programs),
					args: (file) => ['-D', 'FOREGROUND', '-f', file],
				}))
	return [...php, front]
}

async function isReady(url: string, servers: readonly ServerProcess[]): Promise<void> {
	const deadline = Date.now() + READY_WITHIN_MS
	for (;;) {
		const status = await fetch(`${url}/wp-includes/version.php`).then(
			({ status: found }) => found,
			() => 0,
		)
		if (status === 200) return
		const failure = servers.map((server) => server.failure()).find((reason) => reason !== undefined)
		if (failure !== undefined) throw new Error(`The web server did not start: ${failure}`)
		if (Date.now() > deadline) throw new Error(`The web server did not get ready: ${status}`)
		await delay(50)
	}
}

async function runPhp(url: string, documentRoot: string, code: string): Promise<unknown> {
	const settings: { token: string } = JSON.parse(
		readFileSync(join(documentRoot, 'wp-content/harness/settings.json'), 'utf8'),
	)
	const response = await fetch(`${url}/index.php`, {
		method: 'POST',
		headers: { 'X-Postern-Run': settings.token, 'Content-Type': 'text/plain' },
		body: code,
		redirect: 'manual',
	})
	const text = await response.text()
	if (response.headers.get('content-type') !== 'application/json')
		throw new Error(`PHP in WordPress failed (${response.status}): ${text.slice(0, 1_000)}`)
	return JSON.parse(text).value
}
