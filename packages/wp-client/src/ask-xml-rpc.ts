import type { SiteCredential } from '@postern/vocabulary'
import { formatXmlRpcCall, readXmlRpcResponse } from '@postern/wordpress'
import type { SecondOpinion } from './judge-login.ts'
import type { Probe } from './probe.ts'
import type { DiscoveredSite } from './types.ts'

const MAX_BYTES = 524_288

/**
 * Signs in once over XML-RPC, where the secret travels in the body and no server strips it. `off`: it answers, and lets nobody sign
 * in, or whoever serves the site refuses the file. `unknown`: out of reach, redirected (never followed) or unreadable. A refusal
 * counts as a failed login on the site: ask once per attempt.
 */
export async function askXmlRpc(
	site: DiscoveredSite,
	{ username, password }: SiteCredential,
	probe: Probe,
): Promise<SecondOpinion> {
	const reply = await probe.ask({
		step: 'xml-rpc',
		url: new URL(`${site.wordpressUrl}/xmlrpc.php`),
		method: 'POST',
		accept: 'text/xml',
		xmlBody: formatXmlRpcCall('wp.getUsersBlogs', [username, password.reveal()]),
		maxBytes: MAX_BYTES,
	})
	if (reply.kind !== 'answer') return 'unknown'
	const answer = readXmlRpcResponse(reply.text)
	if (answer.kind === 'fault' && answer.code === 405) return 'off'
	if (isRefusedToAll.has(reply.status)) return 'off'
	if (reply.status !== 200) return 'unknown'
	if (answer.kind === 'fault') return answer.code === 403 ? 'refused' : 'unknown'
	return answer.kind === 'value' && Array.isArray(answer.value) ? 'accepted' : 'unknown'
}

const isRefusedToAll: ReadonlySet<number> = new Set([403, 404, 405, 410])
