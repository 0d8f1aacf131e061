import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, TLSSocket } from 'node:tls'
import { CarriedFailure } from './carried-failure.ts'
import { blockedTarget, isChecked, type ResolvedAddress, type Target, writtenHost } from './find-addresses.ts'
import { pinMismatch, readShown, sha256Of, type Shown, withCertificate } from './shown-certificate.ts'

export type Connection = Target & {
	/** Nothing else is connected to. */
	readonly addresses: readonly ResolvedAddress[]
	/** With TLS, when there is one. */
	readonly secureContext: SecureContext | undefined
	/** The name the certificate must hold; empty for an IP address. */
	readonly servername: string
	/** SHA-256 of the only certificate that is trusted, and trusted as it is. */
	readonly pin: string | undefined
	readonly signal: AbortSignal
}

/** One slow address of several is left for the next after this long. */
const attemptTimeoutMs = 1_000

/** Connects to a checked address, looks at the peer it got, and with TLS finishes the handshake. */
export function openSocket(connection: Connection): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const { signal } = connection
		const socket = createSocket(connection)
		const onAbort = (): void => void socket.destroy()
		signal.addEventListener('abort', onAbort, { once: true })
		let shown: Shown
		let isSettled = false
		const settle = (error?: Error): void => {
			if (isSettled) return
			isSettled = true
			signal.removeEventListener('abort', onAbort)
			if (error === undefined) resolve(socket)
			else reject(withCertificate(error, shown))
		}
		// The last moment at which what was shown can be read; reading it costs as much as judging it.
		const destroy = socket.destroy.bind(socket)
		socket.destroy = (error) => {
			if (!isSettled && error !== undefined && socket instanceof TLSSocket) shown ??= readShown(socket)
			return destroy(error)
		}
		socket.once('connect', () => {
			if (!isChecked(socket.remoteAddress, connection.addresses)) {
				socket.destroy(new CarriedFailure(blockedTarget(connection)))
			} else if (connection.secureContext === undefined) settle()
		})
		socket.once('secureConnect', () => {
			if (connection.pin !== undefined && socket instanceof TLSSocket) shown = readShown(socket)
			if (isTrusted(connection.pin, shown)) settle()
			else socket.destroy(new CarriedFailure(pinMismatch(writtenHost(connection.host), shown)))
		})
		socket.on('error', settle)
		socket.once('close', () => settle(Object.assign(new Error('closed while connecting'), { code: 'ECONNRESET' })))
	})
}

/** Without a pin Node has judged the certificate already. */
function isTrusted(pin: string | undefined, shown: Shown): boolean {
	return pin === undefined || (shown !== undefined && sha256Of(shown) === pin)
}

function createSocket({ host, port, addresses, secureContext, servername, pin }: Connection): Socket {
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
	return connectTls({ ...options, secureContext, servername, ALPNProtocols: ['http/1.1'], rejectUnauthorized })
}

function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
	return (_host, options, callback) => {
		const [first] = addresses
		if (options.all === true) callback(null, [...addresses])
		else if (first !== undefined) callback(null, first.address, first.family)
	}
}
