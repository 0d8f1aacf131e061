/** A site's address as people say it: sites of one network differ only behind the host. */
export function shortAddress({ host, url }: { readonly host: string; readonly url: string }): string {
	const path = URL.canParse(url) ? new URL(url).pathname.replace(/\/$/, '') : ''
	return `${host}${path}`
}
