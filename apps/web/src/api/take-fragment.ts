type Page = {
	readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>
	readonly history: Pick<History, 'replaceState' | 'state'>
}

/**
 * Reads the token of a one-time link (`/join#<token>`) and takes it out of the address bar and this tab's history at once.
 * `undefined` if there is none, or if it is not a token's shape.
 */
export function takeFragment(page: Page = window): string | undefined {
	const token = page.location.hash.replace(/^#/, '')
	if (token === '') return undefined
	page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search)
	return /^[\w.~-]{1,512}$/.test(token) ? token : undefined
}
