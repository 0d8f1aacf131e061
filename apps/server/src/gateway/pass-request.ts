import type { MaybePromise } from '@postern/app-passwords'
import type { Egress } from '@postern/egress'
import type { Permit, RestRequest } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { fail, ok, type Problem, type ProblemCode, problems, type Result } from '@postern/vocabulary'
import { holdOpen, openCredential } from '../access/open-credential.ts'
import { type Asking, recordDecision, type RecordedPermit, recordOutcome } from '../access/record-decision.ts'
import { settle } from '../access/settle.ts'
import type { PosternAppPasswords } from '../store/application-password/application-password.ts'
import type { AccessOutcome } from '../store/audit/audit-entry.ts'
import type { Store } from '../store/store.ts'
import { type Admitted, mayBeReached } from './admit.ts'
import { callsOf } from './asked-calls.ts'
import { askingBy } from './asking-by.ts'
import { decideOn } from './decide-on.ts'
import type { Exchanged } from './exchange.ts'
import { forward, type Passing } from './forward.ts'
import { judgeRefusal } from './judge-refusal.ts'
import type { Received } from './receive.ts'
import { endOfProblem, type Traffic, type Visit, type VisitEnd } from './traffic.ts'
import { noteAcceptedLogin } from '../flows/note-login.ts'
import { StoreTrouble } from '../store/store-trouble.ts'

export type PassPorts = {
	readonly appPasswords: Pick<PosternAppPasswords, 'authenticate' | 'find' | 'revoke'>
	readonly store: Pick<Store, 'accessJournal' | 'gatewayConnectors' | 'transaction'>
	readonly vault: Vault
	readonly egress: { get(): MaybePromise<Pick<Egress, 'ask' | 'dispatch' | 'problemOf'>> }
	readonly traffic: Traffic
	/** What every answer bears. */
	readonly always: readonly string[]
}

/**
 * Decides on a request and passes it on. Each step takes what the one before it gives, so that none can be left out. Fails with
 * whatever keeps it from its site; nothing was answered then.
 */
export async function passRequest(
	read: Result<RestRequest>,
	passing: Passing,
	ports: PassPorts,
): Promise<Result<Exchanged>> {
	const { admitted, received } = passing
	const decision = decideOn(read, admitted)
	// Whatever is there already is not waited for: each turn costs as much as some of the steps.
	const recording = recordDecision(decision, askingOf(read, decision, passing), ports.store)
	const recorded = recording instanceof Promise ? await recording : recording
	if (!recorded.ok) return recorded
	let outcome: AccessOutcome | undefined
	try {
		const exchanged = await goThere(recorded.value, passing, ports)
		if (!exchanged.ok) {
			outcome = outcomeOfFailure(exchanged.problem.code, received)
			return exchanged
		}
		outcome = outcomeOf(exchanged.value, passing)
		const { problem, isBegun } = exchanged.value
		return problem === null || isBegun ? exchanged : { ok: false, problem }
	} finally {
		recordOutcome(recorded.value, outcome ?? outcomeOfFailure('internal/bug', received))
	}
}

