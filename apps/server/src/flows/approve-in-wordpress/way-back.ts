/** Why a person has to paste the password instead of being sent back with it. */
export type NoReturn = 'plain-http' | 'localhost' | 'version-unknown'

/**
 * Whether WordPress takes our address for a way back. It wants https; before 7.0 nothing else, from 7.0 on also plain http to the
 * literal 127.0.0.1 and [::1], never to `localhost`. A site in the environment `local` takes everything since 6.2: over plain http
 * application passwords are on in that environment only. Undefined: it does.
 */
export function noWayBack(
	ourOrigin: string,
	site: {
		readonly url: string
		readonly wordpressVersion: string | null
		readonly applicationPasswords: 'on' | 'off' | 'unknown'
	},
): NoReturn | undefined {
	const ours = new URL(ourOrigin)
	if (ours.protocol === 'https:') return undefined
	const version = readVersion(site.wordpressVersion)
	if (version === undefined) return 'version-unknown'
	const isLocalSite = new URL(site.url).protocol === 'http:' && site.applicationPasswords === 'on'
	if (isLocalSite && version >= 6.02) return undefined
	const isLiteral = ours.hostname === '127.0.0.1' || ours.hostname === '[::1]'
	if (isLiteral && version >= 7) return undefined
	return ours.hostname === 'localhost' && version >= 7 ? 'localhost' : 'plain-http'
}

/** 6.2.6 is 6.02, 6.10 is 6.1: two numbers that compare as one. */
function readVersion(text: string | null): number | undefined {
	const [, major, minor = '0'] = /^(\d{1,3})(?:\.(\d{1,2}))?/.exec(text ?? '') ?? []
	return major === undefined ? undefined : Number(major) + Number(minor) / 100
}
