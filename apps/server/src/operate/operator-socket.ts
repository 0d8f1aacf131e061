import { createHash } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { platform } from 'node:os'
import path from 'node:path'

/**
 * The way from the command line to the server that holds the data folder: a socket in that folder, for this user alone.
 * It is no network: who can open it can read the store as well. One line of JSON each way.
 */
const name = 'operator.sock'
const requestLimit = 64 * 1024
const answerLimit = 64 * 1024 * 1024
const timeoutMs = 30_000

/** What the operating system takes as a socket's path (108 on Linux, 104 elsewhere, with a NUL). */
const pathLimit = 100

export type OperatorSocket = { close(): Promise<void> }

/** Listens until it is closed. Undefined where the folder's path is too long for a socket, or its disk takes none. */
export function listenForOperator(
	dataFolder: string,
	answer: (request: unknown) => Promise<unknown>,
): Promise<OperatorSocket | undefined> {
	const address = addressIn(dataFolder)
	if (address === undefined) return Promise.resolve(undefined)
	// Of a server that was killed; the folder is ours now.
	if (platform() !== 'win32') rmSync(address, { force: true })
	const callers = new Set<Socket>()
	const server = createServer((socket) => {
		callers.add(socket)
		socket.once('close', () => callers.delete(socket))
		void serve(socket, answer)
	})
	const close = () =>
		new Promise<void>((closed) => {
			server.close(() => closed())
			for (const caller of callers) caller.destroy()
		})
	return new Promise((resolve) => {
		server.once('error', () => resolve(undefined))
		server.listen(address, () => {
			if (platform() !== 'win32') chmodSync(address, 0o600)
			resolve({ close })
		})
		server.unref()
	})
}

/**
 * Asks the server that runs on the folder, and waits as long as it takes, or `patienceMs`. Undefined: none runs there, or it does not
 * listen.
 */
export async function askRunningServer(
	dataFolder: string,
	request: unknown,
	patienceMs: number | 'any' = timeoutMs,
): Promise<unknown> {
	const address = addressIn(dataFolder)
	const socket = address === undefined ? undefined : await connect(address)
	if (socket === undefined) return undefined
	socket.write(`${JSON.stringify(request)}\n`)
	const line = await readLine(socket, { limit: answerLimit, patienceMs })
	socket.destroy()
	return line === undefined ? undefined : JSON.parse(line)
}

async function serve(socket: Socket, answer: (request: unknown) => Promise<unknown>): Promise<void> {
	try {
		const line = await readLine(socket, { limit: requestLimit, patienceMs: timeoutMs })
		socket.setTimeout(0) // from here it waits for us
		if (line === undefined) socket.destroy()
		else socket.end(`${JSON.stringify(await answer(JSON.parse(line)))}\n`)
	} catch {
		socket.destroy() // whoever asked sees that there is no answer
	}
}

function connect(address: string): Promise<Socket | undefined> {
	return new Promise((resolve, reject) => {
		const socket = createConnection(address)
		socket.once('connect', () => resolve(socket))
		socket.once('error', (error: NodeJS.ErrnoException) => {
			// Another user's socket is closed to us as their store is, which says so in our words.
			if (['ENOENT', 'ECONNREFUSED', 'EACCES'].includes(error.code ?? '')) resolve(undefined)
			else reject(error)
		})
	})
}

/** Undefined when the other side left, waited too long, or wrote too much. */
async function readLine(
	socket: Socket,
	{ limit, patienceMs }: { readonly limit: number; readonly patienceMs: number | 'any' },
): Promise<string | undefined> {
	socket.setEncoding('utf8')
	socket.on('error', () => socket.destroy()) // the other side left
	if (patienceMs !== 'any') socket.setTimeout(patienceMs, () => socket.destroy())
	let text = ''
	try {
		// Left without destroying the socket: the answer goes out on it.
		for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
			text += String(chunk)
			if (text.length > limit) return undefined
			if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
		}
	} catch {
		return undefined
	}
	return undefined
}

function addressIn(dataFolder: string): string | undefined {
	if (platform() === 'win32')
		return `\\\\.\\pipe\\postern-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 32)}`
	const absolute = path.join(dataFolder, name)
	return [absolute, path.relative('', absolute)].find((address) => Buffer.byteLength(address) <= pathLimit)
}
