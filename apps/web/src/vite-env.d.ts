/// <reference types="vite/client" />

/** Trusted Types are not in every browser, and not in TypeScript's types. */
interface Window {
	readonly trustedTypes?: {
		readonly createPolicy: (name: 'default', rules: { createHTML: (text: string) => string | null }) => unknown
	}
}
