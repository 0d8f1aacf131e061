import type { WordPressVersion } from '../wordpress/wordpress-options.ts'

/**
 * Where WordPress 7.1, whose behaviour is ours, differs from the older ones under test: since which version it behaves so.
 * Before that a test expects what `before` says. `since` is from WordPress' own history; only the versions under test were asked.
 */
const differences = {
	'duplicate names': { since: '6.7', before: 'refused with 409 application_password_duplicate_name' },
	'app_id may be empty': { since: '7.1', before: 'refused as rest_invalid_uuid' },
	'app_id that is none': { since: '7.1', before: 'details say rest_invalid_uuid, now rest_no_matching_schema' },
	'app_id that is null': { since: '7.1', before: 'taken for none' },
	'targetHints in links': { since: '6.7', before: 'links have an href only' },
	'no-store for callers': { since: '6.3', before: 'Cache-Control is no-cache, must-revalidate, max-age=0' },
	'header without a colon': { since: '6.3', before: 'ignored as well, but PHP warns in front of the answer' },
	'sum of texts': { since: '7.1', before: 'demo.addTwoNumbers fails in PHP: 500, not 400' },
	'frame-ancestors on the approve page': { since: '7.0', before: 'X-Frame-Options: SAMEORIGIN only' },
	'loopback success_url': { since: '7.0', before: 'http://127.0.0.1 and http://[::1] are refused in production' },
} as const satisfies Record<string, { readonly since: string; readonly before: string }>

type Difference = keyof typeof differences

/** Whether what is asked is a WordPress from before that change. */
export function isBefore(
	difference: Difference,
	{ version }: { readonly version: WordPressVersion | undefined },
): boolean {
	return version !== undefined && isOlder(version, differences[difference].since)
}

/** What this version does in its own way, a sentence each. */
export function differencesOf(version: WordPressVersion): readonly string[] {
	return Object.entries(differences)
		.filter(([, { since }]) => isOlder(version, since))
		.map(([what, { since, before }]) => `${what} (as we do it since ${since}): ${before}`)
}

function isOlder(version: string, since: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number)
	const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
	return major < sinceMajor || (major === sinceMajor && minor < sinceMinor)
}
