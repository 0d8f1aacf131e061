import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fetchPackages } from '../fetch-packages.ts'

export type Peer = { readonly name: string; readonly pid: number; readonly port: number; stop(): void }

const versions = { 'http-proxy-3': '2.0.1', '@fastify/reply-from': '12.6.5' }

/** The programs in `peers/`, with what they are called in the table. */
export const peers = {
	'bare-pipe': 'bare Node pipe',
	'http-proxy': `http-proxy-3 ${versions['http-proxy-3']}`,
	'reply-from': `@fastify/reply-from ${versions['@fastify/reply-from']}`,
	'hono-proxy': 'hono/proxy',
	'api-key-pipe': 'better-auth API key + pipe',
} as const

/** Starts one of them in front of a site, in a process of its own. */
export async function startPeer(file: keyof typeof peers, siteUrl: string): Promise<Peer> {
	const packages = await fetchPackages('proxies', versions)
	const program = path.join(import.meta.dirname, 'peers', `${file}.ts`)
	const child = spawn(process.execPath, [program, siteUrl, packages], { stdio: ['ignore', 'pipe', 'inherit'] })
	const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it listened`)))
	const [printed] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer] // as a pipe gives it
	ended.catch(() => undefined)
	return { name: peers[file], pid: child.pid ?? 0, port: Number(printed.toString()), stop: () => void child.kill() }
}
