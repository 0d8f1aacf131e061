import { ok } from '@postern/vocabulary'
import { addOtherSite, listOtherSites } from '../../flows/other-sites.ts'
import type { MemberVisit } from '../../flows/open-for-member.ts'
import { tryDraft } from '../../flows/try-draft.ts'
import type { Handlers } from '../api.ts'
import { connectorDocument, siteProblem } from '../documents.ts'
import type { ConnectorPorts } from './connectors.ts'

type ConnectorToolHandlers = Pick<Handlers, 'tryDraft' | 'listOtherSites' | 'addOtherSite'>

/** What a member may have done with the site of a connector. */
export function connectorToolHandlers(ports: ConnectorPorts): ConnectorToolHandlers {
	return {
		async tryDraft(request) {
			const tried = await tryDraft(visitOf(request), ports)
			if (!tried.ok) return tried
			const { steps, stored, leftBehind } = tried.value
			return ok({ steps: steps.map((step) => ({ ...step })), stored, leftBehind: leftBehind ?? null })
		},

		async listOtherSites(request) {
			const listed = await listOtherSites(visitOf(request), ports)
			return listed.ok ? ok({ sites: listed.value.map((site) => ({ ...site })) }) : listed
		},

		async addOtherSite(request) {
			const added = await addOtherSite({ ...visitOf(request), url: request.body.url }, ports)
			if (!added.ok) return { ok: false, problem: siteProblem(added.problem) }
			return ok(connectorDocument(added.value, ports.gateway))
		},
	}
}

type Request = {
	readonly member: { readonly workspaceId: string; readonly role: MemberVisit['visitor']['role'] }
	readonly session: Omit<MemberVisit['visitor'], 'kind' | 'role'>
	readonly path: Readonly<Record<string, string>>
	readonly requestId: string
	readonly signal: AbortSignal
}

function visitOf({ member, session, path, requestId, signal }: Request): MemberVisit {
	return {
		workspaceId: member.workspaceId,
		connectorId: path['connectorId'] ?? '',
		visitor: { kind: 'member', role: member.role, ...session },
		requestId,
		signal,
	}
}
