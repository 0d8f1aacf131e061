/** Reads the token of a one-time link from the fragment of its address (with or without `#`); `undefined` if it has not a token's shape. */
export function readToken(fragment: string): string | undefined {
	const token = fragment.replace(/^#/, '')
	return /^[\w.~-]{1,512}$/.test(token) ? token : undefined
}
