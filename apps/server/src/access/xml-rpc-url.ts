/** Where a site speaks XML-RPC: beside `wp-admin`, which may be in another folder than the site, and on the site's origin only. */
export function xmlRpcUrl({ origin, adminUrl }: { readonly origin: string; readonly adminUrl: string }): URL {
	const { pathname } = new URL(adminUrl)
	const folder = pathname.slice(0, Math.max(0, pathname.lastIndexOf('/wp-admin')))
	return new URL(`${folder}/xmlrpc.php`, origin)
}
