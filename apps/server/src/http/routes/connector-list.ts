import type { contract, EventOf } from '@postern/api/contract'
import { ok } from '@postern/vocabulary'
import { type BulkOutcome, prepareBulk, runBulk } from '../../flows/bulk-connectors.ts'
import type { VerifyPorts } from '../../flows/verify-site.ts'
import { actorOf } from '../../store/audit.ts'
import type { ConnectorFilter } from '../../store/connector/connector.ts'
import type { GatewayAddress } from '../../wire/gateway-address.ts'
import type { Handlers } from '../api.ts'
import { connectorsAsCsv } from '../connector-export.ts'
import { connectorDocument, siteProblem } from '../documents.ts'
import { problemDocumentOf } from '../problem-response.ts'
import type { RequestContext } from '../request-context.ts'
import { tellFailure } from '../tell-failure.ts'
import { pageSize } from './page-size.ts'
import { showChecking } from './show-checking.ts'

export type ConnectorListHandlers = Pick<
	Handlers,
	'listConnectors' | 'listConnectorTags' | 'listConnectorOwners' | 'exportConnectors' | 'bulkConnectors'
>

type Ports = VerifyPorts & { readonly gateway: GatewayAddress }

/** Every endpoint of the contract's `connector-list.ts`. */
export function connectorListHandlers(ports: Ports): ConnectorListHandlers {
	const { store, gateway, now } = ports
	return {
		async listConnectors({ member, query, caller }) {
			const limit = pageSize(query.limit)
			if (!limit.ok) return limit
			const { sort = 'name', order, cursor } = query
			const filter = { ...filterOf(query), workspaceId: member.workspaceId, within: caller?.connectors }
			const page = await store.connectors.page({ ...filter, sort, order, cursor, limit: limit.value })
			if (!page.ok) return page
			const { connectors, total, nextCursor } = page.value
			const shown = await showChecking(connectors, member.workspaceId, store)
			const documents = shown.map((connector) => connectorDocument(connector, gateway))
			return ok({ connectors: documents, total, nextCursor })
		},

		async listConnectorTags({ member, caller }) {
			const tags = await store.connectors.listTags({ workspaceId: member.workspaceId, within: caller?.connectors })
			return ok({ tags: [...tags] })
		},

		async listConnectorOwners({ member, caller }) {
			const scope = { workspaceId: member.workspaceId, within: caller?.connectors }
			return ok({ owners: [...(await store.connectors.listOwners(scope))] })
		},

		async exportConnectors({ member, session, query, caller, requestId }) {
			const { workspaceId } = member
			await store.audit.record({
				workspaceId,
				event: 'connector.exported',
				actor: actorOf(session),
				target: null,
				params: {},
				requestId,
			})
			const batches = store.connectors.export({ ...filterOf(query), workspaceId, within: caller?.connectors })
			return ok({
				contentType: 'text/csv; charset=utf-8; header=present',
				filename: `postern-connectors-${now().toISOString().slice(0, 10)}.csv`,
				chunks: connectorsAsCsv(batches),
			})
		},

		bulkConnectors: bulkHandler(ports),
	}
}

function bulkHandler(ports: Ports): Handlers['bulkConnectors'] {
	return async ({ member, session, caller, body, requestId, language, signal }) => {
		const { memberId, role, workspaceId } = member
		const { action, ids, tag, revoke = false } = body
		const matching = body.matching && filterOf(body.matching)
		const who = { workspaceId, memberId, role, actor: session, within: caller?.connectors ?? 'all' }
		const prepared = await prepareBulk({ action, ids, tag, revoke, matching, ...who, requestId, signal }, ports)
		if (!prepared.ok) return prepared
		const total = prepared.value.items.length
		return ok((send, report) => {
			const context = { requestId, language }
			send({ kind: 'started', total })
			return tellFailure(send, context, async () => {
				const tell = (outcome: BulkOutcome) => send(itemEvent(outcome, context))
				const done = await runBulk(prepared.value, { tell, report }, ports)
				if (!done.ok) return done
				send({ kind: 'finished', total, failed: done.value.failed })
				return ok()
			})
		})
	}
}

function itemEvent(
	{ problem, ...outcome }: BulkOutcome,
	context: Pick<RequestContext, 'requestId' | 'language'>,
): EventOf<typeof contract.bulkConnectors> {
	const trouble = problem === undefined ? {} : { problem: problemDocumentOf(siteProblem(problem), context) }
	return { kind: 'item', ...outcome, ...trouble }
}

type Filter = Omit<ConnectorFilter, 'workspaceId' | 'within'>

function filterOf({ search, state, type, tag, owner }: Filter): Filter {
	return { search, state, type, tag, owner }
}
