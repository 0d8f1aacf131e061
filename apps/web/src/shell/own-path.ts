/** True for `/…`; not for `//host` or `/\host`, which browsers read as another origin. */
export function isOwnPath(text: string): boolean {
	// Browsers drop tabs and newlines before they read an address.
	return /^\/(?![/\\])/.test(text) && !/[\p{Cc}]/u.test(text)
}

/** True for pages that the server writes itself, such as the one where applications ask for a password. */
export function isServerPage(path: string): boolean {
	return path.startsWith('/wp-admin/')
}
