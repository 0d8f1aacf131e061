/** Where connected sites are reached through Postern. */
export type GatewayAddress =
	/** Below Postern's own origin, or below one that nothing else is served from: `<origin>/sites/<slug>/`. */
	| { readonly kind: 'shared' | 'own'; readonly origin: string }
	/** A host for each site: `<scheme>://<slug>.<suffix>/`. */
	| {
			readonly kind: 'hosts'
			readonly scheme: 'http' | 'https'
			/** Lower case, without a dot in front: `sites.example`. */
			readonly suffix: string
			/** Undefined: the one that the scheme says. */
			readonly port: number | undefined
	  }

/** The address of one site, with a slash at its end. */
export function gatewayUrl(gateway: GatewayAddress, slug: string): string {
	return gateway.kind === 'hosts' ? `${originBelow(gateway, slug)}/` : `${gateway.origin}/sites/${slug}/`
}

/** All origins that the gateway answers for; `*` stands for any name in front of a suffix. */
export function gatewayOrigin(gateway: GatewayAddress): string {
	return gateway.kind === 'hosts' ? originBelow(gateway, '*') : gateway.origin
}

/**
 * Which site the `Host` of a request names, where each has one of its own; undefined for any other host. Clients exist that
 * leave the port out.
 */
export function slugOfHost(gateway: GatewayAddress, host: string): string | undefined {
	if (gateway.kind !== 'hosts') return undefined
	const ending = originBelow(gateway, '').slice(`${gateway.scheme}://`.length)
	const name = host.toLowerCase()
	const found = [ending, `.${gateway.suffix}`].find((one) => name.endsWith(one))
	const slug = found === undefined ? '' : name.slice(0, -found.length)
	return isSlug(slug) ? slug : undefined
}

const slugPattern = /^[a-z0-9](?:-?[a-z0-9]){0,47}$/

/** Whether a connector could be named so in an address. */
export function isSlug(text: string): boolean {
	return slugPattern.test(text)
}

/** As `URL` writes an origin: the usual port is left out. */
function originBelow(
	{ scheme, suffix, port }: Extract<GatewayAddress, { readonly kind: 'hosts' }>,
	name: string,
): string {
	const isUsual = port === undefined || port === (scheme === 'https' ? 443 : 80)
	return `${scheme}://${name}.${suffix}${isUsual ? '' : `:${port}`}`
}
