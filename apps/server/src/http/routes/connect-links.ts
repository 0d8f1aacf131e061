import type { ConnectLinkDocument, contract, EventOf } from '@postern/api/contract'
import { fail, ok, Secret } from '@postern/vocabulary'
import type { Accounts } from '../../accounts/accounts.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import { connectByLink, prepareByLink } from '../../flows/connect-links/connect-by-link.ts'
import { discoverByLink } from '../../flows/connect-links/discover-by-link.ts'
import {
	createConnectLink,
	findConnectLink,
	listConnectLinks,
	revokeConnectLink,
} from '../../flows/connect-links/keep-connect-link.ts'
import type { VerifyPorts } from '../../flows/verify-site.ts'
import type { ConnectLink } from '../../store/connect-links.ts'
import type { Handlers } from '../api.ts'
import { siteProblem } from '../documents.ts'
import { rungEvent } from '../rung-event.ts'
import { tellFailure } from '../tell-failure.ts'

export type ConnectLinkPorts = VerifyPorts & {
	readonly accounts: () => Promise<Pick<Accounts, 'admitTokenCheck'>>
	/** For links: the first of ours. */
	readonly origin: string
}

type MemberHandlers = Pick<Handlers, 'createConnectLink' | 'listConnectLinks' | 'revokeConnectLink'>
type VisitorHandlers = Pick<Handlers, 'readConnectLink' | 'discoverByConnectLink' | 'verifyByConnectLink'>

/** Every endpoint of the contract's `connect-links.ts`. */
export function connectLinkHandlers(ports: ConnectLinkPorts): MemberHandlers & VisitorHandlers {
	return { ...memberHandlers(ports), ...visitorHandlers(ports) }
}

function memberHandlers(ports: ConnectLinkPorts): MemberHandlers {
	const { store } = ports
	return {
		async createConnectLink({ member, session, body, requestId }) {
			const { workspaceId } = member
			const created = await createConnectLink({ workspaceId, actor: session, requestId, ...body }, ports)
			if (!created.ok) return created
			const { link, address } = created.value
			return ok({ connectLink: await linkDocument(link, ports), link: address })
		},

		async listConnectLinks({ member }) {
			const links = await listConnectLinks(member.workspaceId, store)
			return ok({ connectLinks: await Promise.all(links.map((link) => linkDocument(link, ports))) })
		},

		revokeConnectLink: ({ member, session, path, requestId }) =>
			revokeConnectLink(
				{ workspaceId: member.workspaceId, actor: session, requestId, linkId: path['linkId'] ?? '' },
				ports,
			),
	}
}

function visitorHandlers(ports: ConnectLinkPorts): VisitorHandlers {
	const find = async (visit: Parameters<typeof findConnectLink>[0], token: string) =>
		findConnectLink(visit, new Secret(token), { accounts: await ports.accounts(), store: ports.store })
	return {
		async readConnectLink(request) {
			const found = await find(request, request.body.token)
			if (!found.ok) return found
			const { workspaceId, type, host, address, connectorId, expiresAt } = found.value
			const workspace = await ports.store.workspaces.find(workspaceId)
			const known = findConnectorType(type)
			if (!workspace || !known.ok) return fail('connect-link/invalid')
			return ok({
				workspaceName: workspace.name,
				host,
				address,
				type: known.value.document,
				isReconnection: connectorId !== null,
				expiresAt: expiresAt.toISOString(),
			})
		},

		async discoverByConnectLink(request) {
			const { token, ...typedReach } = request.body
			const { requestId, signal } = request
			const link = await find(request, token)
			if (!link.ok) return link
			const found = await discoverByLink({ link: link.value, typedReach, requestId, signal }, ports)
			if (!found.ok) return { ok: false, problem: siteProblem(found.problem) }
			const { site, approval = null } = found.value
			return ok({ site, approval })
		},

		async verifyByConnectLink(request) {
			const { token, fields, ...typedReach } = request.body
			const { requestId, language, signal } = request
			const link = await find(request, token)
			if (!link.ok) return link
			const asked = { link: link.value, token: new Secret(token), typed: fields, typedReach, requestId, signal }
			const prepared = await prepareByLink(asked, ports)
			if (!prepared.ok) return prepared
			return ok((send: (event: LinkEvent) => void) =>
				tellFailure(send, { requestId, language }, async () => {
					const connected = await connectByLink(prepared.value, (rung) => send(rungEvent(rung)), ports)
					if (!connected.ok) return { ok: false, problem: siteProblem(connected.problem) }
					send({ kind: 'connected', host: connected.value.site.host })
					return ok()
				}),
			)
		},
	}
}

type LinkEvent = EventOf<typeof contract.verifyByConnectLink>

async function linkDocument(link: ConnectLink, { store }: ConnectLinkPorts): Promise<ConnectLinkDocument> {
	const { id, workspaceId, type, host, connectorId, createdBy, createdAt, expiresAt } = link
	const connector = connectorId === null ? undefined : await store.connectors.find(workspaceId, connectorId)
	const maker = await store.accountRows.find(createdBy)
	return {
		id,
		type,
		host,
		connector: connector ? { id: connector.id, name: connector.name } : null,
		createdBy: maker?.username ?? '',
		createdAt: createdAt.toISOString(),
		expiresAt: expiresAt.toISOString(),
	}
}
