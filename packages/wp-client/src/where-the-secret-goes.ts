import { restUrl } from '@postern/wordpress'
import { type Trouble, trouble } from './trouble.ts'
import type { ReachableSite } from './types.ts'

/** Data handed back to us is not trusted with the secret: all addresses must lie on the confirmed origin. */
export function refuseForeignAddress({
	siteUrl,
	wordpressUrl,
	root,
	xmlRpcUrl = siteUrl,
}: ReachableSite): Trouble | undefined {
	const { origin, host } = new URL(siteUrl)
	const foreign = [wordpressUrl, root.url, xmlRpcUrl]
		.map((address) => new URL(address))
		.find((url) => url.origin !== origin)
	return foreign === undefined ? undefined : trouble('api/other-origin', { host, target: foreign.origin })
}

/** The route that proves a login: visitors are refused there. A new address each time, so that no cache answers. */
export function accountUrlOf({ root }: ReachableSite): URL {
	return restUrl(root, '/wp/v2/users/me', { context: 'edit', _postern: crypto.randomUUID() })
}
