/** Spellings that need no second look: single slashes, plain characters. */
const plain = /^(?:\/[\w-]+)*\/?$/

/**
 * Brings a route into one spelling: percent-encoding is undone once, doubled and closing slashes go. Undefined for what could
 * mean another route to somebody else: dot segments, backslashes, control characters, anything encoded twice.
 */
export function readRoute(text: string, isEncoded: boolean): string | undefined {
	if (plain.test(text)) return text.endsWith('/') ? text.slice(0, -1) : text
	const route = isEncoded ? decode(text) : text
	if (route === undefined || refused.test(route)) return undefined
	return route.replace(/\/{2,}/g, '/').replace(/\/$/, '')
}

// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const refused = /[\u0000-\u001F\u007F\\%?#;]|(?:^|\/)\.{1,2}(?:\/|$)/

function decode(text: string): string | undefined {
	try {
		return decodeURIComponent(text)
	} catch {
		return undefined
	}
}
