import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../scripts/testing/free-port.ts'
import { findPhp, type PhpWay } from './php-interpreter.ts'
import { phpServer } from './php-server.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { makeSiteFolder, type SiteFolder } from './site-folder.ts'
import { wasmServer } from './wasm-server.ts'
import type { WordPressOptions } from './wordpress-options.ts'

export type LaunchedSite = {
	/** Without a slash at the end. */
	readonly url: string
	readonly port: number
	readonly way: PhpWay
	readonly site: SiteFolder
	/** Runs PHP inside that WordPress and gives what it returns, by way of JSON. */
	run(code: string): Promise<unknown>
	stop(): Promise<void>
}

const READY_WITHIN_MS: Readonly<Record<PhpWay, number>> = { php: 120_000, wasm: 300_000 }
const ATTEMPTS = 3

/** Serves a WordPress, installed or not, and waits until `readyPath` answers 200. */
export async function launchSite(
	source: { readonly unpacked: string; readonly database?: string },
	options: WordPressOptions,
	readyPath: string,
): Promise<LaunchedSite> {
	for (let attempt = 1; ; attempt++) {
		const way = await findPhp()
		const port = options.port ?? (await freePort())
		const url = `http://127.0.0.1:${port}${options.path ?? ''}`
		const site = makeSiteFolder(source, options, url)
		const order = way === 'php' ? phpServer(site, options, port) : await wasmServer(site, options, port)
		const server = startServerProcess(order)
		try {
			await isReady(`${url}${readyPath}`, server, Date.now() + READY_WITHIN_MS[way])
			return { url, port, way, site, run: (code) => runPhp(url, site.token, code), stop: server.stop }
		} catch (error) {
			await server.stop()
			// Somebody else took the free port in between.
			const isTaken = error instanceof Error && /address already in use/i.test(error.message)
			if (!isTaken || options.port !== undefined || attempt === ATTEMPTS) throw error
		}
	}
}

async function isReady(url: string, server: ServerProcess, deadline: number): Promise<void> {
	for (;;) {
		const response = await fetch(url, { redirect: 'manual', headers: { 'X-Postern-Run': 'ready?' } }).catch(
			() => undefined,
		)
		const body = await response?.text()
		if (response?.status === 200) return
		const failure = server.failure()
		if (failure !== undefined) throw new Error(`WordPress did not start: ${failure}`)
		if (Date.now() > deadline)
			throw new Error(`WordPress did not get ready: ${response?.status} ${body?.slice(0, 500)}`)
		await delay(25)
	}
}

async function runPhp(url: string, token: string, code: string): Promise<unknown> {
	const response = await fetch(`${url}/index.php`, {
		method: 'POST',
		headers: { 'X-Postern-Run': token, 'Content-Type': 'text/plain' },
		body: code,
		redirect: 'manual',
	})
	const text = await response.text()
	const answer: unknown = response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : undefined
	if (typeof answer === 'object' && answer !== null && 'value' in answer) return answer.value
	throw new Error(`PHP in WordPress failed (${response.status}): ${text.slice(0, 1_000)}`)
}

/** A script of ours, fit for `run`, with variables set before it. */
export function phpScript(path: string, variables: Readonly<Record<string, unknown>> = {}): string {
	const set = Object.entries(variables).map(([name, value]) => `$${name} = ${phpValue(value)};\n`)
	return set.join('') + readFileSync(join(import.meta.dirname, 'php', path), 'utf8').replace(/^<\?php/, '')
}

/** A PHP expression for any JSON value; base64 has nothing to escape. */
export function phpValue(value: unknown): string {
	const encoded = Buffer.from(JSON.stringify(value)).toString('base64')
	return `json_decode( base64_decode( '${encoded}' ), true )`
}
