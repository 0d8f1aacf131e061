import { hash, X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { fail, type Failure, type SiteCertificate } from '@postern/vocabulary'
import { quoteText } from '@postern/wordpress'
import { CarriedFailure } from './carried-failure.ts'
import { errorCode } from './describe-error.ts'

/** The DER of the certificate that a site showed. */
export type Shown = Buffer | undefined

/** Not by `getPeerX509Certificate`: after that Node 24 itself finds no names in the certificate, and refuses every one. */
export function readShown(socket: TLSSocket): Shown {
	// Neither before the handshake nor on a closed connection is there one, whatever the types say.
	const certificate: { readonly raw?: Buffer } | null = socket.getPeerCertificate()
	return certificate?.raw
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
function describe(der: Buffer): SiteCertificate {
	return { sha256: sha256Of(der), ...namesIn(der) }
}

/** A site must not be able to throw inside a handshake, whatever it writes where a name or a date belongs. */
function namesIn(der: Buffer): Omit<SiteCertificate, 'sha256'> {
	try {
		const { subject, issuer, validToDate } = new X509Certificate(der)
		return { subject: nameIn(subject), issuer: nameIn(issuer), validTo: validToDate.toISOString() }
	} catch {
		return { subject: '', issuer: '', validTo: '' }
	}
}

export function sha256Of(der: Buffer): string {
	return hash('sha256', der)
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
