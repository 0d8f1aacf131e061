import { randomInt } from 'node:crypto'

/** A slug is a label of a host name, too, with room for a number behind it. */
const maxLength = 48
const maxBaseLength = 40

/** Names that others would take for something else when they read the address. */
const reserved = new Set(
	'admin api app assets auth autoconfig autodiscover cdn dashboard docs ftp gateway help imap internal localhost login '
		.concat('mail mcp ns ns1 ns2 pop postern root sites smtp static status support webmail wp-admin wp-json www')
		.split(' '),
)

/** Attempts that count upwards; then the number is drawn, so that the thousandth connector of a site needs no thousand tries. */
const counted = 8

/**
 * What a site is called in addresses of the gateway: its host and folder, `blog-example-com`. Attempt 0 gives the bare name, each
 * later one a number behind it.
 */
export function newSlug(siteUrl: string, attempt: number): string {
	const base = baseOf(siteUrl)
	// A reserved name is as good as taken.
	const number = attempt + (reserved.has(base) ? 1 : 0)
	if (number === 0) return base
	return `${base}-${number <= counted ? number + 1 : randomInt(10_000, 1_000_000)}`.slice(0, maxLength)
}

/** International hosts as the wire says them, without the doubled hyphen, which marks them there. */
function baseOf(siteUrl: string): string {
	const { host, pathname } = new URL(siteUrl)
	const words = `${host}${pathname}`.toLowerCase().split(/[^a-z0-9]/)
	const joined = words.filter((word) => word !== '').join('-')
	return trimmed(joined.slice(0, maxBaseLength)) || 'site'
}

function trimmed(text: string): string {
	return text.endsWith('-') ? text.slice(0, -1) : text
}
