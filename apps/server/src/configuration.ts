import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { parseAllowRules, type AllowRule } from '@postern/egress/allow-rules'
import { fail, ok, Secret, type Result } from '@postern/vocabulary'
import type { GatewayAddress } from './wire/gateway-address.ts'
import { parseNetworks, type Networks } from './wire/client-address.ts'

export type Environment = 'local' | 'production'

export type Configuration = {
	readonly port: number
	readonly listen: string
	readonly dataFolder: string
	readonly databaseUrl: string | undefined
	/** The first is ours in links; the others are the same loopback server by other names. */
	readonly origins: readonly [string, ...string[]]
	/** Where connected sites are reached through us. */
	readonly gateway: GatewayAddress
	readonly proxies: Networks
	readonly environment: Environment
	/** Plain http beyond loopback. */
	readonly isInsecure: boolean
	/** Nobody but this machine can reach us: setup needs no token. */
	readonly isLoopbackOnly: boolean
	readonly allowPrivate: readonly AllowRule[]
	/** As it was written. */
	readonly allowPrivateText: string
	/** From where certificate authorities are read: all that the process that probes needs to know. */
	readonly trustEnvironment: Readonly<Record<string, string>>
	readonly vaultKeyFile: string
	/** How our requests to sites name themselves, instead of the usual way. */
	readonly userAgent: string | undefined
	/** From where those requests come, for hosts that must let them in: addresses and networks. */
	readonly outgoingAddresses: readonly string[]
	/** Whom hosts may ask about them. */
	readonly contact: string | undefined
	readonly setup: { readonly email: string; readonly username: string; readonly password: Secret } | undefined
	/** How many connectors are looked at at the same moment. */
	readonly checksAtOnce: number
	/** How e-mails are sent; without it none are. */
	readonly mailing: Mailing | undefined
	readonly logLevel: string
}

export type Mailing = {
	/** `smtp://` or `smtps://`; it may hold a password. */
	readonly server: Secret
	readonly from: string
	/** When the daily e-mail goes out, UTC. */
	readonly digestHour: number
}

type Environ = Readonly<Record<string, string | undefined>>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const wrong = (name: string, reason: string) => fail('start/configuration', { params: { name, reason } })

/** Reads the environment. Fails with `start/configuration`, which names the variable that is wrong. */
export function readConfiguration(environ: Environ, folder: string): Result<Configuration> {
	const port = readPort(environ['PORT'])
	if (!port.ok) return port
	const listen = environ['POSTERN_LISTEN'] || '127.0.0.1'
	if (isIP(listen) === 0) return wrong('POSTERN_LISTEN', `“${listen}” is not an IP address`)
	const origins = readOrigins(environ['POSTERN_ORIGIN'], port.value)
	if (!origins.ok) return origins
	const gateway = readGateway(environ['POSTERN_GATEWAY_ORIGIN'], origins.value[0])
	if (!gateway.ok) return gateway
	const environment = readEnvironment(environ['POSTERN_ENVIRONMENT'], origins.value[0])
	if (!environment.ok) return environment
	const proxies = parseNetworks(environ['POSTERN_PROXIES'] ?? '')
	if (!proxies.ok) return proxies
	const allowPrivate = parseAllowRules(environ['POSTERN_ALLOW_PRIVATE'] ?? '')
	if (!allowPrivate.ok) return allowPrivate
	const databaseUrl = readDatabaseUrl(environ['DATABASE_URL'])
	if (!databaseUrl.ok) return databaseUrl
	const setup = readSetup(environ)
	if (!setup.ok) return setup
	const ofRequests = readAboutRequests(environ)
	if (!ofRequests.ok) return ofRequests
	const checksAtOnce = readChecksAtOnce(environ['POSTERN_CHECKS_AT_ONCE'])
	if (!checksAtOnce.ok) return checksAtOnce
	const mailing = readMailing(environ)
	if (!mailing.ok) return mailing
	const logLevel = environ['POSTERN_LOG_LEVEL'] || 'info'
	if (!logLevels.includes(logLevel)) return wrong('POSTERN_LOG_LEVEL', `is one of ${logLevels.join(', ')}`)
	const dataFolder = path.resolve(folder, environ['POSTERN_DATA'] || 'data')
	const origin = new URL(origins.value[0])
	return ok({
		port: port.value,
		listen,
		dataFolder,
		databaseUrl: databaseUrl.value,
		origins: withoutGateway(origins.value, gateway.value),
		gateway: gateway.value,
		proxies: proxies.value,
		environment: environment.value,
		isInsecure: origin.protocol === 'http:' && !isLoopbackHost(origin.hostname),
		isLoopbackOnly: isLoopbackHost(listen) && isLoopbackHost(origin.hostname),
		allowPrivate: allowPrivate.value,
		allowPrivateText: environ['POSTERN_ALLOW_PRIVATE'] ?? '',
		trustEnvironment: readTrust(environ),
		vaultKeyFile: path.resolve(folder, environ['POSTERN_VAULT_KEY_FILE'] || path.join(dataFolder, 'vault.key')),
		setup: setup.value,
		checksAtOnce: checksAtOnce.value,
		...ofRequests.value,
		mailing: mailing.value,
		logLevel,
	})
}

