import { once } from 'node:events'
import { connect } from 'node:net'
import { parentPort, Worker } from 'node:worker_threads'

export type LoadOrder = {
	readonly port: number
	readonly host?: string
	/** The whole request, as it goes over the wire. */
	readonly request: string
	readonly connections: number
	readonly ms: number
}

export type LoadResult = {
	readonly requests: number
	/** Answers that were not 2xx, and connections that broke. */
	readonly failed: number
	readonly perSecond: number
	readonly p50Us: number
	readonly p99Us: number
}

export type LoadGenerator = { load(order: LoadOrder): Promise<LoadResult>; stop(): Promise<number> }

/** Starts the one thread that makes load: plain sockets and ready bytes, so that it costs the same for every candidate. */
export function startLoadGenerator(): LoadGenerator {
	const worker = new Worker(new URL(import.meta.url))
	return {
		async load(order) {
			worker.postMessage(order)
			const [result] = (await once(worker, 'message')) as [LoadResult] // what `generate` posts
			return result
		},
		stop: () => worker.terminate(),
	}
}

parentPort?.on('message', (order: LoadOrder) => {
	generate(order).then((result) => parentPort?.postMessage(result), crash)
})

function crash(error: unknown): void {
	throw error
}

async function generate({ port, host = '127.0.0.1', request, connections, ms }: LoadOrder): Promise<LoadResult> {
	const bytes = Buffer.from(request)
	const until = performance.now() + ms
	const latencies: number[] = []
	let failed = 0
	const startedAt = performance.now()
	const one = (): Promise<void> =>
		new Promise((resolve) => {
			const socket = connect({ port, host, noDelay: true })
			let sentAt = 0
			let head = ''
			let missing = -1
			/** The last bytes of a body whose length nobody said; undefined where it was said. */
			let tail: string | undefined
			const send = () => {
				if (performance.now() >= until) return void socket.destroy()
				head = ''
				missing = -1
				tail = undefined
				sentAt = performance.now()
				socket.write(bytes)
			}
			const answered = () => {
				latencies.push(performance.now() - sentAt)
				if (!head.startsWith('HTTP/1.1 2')) failed += 1
				if (/\r\nconnection: close/i.test(head)) socket.destroy()
				else send()
			}
			socket.on('connect', send)
			socket.on('data', (chunk: Buffer) => {
				if (missing < 0) {
					head += chunk.toString('latin1')
					const end = head.indexOf('\r\n\r\n')
					if (end < 0) return
					missing = end + 4 + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0) - head.length
					if (/\r\ntransfer-encoding: *chunked/i.test(head.slice(0, end + 2))) tail = head.slice(end + 4)
				} else if (tail === undefined) missing -= chunk.length
				else tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - 5))).slice(-5)
				if (tail === undefined ? missing <= 0 : tail.endsWith('0\r\n\r\n')) answered()
			})
			socket.on('error', () => (failed += 1))
			socket.on('close', () => resolve())
		})
	const keepOne = async (): Promise<void> => {
		await one()
		if (performance.now() < until) await keepOne() // a server that closes after each answer gets a new connection
	}
	let isBusy = true
	// A generator that sleeps has to be woken by whoever answers, and a slow server would pay for it where a quick one does not.
	const stayAwake = () => void (isBusy && setImmediate(stayAwake))
	stayAwake()
	await Promise.all(Array.from({ length: connections }, keepOne))
	isBusy = false
	latencies.sort((a, b) => a - b)
	const at = (share: number) => (latencies[Math.floor(share * (latencies.length - 1))] ?? 0) * 1000
	const seconds = (performance.now() - startedAt) / 1000
	return {
		requests: latencies.length,
		failed,
		perSecond: latencies.length / seconds,
		p50Us: at(0.5),
		p99Us: at(0.99),
	}
}
