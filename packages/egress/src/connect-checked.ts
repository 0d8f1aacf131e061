import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, getCACertificates, type SecureContext, TLSSocket } from 'node:tls'
import { fail } from '@postern/vocabulary'
import type { buildConnector } from 'undici'
import { CarriedFailure } from './carried-failure.ts'
import { describeError, errorCode } from './describe-error.ts'
import {
	blockedTarget,
	type findAddresses,
	isChecked,
	type ResolvedAddress,
	type Target,
	writtenHost,
} from './find-addresses.ts'

type FindAddresses = (target: Target) => ReturnType<typeof findAddresses>
type ConnectorOptions = {
	readonly find: FindAddresses
	readonly ca: string | undefined
	/** Resolving, connecting and the TLS handshake together. */
	readonly timeoutMs: number
}
type Connection = Target & {
	readonly addresses: readonly ResolvedAddress[]
	readonly secureContext: SecureContext | undefined
	readonly servername: string
}

/** One slow address of several is left for the next after this long. */
const attemptTimeoutMs = 1_000

/** Makes undici's connector: it resolves, checks, connects to a checked address only, and looks at the peer it got. */
export function createCheckedConnector(options: ConnectorOptions): buildConnector.connector {
	let sharedContext: SecureContext | undefined
	return (wanted, callback) => {
		const isHttps = wanted.protocol === 'https:'
		if (isHttps) sharedContext ??= createContext(options.ca)
		const port = Number(wanted.port) || (isHttps ? 443 : 80)
		const target = { host: wanted.hostname, port, secureContext: isHttps ? sharedContext : undefined }
		void deliver(connectChecked(target, options), callback)
	}
}

async function deliver(connecting: Promise<Socket>, callback: buildConnector.Callback): Promise<void> {
	let socket: Socket
	try {
		socket = await connecting
	} catch (error) {
		callback(asError(error), null)
		return
	}
	callback(null, socket)
}

async function connectChecked(
	target: Target & { secureContext: SecureContext | undefined },
	options: ConnectorOptions,
): Promise<Socket> {
	const startedAt = performance.now()
	const found = await withinTime(options.find(target), target, options.timeoutMs)
	if (!found.ok) throw new CarriedFailure(found)
	const servername = isIP(target.host) === 0 ? target.host.replace(/\.$/, '') : ''
	const timeLeftMs = Math.max(1, options.timeoutMs - (performance.now() - startedAt))
	return openSocket({ ...target, servername, addresses: found.value }, { ...options, timeoutMs: timeLeftMs })
}

function openSocket(connection: Connection, { timeoutMs }: ConnectorOptions): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = createSocket(connection)
		const timer = setTimeout(() => socket.destroy(timedOut(connection, timeoutMs)), timeoutMs)
		let validTo = ''
		const settle = (error?: Error): void => {
			clearTimeout(timer)
			if (error === undefined) resolve(socket)
			else reject(errorCode(error) === 'CERT_HAS_EXPIRED' ? expired(connection, validTo, error) : error)
		}
		// Before Node judges the certificate and closes the socket: later it can no longer be read.
		socket.prependOnceListener('secure', () => {
			if (socket instanceof TLSSocket) validTo = socket.getPeerCertificate().valid_to
		})
		socket.once('connect', () => {
			if (!isChecked(socket.remoteAddress, connection.addresses)) {
				socket.destroy(new CarriedFailure(blockedTarget(connection)))
			} else if (connection.secureContext === undefined) settle()
		})
		socket.once('secureConnect', () => settle())
		socket.on('error', settle)
		socket.once('close', () => settle(Object.assign(new Error('closed while connecting'), { code: 'ECONNRESET' })))
	})
}

function createSocket({ host, port, addresses, secureContext, servername }: Connection): Socket {
	const [only] = addresses
	const options = {
		// With one address there is nothing to look up; with several, Node asks only our list and tries one after another.
		host: only !== undefined && addresses.length === 1 ? only.address : host,
		port,
		lookup: answerWith(addresses),
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
		noDelay: true,
	}
	if (secureContext === undefined) return connectTcp(options)
	return connectTls({ ...options, secureContext, servername, ALPNProtocols: ['http/1.1'], rejectUnauthorized: true })
}

function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
	return (_host, options, callback) => {
		const [first] = addresses
		if (options.all === true) callback(null, [...addresses])
		else if (first !== undefined) callback(null, first.address, first.family)
	}
}

function createContext(ca: string | undefined): SecureContext {
	const trusted = getCACertificates('default')
	return createSecureContext({ minVersion: 'TLSv1.2', ca: ca === undefined ? trusted : [...trusted, ca] })
}

async function withinTime<T>(work: Promise<T>, target: Target, timeoutMs: number): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>()
	const timer = setTimeout(() => reject(timedOut(target, timeoutMs)), timeoutMs)
	try {
		return await Promise.race([work, promise])
	} finally {
		clearTimeout(timer)
	}
}

const timedOut = ({ host }: Target, timeoutMs: number): CarriedFailure =>
	new CarriedFailure(
		fail('network/timeout', { params: { host: writtenHost(host), seconds: Math.ceil(timeoutMs / 1_000) } }),
	)

function expired({ host }: Target, validTo: string, error: Error): CarriedFailure {
	const date = new Date(validTo)
	const expiredAt = Number.isNaN(date.getTime()) ? '' : date.toISOString()
	return new CarriedFailure(
		fail('tls/expired', { params: { host: writtenHost(host), expiredAt }, cause: describeError(error) }),
	)
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('not an error'))
