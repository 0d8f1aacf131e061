import { isIP, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { fail } from '@postern/vocabulary'
import type { buildConnector } from 'undici'
import { beforeAbort } from './before-abort.ts'
import { CarriedFailure } from './carried-failure.ts'
import { type findAddresses, portOf, type Target, writtenHost } from './find-addresses.ts'
import { openSocket } from './open-socket.ts'
import { pinMismatch } from './shown-certificate.ts'

type ConnectorOptions = {
	readonly find: (target: Target) => ReturnType<typeof findAddresses>
	readonly secureContext: () => SecureContext
	/** As in `SiteRequest`. */
	readonly pin?: string | undefined
	/** Resolving, connecting and the TLS handshake together. */
	readonly timeoutMs: number
	readonly attempts: Attempts
}

/** What is under way, so that it can be ended; `isOver`: nothing begins any more. */
export type Attempts = { readonly running: Set<AbortController>; isOver: boolean }

export function endAll(attempts: Attempts): void {
	attempts.isOver = true
	for (const attempt of attempts.running) attempt.abort(new Error('egress is closing'))
}

type SecureTarget = Target & { readonly secureContext: SecureContext | undefined }

/** Makes undici's connector: it resolves, checks, connects to a checked address only, and looks at the peer it got. */
export function createCheckedConnector(options: ConnectorOptions): buildConnector.connector {
	return (wanted, callback) => {
		const isHttps = wanted.protocol === 'https:'
		const port = portOf(wanted)
		const target = { host: wanted.hostname, port, secureContext: isHttps ? options.secureContext() : undefined }
		void deliver(connectChecked(target, options), callback)
	}
}

async function deliver(connecting: Promise<Socket>, callback: buildConnector.Callback): Promise<void> {
	let socket: Socket
	try {
		socket = await connecting
	} catch (error) {
		callback(error instanceof Error ? error : new Error('not an error'), null)
		return
	}
	callback(null, socket)
}

async function connectChecked(target: SecureTarget, options: ConnectorOptions): Promise<Socket> {
	const { find, timeoutMs, attempts, pin } = options
	// Whoever pins a certificate wants nobody else to answer, and without TLS anybody can.
	if (pin !== undefined && target.secureContext === undefined) throw new CarriedFailure(pinMismatch(target.host))
	const attempt = new AbortController()
	const { signal } = attempt
	let isLate = false
	const timer = setTimeout(() => {
		isLate = true
		attempt.abort(new Error('too late'))
	}, timeoutMs)
	attempts.running.add(attempt)
	if (attempts.isOver) endAll(attempts)
	try {
		const found = await beforeAbort(find(target), signal)
		if (!found.ok) throw new CarriedFailure(found)
		const servername = isIP(target.host) === 0 ? target.host.replace(/\.$/, '') : ''
		return await openSocket({ ...target, addresses: found.value, servername, pin, signal })
	} catch (error) {
		if (!isLate) throw error
		const params = { host: writtenHost(target.host), seconds: Math.ceil(timeoutMs / 1_000) }
		throw new CarriedFailure(fail('network/timeout', { params }))
	} finally {
		clearTimeout(timer)
		attempts.running.delete(attempt)
	}
}
