import { fail, ok } from '@postern/vocabulary'
import type { Mailing } from './configuration.ts'
import type { SendMail } from './flows/digest/send-digests.ts'

const connectTimeoutMs = 10_000
const quietTimeoutMs = 30_000

/**
 * Sends by the operator's mail server, and by no other. Fails with `mail/not-sent`, whose cause says what the server said: never
 * the password, which is only given to it.
 */
export function openMail({ server, from }: Mailing): SendMail {
	return async ({ to, subject, text, html }) => {
		const { createTransport } = await import('nodemailer') // few send anything
		const url = new URL(server.reveal())
		const isSecure = url.protocol === 'smtps:'
		const transport = createTransport({
			host: url.hostname.replace(/^\[|\]$/g, ''),
			port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
			secure: isSecure,
			// On its way to another machine nobody shall read the password by taking STARTTLS out of what the server offers.
			requireTLS: url.username !== '' && !isThisMachine(url.hostname),
			...(url.username === ''
				? {}
				: { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
			connectionTimeout: connectTimeoutMs,
			greetingTimeout: connectTimeoutMs,
			socketTimeout: quietTimeoutMs,
			disableFileAccess: true,
			disableUrlAccess: true,
		})
		try {
			await transport.sendMail({ from, to, subject, text, html, headers: { 'Auto-Submitted': 'auto-generated' } })
			return ok()
		} catch (error) {
			return fail('mail/not-sent', { cause: causeOf(error) })
		} finally {
			transport.close()
		}
	}
}

/** Its code and status alone: what a server says may repeat what it was told. */
function causeOf(error: unknown): Error {
	const { code = 'no code', responseCode = '' } = error as { code?: string; responseCode?: number } // as nodemailer has it
	return new Error(`the mail server: ${code} ${responseCode}`.trim())
}

function isThisMachine(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
