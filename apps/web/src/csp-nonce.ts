/** The nonce of this page's answer, with which injected styles are allowed. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

declare global {
	// Read by `get-nonce`, through which the scroll lock of dialogs injects its style.
	var __webpack_nonce__: string | undefined
}
globalThis.__webpack_nonce__ = cspNonce
