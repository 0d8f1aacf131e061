import { connect, type Socket } from 'node:net'

/** A request as its bytes are: nothing is checked, put right or added but `Host` and the length of the body. */
export type WireRequest = {
	readonly method: string
	readonly target: string
	readonly headers: readonly (readonly [name: string, value: string])[]
	readonly body?: Uint8Array | undefined
}

/** Status 0: the connection was closed without an answer. */
export type WireAnswer = {
	readonly status: number
	readonly headers: ReadonlyMap<string, string>
	readonly text: string
}

export type RawConnection = { ask(request: WireRequest): Promise<WireAnswer>; close(): void }

const WITHIN_MS = 30_000
const closed: WireAnswer = { status: 0, headers: new Map(), text: '' }

/** One connection after another to a port of this machine; a next one when the other side closed the last. */
export function openRawConnection(port: number): RawConnection {
	let socket: Socket | undefined
	return {
		ask(request) {
			socket = socket === undefined || socket.destroyed || !socket.writable ? connect(port, '127.0.0.1') : socket
			socket.setNoDelay(true)
			return askOn(socket, request, port)
		},
		close: () => void socket?.destroy(),
	}
}

function askOn(socket: Socket, request: WireRequest, port: number): Promise<WireAnswer> {
	return new Promise((resolve) => {
		const reader = createReader(request.method === 'HEAD')
		const settle = (answer: WireAnswer, keeps: boolean): void => {
			for (const name of ['data', 'close', 'error', 'timeout']) socket.removeAllListeners(name)
			socket.on('error', () => undefined)
			socket.setTimeout(0)
			if (!keeps) socket.destroy()
			resolve(answer)
		}
		socket.on('data', (chunk) => {
			reader.add(chunk)
			const read = reader.answer(false)
			if (read !== undefined) settle(read, keepsOpen(read))
		})
		socket.on('close', () => settle(reader.answer(true) ?? closed, false))
		socket.on('error', () => undefined)
		socket.setTimeout(WITHIN_MS, () => settle({ ...closed, text: `no answer within ${WITHIN_MS} ms` }, false))
		socket.write(bytesOf(request, port))
	})
}

function bytesOf({ method, target, headers, body }: WireRequest, port: number): Buffer {
	const hasHost = headers.some(([name]) => name.toLowerCase() === 'host')
	const hasLength = headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))
	const lines = [`${method} ${target} HTTP/1.1`, ...(hasHost ? [] : [`Host: localhost:${port}`])]
	for (const [name, value] of headers) lines.push(`${name}: ${value}`)
	if (body !== undefined && !hasLength) lines.push(`Content-Length: ${body.byteLength}`)
	const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
	return body === undefined ? head : Buffer.concat([head, body])
}

function keepsOpen({ headers, status }: WireAnswer): boolean {
	const isFramed = headers.has('content-length') || headers.has('transfer-encoding') || status === 204 || status === 304
	return isFramed && headers.get('connection')?.toLowerCase() !== 'close'
}

type Reader = { add(chunk: Buffer): void; answer(isEnd: boolean): WireAnswer | undefined }

function createReader(isHead: boolean): Reader {
	let sofar = Buffer.alloc(0)
	return {
		add: (chunk) => void (sofar = Buffer.concat([sofar, chunk])),
		answer(isEnd) {
			const end = sofar.indexOf('\r\n\r\n')
			if (end < 0) return undefined
			const head = readHead(sofar.subarray(0, end).toString('latin1'))
			const rest = sofar.subarray(end + 4)
			if (head.status < 200) {
				sofar = Buffer.from(rest)
				return this.answer(isEnd)
			}
			const hasNoBody = isHead || head.status === 204 || head.status === 304
			const body = hasNoBody ? rest.subarray(0, 0) : readBody(rest, head.headers, isEnd)
			return body && { ...head, text: body.toString() }
		},
	}
}

function readHead(text: string): Pick<WireAnswer, 'status' | 'headers'> {
	const [first = '', ...lines] = text.split('\r\n')
	const headers = new Map(
		lines.map((line) => {
			const at = line.indexOf(':')
			return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
		}),
	)
	return { status: Number(first.split(' ')[1] ?? 0), headers }
}

/** Undefined while there is more to come. */
function readBody(bytes: Buffer, headers: WireAnswer['headers'], isEnd: boolean): Buffer | undefined {
	const length = headers.get('content-length')
	if (length !== undefined) return bytes.length >= Number(length) ? bytes.subarray(0, Number(length)) : undefined
	if (headers.get('transfer-encoding') === undefined) return isEnd ? bytes : undefined
	const parts: Buffer[] = []
	for (let at = 0; ;) {
		const end = bytes.indexOf('\r\n', at)
		if (end < 0) return undefined
		const size = Number.parseInt(bytes.subarray(at, end).toString('latin1'), 16)
		if (bytes.length < end + 2 + size + 2) return undefined
		if (size === 0) return Buffer.concat(parts)
		parts.push(bytes.subarray(end + 2, end + 2 + size))
		at = end + 2 + size + 2
	}
}
