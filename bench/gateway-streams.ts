import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import type { Figure } from './figure.ts'
import { type ConnectedPostern, startConnectedPostern } from './gateway/connected-postern.ts'
import { residentMib } from './paired/process-cpu.ts'

const bench = 'gateway-streams'
const size = 2 * 1024 ** 3
const mib = 1024 ** 2
const block = Buffer.alloc(64 * 1024, 'Postern. ')

/** What streams cost the server in memory, and how soon it lets go of them. */
export async function run(): Promise<readonly Figure[]> {
	const site = await startStreamingSite()
	const postern = await startConnectedPostern({ siteUrl: site.url, preset: 'author' })
	try {
		await warmUp(postern)
		const situation = { site, postern, idle: residentMib(postern.pid()) }
		return [
			...(await oneEachWay(situation)),
			...(await stalledReader(situation)),
			...(await abortedReader(situation)),
			await manyAtOnce(situation),
		]
	} finally {
		await postern.stop()
		site.stop()
	}
}

/** What a first request loads is no part of what a stream costs. */
async function warmUp(postern: ConnectedPostern): Promise<void> {
	for (let round = 0; round < 20; round += 1)
		await Promise.all([download(postern, block.length), upload(postern, block.length)])
}

type Site = {
	readonly url: string
	counts(): Promise<{ sent: number; received: number; sockets: number }>
	stop(): void
}
type Situation = { readonly site: Site; readonly postern: ConnectedPostern; readonly idle: number }

async function startStreamingSite(): Promise<Site> {
	const child = spawn(process.execPath, [path.join(import.meta.dirname, 'gateway', 'streaming-site.ts')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const [printed] = (await once(child.stdout, 'data')) as [Buffer] // as a pipe gives it
	const url = `http://127.0.0.1:${Number(printed.toString())}`
	return { url, counts: async () => (await fetch(`${url}/counts`)).json(), stop: () => void child.kill() }
}

async function oneEachWay({ postern, idle }: Situation): Promise<Figure[]> {
	const down = await highest(postern, () => download(postern))
	const up = await highest(postern, () => upload(postern))
	const row = (figure: string, { peak, seconds }: Peak): Figure[] => [
		{ bench, figure: `2 GiB ${figure}, memory grows by`, value: peak - idle, unit: 'MiB', aim: '≤ 64 MiB' },
		{ bench, figure: `2 GiB ${figure}`, value: size / mib / seconds, unit: 'MiB/s' },
	]
	return [...row('down', down), ...row('up', up)]
}

/** Nobody reads: the site must not be able to send more than the buffers on the way take. */
async function stalledReader({ site, postern, idle }: Situation): Promise<Figure[]> {
	const before = (await site.counts()).sent
	const socket = await ask(postern)
	socket.pause()
	await delay(3_000)
	const after = (await site.counts()).sent
	const memory = residentMib(postern.pid()) - idle
	socket.destroy()
	return [
		{
			bench,
			figure: 'stalled reader: sent by the site in 3 s',
			value: (after - before) / mib,
			unit: 'MiB',
			aim: 'what sockets hold',
		},
		{ bench, figure: 'stalled reader: memory grows by', value: memory, unit: 'MiB', aim: '≤ 64 MiB' },
	]
}

async function abortedReader({ site, postern }: Situation): Promise<Figure[]> {
	await delay(6_000) // connections kept alive are gone
	const before = (await site.counts()).sockets
	const socket = await ask(postern)
	await delay(500)
	socket.destroy()
	const startedAt = performance.now()
	while ((await site.counts()).sockets > before && performance.now() - startedAt < 10_000) await delay(20)
	const seconds = (performance.now() - startedAt) / 1_000
	return [{ bench, figure: 'aborted reader: the site’s socket is free after', value: seconds, unit: 's', aim: '≤ 2 s' }]
}

const atOnce = 20

/** A site takes 16 at a time, so they are divided between two connectors. */
async function manyAtOnce({ postern, idle }: Situation): Promise<Figure> {
	const half = Array.from({ length: atOnce / 2 })
	const other = { ...postern, gateway: await postern.connectAgain() }
	const { peak } = await highest(postern, () =>
		Promise.all([...half.map(() => download(postern, 256 * mib)), ...half.map(() => upload(other, 256 * mib))]),
	)
	return {
		bench,
		figure: `${atOnce} streams at once, memory grows by`,
		value: peak - idle,
		unit: 'MiB',
		aim: '≤ 300 MiB',
	}
}

type Peak = { readonly peak: number; readonly seconds: number }

async function highest(postern: ConnectedPostern, work: () => Promise<unknown>): Promise<Peak> {
	let peak = 0
	const watch = setInterval(() => (peak = Math.max(peak, residentMib(postern.pid()))), 50)
	const startedAt = performance.now()
	try {
		await work()
	} finally {
		clearInterval(watch)
	}
	return { peak, seconds: (performance.now() - startedAt) / 1_000 }
}

function head(postern: ConnectedPostern, method: string, route: string, more: readonly string[] = []): string {
	const { host, pathname } = new URL(postern.gateway)
	const authorization = formatBasicCredentials(postern.login[0], new Secret(postern.login[1]))
	const lines = [
		`${method} ${pathname}wp-json/wp/v2/${route} HTTP/1.1`,
		`Host: ${host}`,
		`Authorization: ${authorization}`,
		'Connection: close',
	]
	return `${[...lines, ...more].join('\r\n')}\r\n\r\n`
}

async function open(postern: ConnectedPostern): Promise<Socket> {
	const { hostname, port } = new URL(postern.gateway)
	const socket = connect({ host: hostname, port: Number(port), noDelay: true })
	await once(socket, 'connect')
	// What went wrong is told by what was answered, or by what was not.
	socket.on('error', () => undefined)
	return socket
}

async function ask(postern: ConnectedPostern): Promise<Socket> {
	const socket = await open(postern)
	socket.write(head(postern, 'GET', 'media/7'))
	return socket
}

/** Reads so much and leaves, or all. */
async function download(postern: ConnectedPostern, bytes = size): Promise<void> {
	const socket = await ask(postern)
	let read = 0
	let start = ''
	for await (const chunk of socket as AsyncIterable<Buffer>) {
		if (start === '') start = chunk.toString('latin1', 0, 12)
		read += chunk.length
		if (read >= bytes) break
	}
	if (!start.endsWith(' 200') || read < bytes) throw new Error(`${start}: only ${read} bytes came`)
}

async function upload(postern: ConnectedPostern, bytes = size): Promise<void> {
	const socket = await open(postern)
	const disposition = 'Content-Disposition: attachment; filename="film.mp4"'
	socket.write(head(postern, 'POST', 'media', ['Content-Type: video/mp4', `Content-Length: ${bytes}`, disposition]))
	const answered = once(socket, 'data') as Promise<[Buffer]> // as a socket gives it
	for (let left = bytes; left > 0; left -= block.length) if (!socket.write(block)) await once(socket, 'drain')
	const [answer] = await answered
	if (!answer.toString('latin1').startsWith('HTTP/1.1 201')) throw new Error(answer.toString('latin1', 0, 200))
	socket.destroy()
}