/** What hosts are told about our requests. */
function readAboutRequests(
	environ: Environ,
): Result<Pick<Configuration, 'userAgent' | 'outgoingAddresses' | 'contact'>> {
	const { POSTERN_USER_AGENT: agent, POSTERN_CONTACT: contact } = environ
	if (agent && !isFieldValue(agent, 256))
		return wrong('POSTERN_USER_AGENT', 'is printable ASCII, 256 characters at most, such as “Example-Sync/1.0”')
	if (contact && !isFieldValue(contact, 256))
		return wrong('POSTERN_CONTACT', 'is an e-mail address or the address of a page, 256 characters at most')
	const addresses = (environ['POSTERN_OUTGOING_ADDRESS'] ?? '').split(/[\s,]+/).filter((part) => part !== '')
	const bad = addresses.find((address) => !isAddressOrNetwork(address))
	if (bad !== undefined) return wrong('POSTERN_OUTGOING_ADDRESS', `“${bad}” is not an IP address or network`)
	return ok({ userAgent: agent || undefined, outgoingAddresses: addresses, contact: contact || undefined })
}

function isFieldValue(text: string, limit: number): boolean {
	return text.length <= limit && /^[!-~](?:[ -~]*[!-~])?$/.test(text)
}

function isAddressOrNetwork(text: string): boolean {
	const [address = '', bits, ...rest] = text.split('/')
	const family = isIP(address)
	if (family === 0 || rest.length > 0) return false
	return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** https://nodejs.org/api/cli.html#environment-variables_1 */
const trustNames = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

function readTrust(environ: Environ): Record<string, string> {
	return Object.fromEntries(trustNames.flatMap((name) => (environ[name] ? [[name, environ[name]]] : [])))
}

function readChecksAtOnce(text: string | undefined): Result<number> {
	if (text === undefined || text === '') return ok(64)
	const count = Number(text)
	if (!/^\d{1,4}$/.test(text) || count < 1 || count > 1_000)
		return wrong('POSTERN_CHECKS_AT_ONCE', `“${text}” is not a number from 1 to 1000`)
	return ok(count)
}

function readMailing(environ: Environ): Result<Mailing | undefined> {
	const { POSTERN_SMTP_URL: server, POSTERN_MAIL_FROM: from, POSTERN_DIGEST_HOUR: hour = '' } = environ
	if (!/^(\d|1\d|2[0-3])?$/.test(hour))
		return wrong('POSTERN_DIGEST_HOUR', `“${hour}” is not an hour from 0 to 23 (UTC)`)
	if (!server && !from) return ok(undefined)
	if (!server) return wrong('POSTERN_SMTP_URL', 'is needed together with POSTERN_MAIL_FROM')
	const url = URL.parse(server)
	const isFit = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname)
	// The value may hold a password, so it is not repeated.
	if (!isFit || url.search || url.hash || !isDecodable(url.username) || !isDecodable(url.password))
		return wrong('POSTERN_SMTP_URL', 'is not an address like smtps://user:password@mail.example')
	if (!from) return wrong('POSTERN_MAIL_FROM', 'is needed together with POSTERN_SMTP_URL')
	if (from.length > 254 || !/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(from))
		return wrong('POSTERN_MAIL_FROM', `“${from}” is not an e-mail address`)
	return ok({ server: new Secret(server), from, digestHour: hour === '' ? 8 : Number(hour) })
}

function isDecodable(text: string): boolean {
	try {
		decodeURIComponent(text)
		return true
	} catch {
		return false
	}
}

/** `localhost`, 127.0.0.0/8 and ::1, as a URL writes them. */
function isLoopbackHost(host: string): boolean {
	return host === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(host) || host === '[::1]' || host === '::1'
}

function readPort(text: string | undefined): Result<number> {
	if (text === undefined || text === '') return ok(4600)
	const port = Number(text)
	if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) return wrong('PORT', `“${text}” is not a port (1 to 65535)`)
	return ok(port)
}

