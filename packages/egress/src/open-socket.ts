import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, TLSSocket } from 'node:tls'
import { problemOfNetworkError } from '@postern/vocabulary'
import { CarriedFailure } from './carried-failure.ts'
import { blockedTarget, isChecked, type ResolvedAddress, type Target, writtenHost } from './find-addresses.ts'
import { judgeName, pinMismatch, readShown, sha256Of, type Shown, withCertificate } from './shown-certificate.ts'

export type Connection = Target & {
	/** Nothing else is connected to. */
	readonly addresses: readonly ResolvedAddress[]
	/** With TLS, when there is one. */
	readonly secureContext: SecureContext | undefined
	/** The name the certificate must hold; empty for an IP address. */
	readonly servername: string
	/** SHA-256 of the only certificate that is trusted, even if nobody but itself vouches for it. */
	readonly pin: string | undefined
	readonly signal: AbortSignal
}

/** One slow address of several is left for the next after this long. */
const attemptTimeoutMs = 1_000

/** Connects to a checked address, looks at the peer it got, and with TLS finishes the handshake. */
export function openSocket(connection: Connection): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const { signal } = connection
		let shown: Shown
		/** Once: Node 24 takes the certificate out of the connection as it hands it over. */
		const look = (): Shown => (shown ??= socket instanceof TLSSocket ? readShown(socket) : undefined)
		const socket = createSocket(connection, (name) => judgeName(look(), name))
		const onAbort = (): void => void socket.destroy()
		signal.addEventListener('abort', onAbort, { once: true })
		let isSettled = false
		const settle = (error?: Error): void => {
			if (isSettled) return
			isSettled = true
			signal.removeEventListener('abort', onAbort)
			if (error === undefined) resolve(socket)
			else reject(withCertificate(error, shown))
		}
		// The last moment at which what was shown can be read.
		const destroy = socket.destroy.bind(socket)
		socket.destroy = (error) => {
			if (!isSettled && error !== undefined) look()
			return destroy(error)
		}
		socket.once('connect', () => {
			if (!isChecked(socket.remoteAddress, connection.addresses)) {
				socket.destroy(new CarriedFailure(blockedTarget(connection)))
			} else if (connection.secureContext === undefined) settle()
		})
		socket.once('secureConnect', () => {
			const refused =
				connection.pin === undefined ? undefined : judgePinned(look(), connection.pin, { socket, connection })
			if (refused === undefined) settle()
			else socket.destroy(refused)
		})
		socket.on('error', settle)
		socket.once('close', () => settle(Object.assign(new Error('closed while connecting'), { code: 'ECONNRESET' })))
	})
}

type Judged = { readonly socket: Socket; readonly connection: Connection }

/**
 * A pin stands in for an authority, and for nothing else: what an authority vouched for once, and is over or of another name now, is
 * refused as without a pin. Of a certificate that vouches for itself neither the name nor the date says anything.
 */
function judgePinned(shown: Shown, pin: string, { socket, connection }: Judged): Error | undefined {
	if (shown === undefined || sha256Of(shown) !== pin)
		return new CarriedFailure(pinMismatch(writtenHost(connection.host), shown))
	// Node writes the code of its verdict there, whatever the types say.
	const verdict: unknown = socket instanceof TLSSocket ? socket.authorizationError : undefined
	if (verdict === undefined || verdict === null || shown.checkIssued(shown)) return undefined
	const code = typeof verdict === 'string' ? verdict : ''
	if (problemOfNetworkError(code) === 'tls/self-signed') return undefined
	return Object.assign(new Error('a pin does not make up for that'), { code })
}

type JudgeName = (name: string) => Error | undefined

function createSocket(connection: Connection, checkServerIdentity: JudgeName): Socket {
	const { host, port, addresses, secureContext, servername, pin } = connection
	const [first] = addresses
	const options = {
		// With one address there is nothing to look up; with several, Node asks only our list and tries one after another.
		host: first !== undefined && addresses.length === 1 ? first.address : host,
		port,
		lookup: answerWith(addresses),
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
		noDelay: true,
	}
	if (secureContext === undefined) return connectTcp(options)
	const rejectUnauthorized = pin === undefined
	const secure = { secureContext, servername, ALPNProtocols: ['http/1.1'], rejectUnauthorized, checkServerIdentity }
	// What Node would hand to `checkServerIdentity`: plain objects of the whole chain, a tenth of all that a check costs.
	return Object.assign(connectTls({ ...options, ...secure }), { getPeerCertificate: () => ({}) })
}

function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
	return (_host, options, callback) => {
		const [first] = addresses
		if (options.all === true) callback(null, [...addresses])
		else if (first !== undefined) callback(null, first.address, first.family)
	}
}
