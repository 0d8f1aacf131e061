import { ok, type ProblemCode, problemCodes, type Result } from '@postern/vocabulary'
import type { Logger } from 'pino'
import { openCredential } from '../access/open-credential.ts'
import { type AskedCall, recordDecision, recordOutcome, refusedOutcome } from '../access/record-decision.ts'
import { edgeAuthorization } from '../access/edge-login.ts'
import { settle, type SettledRequest } from '../access/settle.ts'
import { xmlRpcUrl } from '../access/xml-rpc-url.ts'
import { type Admitted, findSite, mayBeReached } from './admit.ts'
import { askingBy } from './asking-by.ts'
import { mayGoOn } from './may-go-on.ts'
import { OpenStream, type OpenStreams } from './open-streams.ts'
import { judgeRefusal } from './judge-refusal.ts'
import { lookAgain, noticeAcceptance, type PassPorts } from './pass-request.ts'
import type { Received } from './receive.ts'
import { recordUnreached } from './record-unreached.ts'
import { createReflection } from './reflection.ts'
import { askAsStream } from './site-answer.ts'
import { endOfProblem, type Visit, type VisitEnd } from './traffic.ts'
import type { XmlRpcReached, XmlRpcRecord, XmlRpcVisit } from './xml-rpc/ports.ts'

export type DoorPorts = PassPorts & {
	readonly streams: OpenStreams
	readonly logger: Logger
	readonly now: () => Date
}

/** Takes XML-RPC calls through the same steps as REST requests: decided, recorded, opened, settled, and only then sent. */
export async function reachByXmlRpc(
	received: Received,
	{ held, undecided, decide }: XmlRpcVisit,
	ports: DoorPorts,
): Promise<Result<XmlRpcReached>> {
	const readCalls = () => undecided.map(callOf)
	const admitted = await findSite(received.slug, held, {
		gatewayConnectors: ports.store.gatewayConnectors,
		recordUnreached: (unreached) => recordUnreached(unreached, { received, readCalls }, ports),
	})
	if (!admitted.ok) return admitted
	const { connector, principal, site } = admitted.value
	const { permit, records } = decide({ principal, connectorId: connector.id, site })
	const reachable = mayBeReached(connector)
	const asking = { ...askingBy(received, admitted.value), calls: records.map(callOf) }
	const recorded = await recordDecision(reachable.ok ? permit : reachable, asking, ports.store)
	if (!recorded.ok) return recorded
	const end = <T>(refused: Result<T>): Result<T> => {
		if (!refused.ok) recordOutcome(recorded.value, refusedOutcome(refused.problem))
		return refused
	}
	const opened = await openCredential(recorded.value, ports)
	if (!opened.ok) return end(opened)
	const { id, workspaceId } = connector
	const visit = await ports.traffic.enter({ id, workspaceId, host: connector.site.host })
	if (!visit.ok) return end(visit)
	let how: VisitEnd = 'unknown'
	let isGoingOn = false
	try {
		const mayEnter = visit.value.isDoubtful ? await lookAgain(admitted.value, ports) : ok()
		if (!mayEnter.ok) return end(mayEnter)
		const { ask } = await ports.egress.get()
		const settled = await settle(opened.value, { ask, site })
		isGoingOn = settled.ok
		if (settled.ok) return ok(reachedBy(settled.value, visit.value, { received, admitted: admitted.value, ports }))
		const problem = await judgeRefusal(settled.problem, admitted.value, { isCore: true, store: ports.store })
		how = endOfProblem(problem)
		return end({ ok: false, problem })
	} catch (cause) {
		recordOutcome(recorded.value, refusedOutcome({ code: 'internal/bug' }))
		throw cause
	} finally {
		if (!isGoingOn) visit.value.leave(how)
	}
}

function callOf(record: XmlRpcRecord): AskedCall {
	return { method: 'POST', ...record }
}

type Reaching = { readonly received: Received; readonly admitted: Admitted; readonly ports: DoorPorts }

const answerLimit = 67_108_864

function reachedBy(settled: SettledRequest, visit: Visit, { received, admitted, ports }: Reaching): XmlRpcReached {
	const { connector, principal } = admitted
	const { id, site } = connector
	const revoked = new AbortController()
	const open = new OpenStream(received.request, received.startedAt, () => mayGoOn(admitted, ports))
	open.sides = { giveUp: () => revoked.abort() }
	// Nobody waits for the site's answer any more.
	received.response.once('close', () => revoked.abort())
	if (received.request.socket.destroyed) revoked.abort()
	ports.streams.add(open)
	const url = xmlRpcUrl(site)
	const edge = edgeAuthorization(settled.credential, url)
	let how: VisitEnd = 'unknown'
	return {
		connector,
		login: admitted.held.user.login,
		scopes: principal.scopes,
		credential: settled.credential,
		revoked: revoked.signal,
		async send(body) {
			const headers = ['content-type', 'text/xml; charset=utf-8', 'accept', 'text/xml', 'accept-encoding', 'identity']
			if (edge !== undefined) headers.push('authorization', edge)
			const stream = {
				pool: id,
				origin: url.origin,
				pin: connector.reach.pin ?? undefined,
				within: url.pathname,
				path: url.pathname,
				method: 'POST',
				headers,
				body,
			}
			const reflection = createReflection(settled.credential)
			const asked = { stream, host: site.host, limit: answerLimit, signal: revoked.signal, reflection }
			const answer = await askAsStream(asked, await ports.egress.get())
			// Whom nobody waits for any more tells nothing of the site.
			if (answer.ok) how = 'answered'
			else if (!revoked.signal.aborted) how = endOfProblem(answer.problem)
			return answer.ok ? ok({ ...answer.value, hasEdgeLogin: edge !== undefined }) : answer
		},
		async rejected(refused) {
			const problem = await judgeRefusal(refused, admitted, { isCore: true, store: ports.store })
			if (problem.code === 'site-credential/rejected') how = 'rejected'
			return problem
		},
		accepted() {
			how = 'accepted'
			keep(noticeAcceptance(admitted, ports))
		},
		finish({ problem, ...outcome }) {
			ports.streams.remove(open)
			visit.leave(how)
			const durationMs = Math.round(performance.now() - received.startedAt)
			recordOutcome(settled.recorded, { ...outcome, problem: readCode(problem), durationMs })
		},
	}
}

/** Nobody waits for it; a store in trouble is told of by the request itself. */
function keep(noticing: Promise<void>): void {
	noticing.catch(() => undefined)
}

function readCode(text: string | null): ProblemCode | null {
	return problemCodes.find((code) => code === text) ?? null
}
