import { formatBasicCredentials } from '@postern/wordpress'
import type { ProbePorts } from './types.ts'

/** What a request may carry besides what it asks: the staging login, and the pin of the certificate. */
export type Passage = { readonly edge?: string; readonly pin?: string }

/**
 * Says what goes along to an address. The first one asked is what a person typed or confirmed; its host and port are the front
 * door, and only over https: neither goes to another host, another port, or into plain text.
 */
export function createFrontDoor({ edge, pin }: Pick<ProbePorts, 'edge' | 'pin'>): (url: URL) => Passage {
	const authorization = edge === undefined ? undefined : formatBasicCredentials(edge.username, edge.password)
	let door: string | undefined
	return (url) => {
		door ??= url.host
		if (url.protocol !== 'https:' || url.host !== door) return {}
		return {
			...(authorization === undefined ? {} : { edge: authorization }),
			...(pin === undefined ? {} : { pin }),
		}
	}
}
