import { hash, type X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { fail, type Failure, type SiteCertificate } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import { CarriedFailure } from './carried-failure.ts'
import { errorCode } from './describe-error.ts'

/** The certificate that a site showed. */
export type Shown = X509Certificate | undefined

/** Neither before the handshake nor on a closed connection is there one. */
export function readShown(socket: TLSSocket): Shown {
	return socket.getPeerX509Certificate()
}

/** Whether a certificate is of this host, or of this address (RFC 9525). An error as Node's own, when it is not. */
export function judgeName(shown: Shown, host: string): Error | undefined {
	if (shown !== undefined && holds(shown, host)) return undefined
	return Object.assign(new Error('the certificate is of other names'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
}

/** What cannot be a name or an address throws, and nothing may throw inside a handshake. */
function holds(shown: X509Certificate, host: string): boolean {
	try {
		if (isIP(host) !== 0) return shown.checkIP(host) !== undefined
		if (host.startsWith('.')) return false // to OpenSSL that means every name below
		return nameFor(shown, host) !== undefined || holdsStarFor(shown, host)
	} catch {
		return false
	}
}

/** As it stands in the certificate. */
function nameFor(shown: X509Certificate, host: string): string | undefined {
	return shown.checkHost(host, { partialWildcards: false })
}

const withUnderscore = /^(?=[^.]*_)[\w-]+(?=\.)/

/** To OpenSSL a star stands for no label with an underscore; hosts have them all the same. */
function holdsStarFor(shown: X509Certificate, host: string): boolean {
	return withUnderscore.test(host) && nameFor(shown, host.replace(withUnderscore, 'label'))?.startsWith('*.') === true
}

/** A verdict on a certificate, with the certificate. */
export class RefusedCertificate extends Error {
	readonly code: string
	readonly certificate: SiteCertificate

	constructor(error: Error, code: string, certificate: SiteCertificate) {
		super(error.message)
		this.name = error.name
		this.code = code
		this.certificate = certificate
	}
}

const nameLength = 200

/** What may be shown of a certificate: its names are whatever the site wrote into it. */
function describe(shown: X509Certificate): SiteCertificate {
	return { sha256: sha256Of(shown), ...namesIn(shown) }
}

/** A site must not be able to throw inside a handshake, whatever it writes where a name or a date belongs. */
function namesIn(shown: X509Certificate): Omit<SiteCertificate, 'sha256'> {
	try {
		const { subject, issuer, validToDate } = shown
		return { subject: nameIn(subject), issuer: nameIn(issuer), validTo: validToDate.toISOString() }
	} catch {
		return { subject: '', issuer: '', validTo: '' }
	}
}

export function sha256Of({ raw }: X509Certificate): string {
	return hash('sha256', raw)
}

/** A name with several parts has one a line; one without any part is undefined, whatever the types say. */
function nameIn(lines: string | undefined): string {
	return quoteText((lines ?? '').replaceAll('\n', ', '), nameLength)
}

/** Keeps what the site showed with the error of a handshake, so that it can be shown to a person. */
export function withCertificate(error: Error, shown: Shown): Error {
	const code = errorCode(error)
	if (shown === undefined || code === undefined || error instanceof CarriedFailure) return error
	return new RefusedCertificate(error, code, describe(shown))
}

export function pinMismatch(host: string, shown?: Shown): Failure {
	const certificate = shown === undefined ? undefined : describe(shown)
	return fail('tls/pin-mismatch', { params: { host }, certificate })
}
