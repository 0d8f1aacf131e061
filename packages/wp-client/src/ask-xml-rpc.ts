import type { SiteCredential } from '@postern/vocabulary'
import { formatXmlRpcCall, readXmlRpcResponse } from '@postern/wordpress'
import type { Probe } from './probe.ts'
import type { DiscoveredSite } from './types.ts'

const MAX_BYTES = 524_288

/**
 * Signs in once over XML-RPC, where the secret travels in the body and no server strips it. `unknown`: switched off, blocked,
 * redirected (never followed) or unreadable. A refusal counts as a failed login on the site: ask once per attempt.
 */
export async function askXmlRpc(
	site: DiscoveredSite,
	{ username, password }: SiteCredential,
	probe: Probe,
): Promise<'accepted' | 'refused' | 'unknown'> {
	const reply = await probe.ask({
		step: 'xml-rpc',
		url: new URL(`${site.wordpressUrl}/xmlrpc.php`),
		method: 'POST',
		accept: 'text/xml',
		xmlBody: formatXmlRpcCall('wp.getUsersBlogs', [username, password.reveal()]),
		maxBytes: MAX_BYTES,
	})
	if (reply.kind !== 'answer' || reply.status !== 200) return 'unknown'
	const answer = readXmlRpcResponse(reply.text)
	if (answer.kind === 'fault') return answer.code === 403 ? 'refused' : 'unknown'
	return answer.kind === 'value' && Array.isArray(answer.value) ? 'accepted' : 'unknown'
}
