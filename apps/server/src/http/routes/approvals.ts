import { fail, ok } from '@postern/vocabulary'
import { hashSession } from '../../flows/approve-in-wordpress/approval-state.ts'
import { startApproval } from '../../flows/approve-in-wordpress/start-approval.ts'
import { rotateConnector } from '../../flows/rotate-connector/rotate-connector.ts'
import type { RotationPorts } from '../../flows/rotate-connector/rotation-ports.ts'
import type { HeldRotation } from '../../store/rotation/rotation.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { GatewayAddress } from '../../wire/gateway-address.ts'
import type { Handlers } from '../api.ts'
import { connectorDocument, siteProblem } from '../documents.ts'
import { problemDocumentOf } from '../problem-response.ts'

type ApprovalHandlers = Pick<Handlers, 'startApproval' | 'getLatestApproval' | 'rotateConnector'>

export type ApprovalPorts = Omit<RotationPorts, 'signal'> & {
	readonly gateway: GatewayAddress
	/** All of ours. */
	readonly origins: readonly [string, ...string[]]
	readonly goOn: (held: HeldRotation) => void
}

export function approvalHandlers(ports: ApprovalPorts): ApprovalHandlers {
	return {
		async startApproval({ member, session, body, headers, requestId, signal }) {
			const { workspaceId } = member
			const origin = originOf(headers, ports.origins)
			const started = await startApproval({ ...body, actor: session, workspaceId, origin, requestId, signal }, ports)
			if (!started.ok) return { ok: false, problem: siteProblem(started.problem) }
			return ok({ ...started.value, expiresAt: started.value.expiresAt.toISOString() })
		},

		async getLatestApproval({ member, session, requestId, language }) {
			const by = { accountId: session.accountId, sessionHash: hashSession(session.sessionId) }
			const approval = await ports.store.siteApprovals.findLatest({ ...by, workspaceId: member.workspaceId })
			if (approval === undefined) return fail('request/not-found')
			const { type, address, appName, outcome, again, createdAt, expiresAt } = approval
			return ok({
				type,
				address,
				appName,
				state: stateOf(approval, ports.now()),
				connectorId: outcome?.kind === 'connected' ? outcome.connectorId : approval.connectorId,
				problem: outcome?.kind === 'refused' ? problemDocumentOf(outcome, { requestId, language }) : null,
				password: passwordOf(approval),
				again: again && problemDocumentOf(again, { requestId, language }),
				startedAt: createdAt.toISOString(),
				expiresAt: expiresAt.toISOString(),
			})
		},

		async rotateConnector({ member, session, path }) {
			const { workspaceId } = member
			const allowed = ports.limit.take({ accountId: session.accountId, workspaceId }, 'connector')
			if (!allowed.ok) return allowed
			const request = { workspaceId, connectorId: path['connectorId'] ?? '', actor: session }
			// Whoever leaves meanwhile does not stop it in the middle.
			const rotated = await rotateConnector(request, { ...ports, signal: AbortSignal.timeout(longestMs) })
			return rotated.ok ? ok(connectorDocument(rotated.value, ports.gateway)) : rotated
		},
	}
}

function passwordOf({ outcome, site }: SiteApproval) {
	const password = outcome?.kind === 'refused' ? outcome.password : undefined
	return password === undefined ? null : { ...password, host: site.host }
}

const longestMs = 60_000

function stateOf({ outcome, expiresAt }: SiteApproval, now: Date) {
	if (outcome !== null) return outcome.kind
	return expiresAt <= now ? 'expired' : 'waiting'
}

/** The one that the browser has open: its session is there. */
function originOf(headers: Headers, origins: ApprovalPorts['origins']): string {
	const host = headers.get('host')?.toLowerCase()
	return origins.find((origin) => new URL(origin).host === host) ?? origins[0]
}
