import type { BodyOf, contract } from '@postern/api/contract'
import { connectorTypes } from '../../connectors/registry.ts'
import { checkConnector } from '../../flows/check-connector.ts'
import { discoverSite } from '../../flows/discover-site.ts'
import { readConnectorName } from '../../flows/connector-name.ts'
import { readTags, setTags } from '../../flows/connector-tags.ts'
import { readLatestPosts } from '../../flows/read-latest-posts.ts'
import { renameConnector, saveConnector } from '../../flows/keep-connector.ts'
import { pauseConnector, resumeConnector } from '../../flows/pause-connector.ts'
import { prepareVerification, verifySite, type VerifyPorts } from '../../flows/verify-site.ts'
import { removeConnector } from '../../flows/remove-connector.ts'
import { scheduleRotation } from '../../flows/rotate-connector/schedule-rotation.ts'
import type { GatewayAddress } from '../../wire/gateway-address.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { fail, ok } from '@postern/vocabulary'
import { reaches, type Handlers } from '../api.ts'
import { connectorDocument, postDocument, siteProblem } from '../documents.ts'
import { problemDocumentOf } from '../problem-response.ts'
import { rungEvent } from '../rung-event.ts'
import { tellFailure } from '../tell-failure.ts'
import { connectorHistoryHandler } from './connector-history.ts'
import { showChecking } from './show-checking.ts'
import type { Person } from '../session-reader.ts'
import { connectorListHandlers, type ConnectorListHandlers } from './connector-list.ts'

type ConnectorHandlers = ConnectorListHandlers &
	Pick<
		Handlers,
		| 'listConnectorTypes'
		| 'discoverSite'
		| 'verifySite'
		| 'listDrafts'
		| 'saveConnector'
		| 'getConnector'
		| 'updateConnector'
		| 'deleteConnector'
		| 'checkConnector'
		| 'getConnectorHistory'
		| 'pauseConnector'
		| 'resumeConnector'
		| 'listLatestPosts'
	>

export type ConnectorPorts = VerifyPorts & { readonly gateway: GatewayAddress }

export function connectorHandlers(ports: ConnectorPorts): ConnectorHandlers {
	const { store, gateway } = ports
	const documentOf = (connector: Connector) => connectorDocument(connector, gateway)
	return {
		...probeHandlers(ports),
		...pauseHandlers(ports),
		...connectorHistoryHandler(ports),
		...connectorListHandlers(ports),

		async listConnectorTypes() {
			return ok({ types: connectorTypes.map((type) => type.document) })
		},

		async listDrafts({ member, session, caller }) {
			const drafts = await store.connectors.listDrafts(member.workspaceId, session.accountId)
			return ok({ connectors: drafts.filter(({ id }) => reaches(caller, id)).map(documentOf) })
		},

		async getConnector({ member, path }) {
			const found = await store.connectors.find(member.workspaceId, path['connectorId'] ?? '')
			const [connector] = await showChecking(found ? [found] : [], member.workspaceId, store)
			return connector ? ok(documentOf(connector)) : fail('request/not-found')
		},

		async saveConnector(request) {
			const name = readConnectorName(request.body.name)
			if (!name.ok) return name
			const tags = readTags(request.body.tags ?? [])
			if (!tags.ok) return tags
			const saved = await saveConnector({ ...changeOf(request), name: name.value, tags: tags.value }, store)
			return saved.ok ? ok(documentOf(saved.value)) : saved
		},

		async updateConnector(request) {
			const { name: typedName, address, rotateEveryDays } = request.body
			const tags = readTags(request.body.tags ?? [])
			if (!tags.ok) return tags
			const change = changeOf(request)
			const renamed = await renameConnector({ ...change, typedName, address }, store)
			if (!renamed.ok) return renamed
			const tagged = request.body.tags === undefined ? renamed : await setTags({ ...change, tags: tags.value }, store)
			if (!tagged.ok || rotateEveryDays === undefined) return tagged.ok ? ok(documentOf(tagged.value)) : tagged
			const scheduled = await scheduleRotation({ ...change, rotateEveryDays }, store)
			return scheduled.ok ? ok(documentOf(scheduled.value)) : scheduled
		},

		async deleteConnector(request) {
			const { member, session, query, signal } = request
			const visitor = { kind: 'member', role: member.role, ...session } as const
			const revoke = query.revoke === 'true'
			const removed = await removeConnector({ ...changeOf(request), visitor, revoke, signal }, ports)
			if (!removed.ok) return removed
			const { revoked, problem } = removed.value
			return ok({ revoked, problem: problem === undefined ? null : problemDocumentOf(problem, request) })
		},
	}
}

