/** What tells a webhook from others to the same host; without its query, which may hold a secret. */
export function webhookName(url: string): string {
	const { host, pathname } = new URL(url)
	return pathname === '/' ? host : `${host}${pathname}`
}
