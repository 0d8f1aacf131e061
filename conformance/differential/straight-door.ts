import type { Decision, Policy } from './decide-here.ts'
import { Secret } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import { factsOf } from './grants.ts'
import { openRawConnection, type WireRequest } from './raw-connection.ts'
import type { Door } from './run-differential.ts'
import type { StockedSite } from './stocked-site.ts'

/** Without the gateway: what policy permits is written by policy, and sent straight to the site. */
export function straightDoor(site: StockedSite): Door {
	const connection = openRawConnection(site.site.port)
	return {
		isGateway: false,
		login: () => ({ username: 'ada', password: 'AbCd EfGh IjKl MnOp QrSt UvWx' }),
		async send(_, { policy, decision }) {
			const written = writtenBy(policy, decision, site)
			if (written === undefined) return { status: 403, requestId: undefined }
			const { status } = await connection.ask(written)
			return { status, requestId: undefined }
		},
		close: async () => connection.close(),
	}
}

function writtenBy(policy: typeof Policy, decision: Decision, site: StockedSite): WireRequest | undefined {
	const { permalinks, credential } = site
	const { username } = credential
	const password = new Secret(credential.password)
	if (decision.kind === 'refused') return undefined
	if (decision.kind === 'xml-rpc') {
		const document = policy.writeXmlRpc(decision.permit.request, { username, password })
		const headers = [
			['Content-Type', 'text/xml; charset=utf-8'],
			['Connection', 'close'],
		] as const
		return { method: 'POST', target: '/xmlrpc.php', headers, body: Buffer.from(document) }
	}
	const { kind } = decision.permit.request.body
	if (kind === 'file' || kind === 'form-with-file') return undefined // streams are the gateway's
	const { leftOut, request } = decision.permit
	const embeds = policy.embedRelationsOf(request, factsOf(site))
	const { method, route, query, contentType, body } = policy.writeRest(request, { leftOut, embeds })
	const parts = permalinks === 'pretty' ? [query] : [`rest_route=${route}`, query]
	const said = parts.filter((one) => one !== '').join('&')
	return {
		method,
		target: `${permalinks === 'pretty' ? `/wp-json${route}` : '/index.php'}${said === '' ? '' : `?${said}`}`,
		headers: [
			['Authorization', formatBasicCredentials(username, password)],
			...(contentType === undefined ? [] : [['Content-Type', contentType] as const]),
		],
		body: body === undefined ? undefined : Buffer.from(body),
	}
}