function readOrigins(text: string | undefined, port: number): Result<Configuration['origins']> {
	const typed = text || `http://localhost:${port}`
	if (!URL.canParse(typed)) return wrong('POSTERN_ORIGIN', `“${typed}” is not an address like https://postern.example`)
	const url = new URL(typed)
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		return wrong('POSTERN_ORIGIN', 'begins with https:// or http://')
	if (url.pathname !== '/' || url.search || url.hash || url.username)
		return wrong('POSTERN_ORIGIN', 'is scheme, host and port only, without a path')
	if (url.protocol === 'https:' || !isLoopbackHost(url.hostname)) return ok([url.origin])
	const suffix = url.port === '' ? '' : `:${url.port}`
	const twins = ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}${suffix}`)
	return ok([url.origin, ...twins.filter((twin) => twin !== url.origin)])
}

/** `https://gateway.example`, or `https://*.sites.example`: a host for each site. Without it, the gateway is below our own origin. */
function readGateway(text: string | undefined, origin: string): Result<GatewayAddress> {
	if (!text) return ok({ kind: 'shared', origin })
	const name = 'POSTERN_GATEWAY_ORIGIN'
	const hasStar = /^https?:\/\/\*\./.test(text)
	const plain = hasStar ? text.replace('*.', '') : text
	const isWeb = /^https?:\/\//.test(plain) && URL.canParse(plain)
	if (!isWeb) return wrong(name, `“${text}” is not an address like https://gateway.example or https://*.sites.example`)
	const url = new URL(plain)
	if (url.pathname !== '/' || url.search || url.hash || url.username || url.hostname.includes('*'))
		return wrong(name, 'is scheme, host and port only, without a path')
	if (!hasStar) return ok({ kind: url.origin === origin ? 'shared' : 'own', origin: url.origin })
	const scheme = url.protocol === 'https:' ? 'https' : 'http'
	if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return wrong(name, 'needs a host name behind “*.”')
	return ok({ kind: 'hosts', scheme, suffix: url.hostname, port: url.port === '' ? undefined : Number(url.port) })
}

/** Another name of this machine may be given to the gateway; then nothing else is served there. */
function withoutGateway(origins: Configuration['origins'], gateway: GatewayAddress): Configuration['origins'] {
	const [first, ...twins] = origins
	return gateway.kind === 'own' ? [first, ...twins.filter((twin) => twin !== gateway.origin)] : origins
}

function readEnvironment(text: string | undefined, origin: string): Result<Environment> {
	const url = new URL(origin)
	const isLocal = url.protocol === 'http:' && isLoopbackHost(url.hostname)
	if (!text) return ok(isLocal ? 'local' : 'production')
	if (text !== 'local' && text !== 'production')
		return wrong('POSTERN_ENVIRONMENT', `“${text}” is neither local nor production`)
	return ok(text)
}

function readDatabaseUrl(text: string | undefined): Result<string | undefined> {
	if (!text) return ok(undefined)
	// The value may hold a password, so it is not repeated.
	if (!/^postgres(ql)?:\/\/./.test(text))
		return wrong('DATABASE_URL', 'is not an address like postgres://user@host/database')
	return ok(text)
}

function readSetup(environ: Environ): Result<Configuration['setup']> {
	const { POSTERN_SETUP_EMAIL: email, POSTERN_SETUP_USERNAME: username, POSTERN_SETUP_PASSWORD_FILE: file } = environ
	if (!email && !username && !file) return ok(undefined)
	if (!email)
		return wrong(
			'POSTERN_SETUP_EMAIL',
			'is needed together with POSTERN_SETUP_USERNAME and POSTERN_SETUP_PASSWORD_FILE',
		)
	if (!username)
		return wrong(
			'POSTERN_SETUP_USERNAME',
			'is needed together with POSTERN_SETUP_EMAIL and POSTERN_SETUP_PASSWORD_FILE',
		)
	if (!file)
		return wrong(
			'POSTERN_SETUP_PASSWORD_FILE',
			'is needed together with POSTERN_SETUP_EMAIL and POSTERN_SETUP_USERNAME',
		)
	try {
		const password = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
		if (password === '') return wrong('POSTERN_SETUP_PASSWORD_FILE', 'names an empty file')
		return ok({ email, username, password: new Secret(password) })
	} catch {
		return wrong('POSTERN_SETUP_PASSWORD_FILE', `“${file}” cannot be read`)
	}
}
