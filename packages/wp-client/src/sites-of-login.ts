import { ok, type Result } from '@postern/vocabulary'
import { asText, decodeEntities, isXmlRpcArray, isXmlRpcStruct, type XmlRpcValue } from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import type { Probe } from './probe.ts'
import { failWith, openSession } from './session.ts'
import type { ProbePorts, ReachableSite, SiteCredentialInput, SiteOfLogin } from './types.ts'
import { callSignedIn, explainXmlRpc } from './xml-rpc-call.ts'

const MOST = 500

/**
 * Lists the sites of a network on which the login is a member, the asked one among them; XML-RPC tells, whatever the transport,
 * and REST has no such route. Fails with `xml-rpc/off`, `xml-rpc/blocked`, `site-credential/rejected` and what lies on the way.
 */
export async function listSitesOfLogin(
	site: ReachableSite,
	credential: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<Result<readonly SiteOfLogin[]>> {
	const session = openSession(site, credential, ports)
	if (!session.ok) return session
	const reply = await callSignedIn(session.value, 'wp.getUsersBlogs')
	if (reply.kind !== 'value' || !isXmlRpcArray(reply.value)) return failWith(explainXmlRpc(reply, session.value))
	const { probe } = session.value
	return ok(reply.value.slice(0, MOST).flatMap((item) => readSite(item, probe) ?? []))
}

function readSite(item: XmlRpcValue, probe: Probe): SiteOfLogin | undefined {
	if (!isXmlRpcStruct(item)) return undefined
	const url = URL.parse(asText(item['url']))
	if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.href.length > 300) return undefined
	// An address that echoes the credential is as good as none.
	if (probe.quote(url.href, 300) !== url.href) return undefined
	const name = probe.quote(decodeEntities(asText(item['blogName'])))
	return { url: url.href, name: name || url.host, isAdmin: item['isAdmin'] === true }
}
