import { isIP } from 'node:net'

/** Where passkeys work: the name they are made for (the "RP ID"), and the origins of it that may use them. */
export type PasskeyPlace = { readonly rpId: string; readonly origins: readonly string[] }

/**
 * Browsers make passkeys for names only, never for addresses, and only in secure contexts: https, or localhost (WebAuthn
 * §5.1.2, §4 "RP ID"). Undefined where none of our origins is such a one.
 */
export function passkeyPlace(origins: readonly string[]): PasskeyPlace | undefined {
	const urls = origins.map((origin) => new URL(origin)).filter(isFit)
	const rpId = urls[0]?.hostname
	if (rpId === undefined) return undefined
	return { rpId, origins: urls.filter(({ hostname }) => hostname === rpId).map(({ origin }) => origin) }
}

function isFit({ protocol, hostname }: URL): boolean {
	const isName = isIP(hostname) === 0 && !hostname.startsWith('[')
	const isSecureContext = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
	return isName && isSecureContext
}