function pauseHandlers({
	store,
	gateway,
}: ConnectorPorts): Pick<ConnectorHandlers, 'pauseConnector' | 'resumeConnector'> {
	return {
		async pauseConnector(request) {
			const paused = await pauseConnector(changeOf(request), store)
			return paused.ok ? ok(connectorDocument(paused.value, gateway)) : paused
		},

		async resumeConnector(request) {
			const resumed = await resumeConnector(changeOf(request), store)
			return resumed.ok ? ok(connectorDocument(resumed.value, gateway)) : resumed
		},
	}
}

function probeHandlers(
	ports: ConnectorPorts,
): Pick<ConnectorHandlers, 'discoverSite' | 'verifySite' | 'checkConnector' | 'listLatestPosts'> {
	return {
		async discoverSite({ member, session, body, signal }) {
			const { accountId } = session
			const found = await discoverSite({ ...body, accountId, workspaceId: member.workspaceId, signal }, ports)
			return found.ok ? ok(found.value.document) : { ok: false, problem: siteProblem(found.problem) }
		},

		async verifySite({ member, session, caller, body, requestId, language, signal }) {
			if (!reaches(caller, body.connectorId)) return fail('request/not-found')
			if (caller && caller.connectors !== 'all' && body.connectorId === undefined)
				return fail('application-password/scope-beyond-caller', { params: { scope: 'connectors' } })
			const { workspaceId, role } = member
			const request = { ...readBody(body), actor: session, role, workspaceId, requestId, signal }
			const prepared = await prepareVerification(request, ports)
			if (!prepared.ok) return prepared
			return ok((send) =>
				tellFailure(send, { requestId, language }, async () => {
					const verified = await verifySite(prepared.value, (rung) => send(rungEvent(rung)), ports)
					if (!verified.ok) return { ok: false, problem: siteProblem(verified.problem) }
					send({ kind: 'verified', connector: connectorDocument(verified.value, ports.gateway) })
					return ok()
				}),
			)
		},

		async checkConnector({ member, session, path, requestId, signal }) {
			const { workspaceId } = member
			const allowed = ports.limit.take({ accountId: session.accountId, workspaceId }, 'connector')
			if (!allowed.ok) return allowed
			const visitor = { kind: 'member', role: member.role, ...session } as const
			const connectorId = path['connectorId'] ?? ''
			const checked = await checkConnector({ workspaceId, connectorId, visitor, requestId, signal }, ports)
			if (!checked.ok) return { ok: false, problem: siteProblem(checked.problem) }
			return ok(connectorDocument(checked.value, ports.gateway))
		},

		async listLatestPosts({ member, session, path, requestId, signal }) {
			const startedAt = performance.now()
			const read = await readLatestPosts(
				{
					workspaceId: member.workspaceId,
					connectorId: path['connectorId'] ?? '',
					visitor: { kind: 'member', role: member.role, ...session },
					requestId,
					signal,
				},
				ports,
			)
			if (!read.ok) return read
			const { posts, drafts } = read.value
			const elapsedMs = Math.round(performance.now() - startedAt)
			return ok({ posts: posts.map(postDocument), drafts: drafts.map(postDocument), elapsedMs })
		},
	}
}

/** What belongs to every type; the rest are the fields of the one. */
function readBody(body: BodyOf<typeof contract.verifySite>) {
	const { type, address, connectorId, transport, edgeUsername, edgePassword, certificatePin, ...others } = body
	const { import: isImport, ...typed } = others
	return {
		type,
		address,
		connectorId,
		typed: { ...typed },
		typedReach: { transport, edgeUsername, edgePassword, certificatePin },
		credentialFrom: isImport === true ? ('imported' as const) : ('pasted' as const),
	}
}

type Change = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly actor: Person
	readonly requestId: string
}

function changeOf(request: {
	member: { workspaceId: string }
	session: Person
	path: Readonly<Record<string, string>>
	requestId: string
}): Change {
	return {
		workspaceId: request.member.workspaceId,
		connectorId: request.path['connectorId'] ?? '',
		actor: request.session,
		requestId: request.requestId,
	}
}
