import type { ProblemCode } from '@postern/vocabulary'
import { likely, type Trouble, trouble } from './trouble.ts'
import { type Edge, findEdge } from './fingerprints.ts'
import { isPage, readPageTitle } from './page-title.ts'
import type { Answer, Probe } from './probe.ts'
import { readRetryAfter } from './retry-after.ts'

/** Names the trouble that an answer without data in it stands for. The page is a stranger's: only marks and numbers are read. */
export function recognizeTrouble(answer: Answer, probe: Probe): Trouble {
	return recognizeEdge(answer, probe) ?? recognizeStatus(answer, probe)
}

/** A layer in front of WordPress that answers in its place, whatever the status. */
export function recognizeEdge(answer: Answer, probe: Probe): Trouble | undefined {
	const { url, status, headers, text } = answer
	const host = url.host
	const edge = findEdge(headers, isPage(text) ? text : '')
	if (edge?.kind === 'challenge')
		return asSureAs(edge, trouble('edge/challenge', { host, vendor: edge.vendor }), { answer, probe })
	if (edge?.kind === 'lock-out' && probe.isSigningIn) return lockedOut(answer, probe.clock())
	const challenge = headers.get('www-authenticate') ?? ''
	if (status === 401 && /\bbasic\b/i.test(challenge)) {
		const realm = /realm\s*=\s*"([^"]*)"/i.exec(challenge)?.[1] ?? ''
		const code = answer.hasPassedEdge === true ? 'edge/login-refused' : 'edge/basic-auth'
		return trouble(code, { host, realm: probe.quote(realm, 60) })
	}
	if (edge !== undefined) return asSureAs(edge, trouble('edge/firewall', { host, status }), { answer, probe })
	return undefined
}

/** Pages of layers are short. A long one that arrives as a success may be about the vendor it names. */
const SHORT_PAGE = 16_384

function asSureAs(
	{ isSaidByHeader }: Edge,
	found: Trouble,
	{ answer, probe }: { answer: Answer; probe: Probe },
): Trouble {
	if (isSaidByHeader || answer.status >= 300 || answer.text.length <= SHORT_PAGE) return found
	return likely(found.code, found.params, probe.isSigningIn ? 'api/not-json' : 'site/not-wordpress')
}

const LOCKED: readonly ProblemCode[] = ['site-credential/locked-out']

function recognizeStatus(answer: Answer, probe: Probe): Trouble {
	const { url, status, text } = answer
	const host = url.host
	if (status === 429) return rateLimited(answer, probe.clock())
	if (status === 503 && isMaintenance(answer)) return maintenance(answer, probe.clock())
	if (status >= 500 && isCrash(text)) return trouble('site/fatal-error', { host })
	// Translated, a crash looks like any wp_die(); and that is 500 unless a plugin says otherwise.
	if (status >= 500 && isWpDie(text)) return likely('site/fatal-error', { host }, 'api/blocked')
	if (status >= 500) return trouble('site/unavailable', { host, status })
	if (status === 404 || status === 410) return likely('api/not-found', { host })
	if (status >= 400)
		return likely('edge/firewall', { host, status }, ...(probe.isSigningIn ? LOCKED : []), 'api/blocked')
	if (status >= 300) return trouble('site/unavailable', { host, status })
	return trouble('api/not-json', { host, pageTitle: probe.quote(readPageTitle(text)) })
}

export function rateLimited({ url, headers }: Answer, now: number): Trouble {
	return trouble('site/rate-limited', { host: url.host, seconds: readRetryAfter(headers, now) ?? 60 })
}

export function lockedOut({ url, headers }: Answer, now: number): Trouble {
	return trouble('site-credential/locked-out', { host: url.host, retryAt: endOf(headers, now) })
}

function maintenance({ url, headers }: Answer, now: number): Trouble {
	return trouble('site/maintenance', { host: url.host, retryAt: endOf(headers, now) })
}

/** When the site says that it will be over; "" when it does not. */
function endOf(headers: Headers, now: number): string {
	const seconds = readRetryAfter(headers, now)
	return seconds === undefined ? '' : new Date(now + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
}

// WordPress says 600 seconds and writes with wp_die(); the sentence is translated, so it is the last thing to go by.
function isMaintenance({ headers, text }: Answer): boolean {
	if (headers.get('retry-after')?.trim() === '600') return true
	return /wp-die-message|id="error-page"|"code":\s*"wp_die"|scheduled maintenance|<title>[^<]*maintenance/i.test(text)
}

function isCrash(text: string): boolean {
	return /"internal_server_error"|critical error on this website|Fatal error<?\/?b?>?:|Error establishing a database connection/i.test(
		text.slice(0, 65_536),
	)
}

function isWpDie(text: string): boolean {
	return /wp-die-message|id="error-page"/i.test(text.slice(0, 65_536))
}