/** Opens the credential and waits for a turn at the site. Fails with what keeps it from being asked. */
async function goThere(
	recorded: RecordedPermit<RestRequest>,
	passing: Passing,
	ports: PassPorts,
): Promise<Result<Exchanged>> {
	const { admitted } = passing
	const opening = openCredential(recorded, ports)
	const opened = opening instanceof Promise ? await opening : opening
	if (!opened.ok) return opened
	const letGo = holdOpen(opened.value)
	let visit: Visit | undefined
	let end: VisitEnd = 'unknown'
	try {
		const { id, workspaceId, site } = admitted.connector
		const entering = ports.traffic.enter({ id, workspaceId, host: site.host })
		const entered = entering instanceof Promise ? await entering : entering
		if (!entered.ok) return entered
		visit = entered.value
		const reachable = visit.isDoubtful ? await lookAgain(admitted, ports) : ok()
		if (!reachable.ok) return reachable
		const loading = ports.egress.get()
		const egress = loading instanceof Promise ? await loading : loading
		const settling = settle(opened.value, { ask: egress.ask, site: admitted.site })
		const settled = settling instanceof Promise ? await settling : settling
		if (!settled.ok) {
			const problem = await judgeRefusal(settled.problem, admitted, { isCore: true, store: ports.store })
			end = endOfProblem(problem)
			return { ok: false, problem }
		}
		const exchanged = await forward(settled.value, passing, { egress, always: ports.always })
		const isOfCore = isCore(settled.value.recorded.permit.request)
		if (exchanged.problem !== null) {
			const problem = await judgeRefusal(exchanged.problem, admitted, { isCore: isOfCore, store: ports.store })
			end = endOfTrouble(exchanged, problem, isOfCore)
			return ok({ ...exchanged, problem })
		}
		end = endOfAnswer(exchanged)
		const noticing = noticeLogin(exchanged, { admitted, ports })
		if (noticing !== undefined) await noticing
		return ok(exchanged)
	} finally {
		visit?.leave(end)
		letGo()
	}
}

function askingOf(
	read: Result<RestRequest>,
	decision: Result<Permit<RestRequest>>,
	{ admitted, received }: Passing,
): Asking {
	return { ...askingBy(received, admitted), calls: callsOf(read, decision, { admitted, received }) }
}

/** What a request ends with that never reached its site. */
function outcomeOfFailure(problem: ProblemCode, received: Received): AccessOutcome {
	const { status } = problems[problem]
	return { status, problem, sentBytes: 0, receivedBytes: 0, durationMs: elapsed(received), end: 'complete' }
}

function outcomeOf({ status, problem, end: how }: Exchanged, { open, received }: Passing): AccessOutcome {
	const { sentBytes, receivedBytes } = open
	return {
		status: status ?? (problem === null ? null : problems[problem.code].status),
		problem: problem?.code ?? null,
		sentBytes,
		receivedBytes,
		durationMs: elapsed(received),
		end: how,
	}
}

const elapsed = ({ startedAt }: Received): number => Math.round(performance.now() - startedAt)

type Visited = { readonly admitted: Admitted; readonly ports: Pick<PassPorts, 'store'> }

/** A plugin's route may answer 401 for reasons of its own. */
const isCore = ({ segments }: RestRequest): boolean => segments.length === 0 || segments[0] === 'wp'

function endOfAnswer({ siteStatus }: Exchanged): VisitEnd {
	if (siteStatus === null) return 'unknown'
	return siteStatus < 400 ? 'accepted' : 'answered'
}

function endOfTrouble({ siteStatus }: Exchanged, problem: Problem, isOfCore: boolean): VisitEnd {
	if (siteStatus === null) return endOfProblem(problem)
	return problem.code === 'site-credential/rejected' && isOfCore ? 'rejected' : 'answered'
}

/** That the site took our credential; undefined: there is nothing to keep of it. */
function noticeLogin({ siteStatus }: Exchanged, { admitted, ports }: Visited): Promise<void> | undefined {
	if (siteStatus === null || siteStatus >= 400 || admitted.connector.rejectedLogins === 0) return undefined
	return noticeAcceptance(admitted, ports)
}

/** Also before anybody hears of it. */
export async function noticeAcceptance({ connector }: Admitted, { store }: Noticing): Promise<void> {
	if (connector.rejectedLogins === 0) return
	const kept = await noteAcceptedLogin(connector, store)
	if (!kept.ok) throw new StoreTrouble(kept.problem)
}

type Noticing = Pick<PassPorts, 'store'>

/** Whether the site may still be asked: it refused our credential while this request waited for its turn. Fails as
 * `mayBeReached` does, and with `request/not-found`. */
export async function lookAgain({ connector }: Admitted, { store }: LookingAgain): Promise<Result<void>> {
	const current = await store.gatewayConnectors.findBySlug(connector.slug)
	return current?.id === connector.id ? mayBeReached(current) : fail('request/not-found')
}

type LookingAgain = { readonly store: Pick<Store, 'gatewayConnectors'> }
