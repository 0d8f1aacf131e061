import type { Result } from '@postern/vocabulary'
import type { ConnectorType } from '../connectors/connector-type.ts'
import { siteKey } from './site-key.ts'

type Typed = { readonly type: ConnectorType; readonly address: string }

/**
 * Gives the type so that it also counts where an address leads to, and what the site there calls itself, before the secret goes
 * there: a thousand addresses of one site are no thousand sites. `take` may refuse; then nothing of the account is sent.
 */
export function countAnswering({ type, address: typed }: Typed, take: (site: string) => Result<void>): ConnectorType {
	return {
		...type,
		async find(address, ports) {
			const found = await type.find(address, ports)
			if (!found.ok) return found
			const { document, homeUrl = document.url, evidence } = found.value
			const others = new Set([siteKey(document.url), siteKey(homeUrl)])
			others.delete(siteKey(typed))
			for (const other of others) {
				const allowed = take(other)
				if (allowed.ok) continue
				const { code, params } = allowed.problem
				return {
					ok: false,
					diagnosis: { code, params, certainty: 'sure', rung: 'address', alternatives: [], evidence },
				}
			}
			return found
		},
	}
}
