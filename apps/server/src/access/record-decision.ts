import type { MaybePromise } from '@postern/app-passwords'
import type { Permit } from '@postern/policy'
import { type AuditEvent, fail, ok, type Problem, problems, type Result, type Scope } from '@postern/vocabulary'
import type { AccessEntry, OpenEntry } from '../store/access-journal/access-entry.ts'
import type { AccessJournal } from '../store/access-journal/access-journal.ts'
import { type AccessOutcome, type Acting, type AuditActor, actorOf } from '../store/audit/audit-entry.ts'
import { andThen } from '../store/maybe-promise.ts'
import type { Store } from '../store/store.ts'
import type { SealedConnector } from './sealed-connector.ts'

declare const recorded: unique symbol
/** A permit that stands in the record. Only the functions of this file make one, and `openCredential` takes nothing else. */
export type RecordedPermit<Request = unknown> = {
	readonly permit: Permit<Request>
	readonly connector: SealedConnector
	readonly entries: readonly OpenEntry[]
	readonly [recorded]: true
}

type Journal = Pick<AccessJournal, 'note' | 'commit'>

/** Who asks for what, as the record names it. */
export type Asking = {
	readonly connector: SealedConnector
	readonly actor: AuditActor
	readonly password: { readonly uuid: string; readonly name: string }
	readonly requestId: string
	readonly ip: string
	readonly writesPerDay: number | null
	readonly calls: readonly AskedCall[]
}

/** One entry of the record: a request, or one item of several in one. */
export type AskedCall = {
	readonly method: string
	readonly route: string
	readonly scopes: readonly Scope[]
	readonly isWrite: boolean
}

/**
 * Records what was decided: a write is committed before anything is sent, a read and a refusal wait in a queue, and nobody waits
 * for that. Fails with what was refused, `gateway/record-unavailable`, `gateway/writes-used-up`.
 */
export function recordDecision<Request>(
	decision: Result<Permit<Request>>,
	asking: Asking,
	{ accessJournal }: { readonly accessJournal: Journal },
): MaybePromise<Result<RecordedPermit<Request>>> {
	if (!decision.ok) return noteRefusal(decision.problem, asking, accessJournal)
	const { value: permit } = decision
	const kept = permit.isWrite ? commit(asking, accessJournal) : note(asking, accessJournal)
	return andThen(kept, (entries) => {
		if (!entries.ok) return entries
		// The brand.
		return ok({ permit, connector: asking.connector, entries: entries.value } as RecordedPermit<Request>)
	})
}

/** Records that a member, or Postern itself, is about to use the site credential of a connector. */
export async function recordUse<Request>(
	permit: Permit<Request>,
	use: {
		readonly connector: SealedConnector
		readonly event: Extract<
			AuditEvent,
			'connector.checked' | 'site.read' | 'credential.rotated' | 'credential.revoked' | 'draft.tried' | 'sites.listed'
		>
		readonly by: Acting | 'health' | 'rotation' | 'revocation'
		readonly requestId: string | null
	},
	{ audit }: { readonly audit: Pick<Store['audit'], 'record'> },
): Promise<RecordedPermit<Request>> {
	const { connector, event, by, requestId } = use
	await audit.record({
		workspaceId: connector.workspaceId,
		event,
		actor: typeof by === 'string' ? { kind: 'postern', id: null, name: by } : actorOf(by),
		target: { kind: 'connector', id: connector.id, name: connector.name },
		params: {},
		requestId,
	})
	const entries: readonly OpenEntry[] = []
	return { permit, connector, entries } as RecordedPermit<Request> // the brand
}

/** Records how it ended; every recorded permit needs it once. */
export function recordOutcome({ entries }: Pick<RecordedPermit, 'entries'>, outcome: AccessOutcome): void {
	for (const entry of entries) entry.finish(outcome)
}

/** The outcome of what was never sent. */
export function refusedOutcome({ code }: Pick<Problem, 'code'>): AccessOutcome {
	const { status } = problems[code]
	return { status, problem: code, sentBytes: 0, receivedBytes: 0, durationMs: 0, end: 'complete' }
}

function noteRefusal(problem: Problem, asking: Asking, journal: Journal): Result<never> {
	for (const call of asking.calls) {
		const entry = journal.note(entryOf(call, asking, problem))
		if (entry === undefined) return fail('gateway/record-unavailable')
		entry.finish(refusedOutcome(problem))
	}
	return { ok: false, problem }
}

function note(asking: Asking, journal: Journal): Result<readonly OpenEntry[]> {
	const entries: OpenEntry[] = []
	for (const call of asking.calls) {
		const entry = journal.note(entryOf(call, asking, null))
		if (entry === undefined) return abandon(entries, fail('gateway/record-unavailable'))
		entries.push(entry)
	}
	return ok(entries)
}

/**
 * The first write takes what all of them take of the day, or nothing. Where another finds no room, what was recorded is finished
 * as refused.
 */
async function commit(asking: Asking, journal: Journal): Promise<Result<readonly OpenEntry[]>> {
	const writes = asking.calls.filter(({ isWrite }) => isWrite)
	const [first] = writes
	if (first === undefined) throw new Error('what changes something has a call that does')
	const others = asking.calls.filter((call) => call !== first)
	const began = await journal.commit(entryOf(first, asking, null), asking.writesPerDay, writes.length)
	if (!began.ok) return noteRefusal(began.problem, { ...asking, calls: others }, journal)
	if (others.length === 0) return ok([began.value])
	const results = await Promise.all(others.map((call) => keepOther(call, asking, journal)))
	const entries = results.flatMap((result) => (result.ok ? [result.value] : []))
	const refused = results.find((result) => !result.ok)
	const all = [began.value, ...entries]
	return refused === undefined ? ok(all) : abandon(all, refused)
}

async function keepOther(call: AskedCall, asking: Asking, journal: Journal): Promise<Result<OpenEntry>> {
	const entry = entryOf(call, asking, null)
	if (call.isWrite) return journal.commit(entry, asking.writesPerDay, 0)
	const noted = journal.note(entry)
	return noted === undefined ? fail('gateway/record-unavailable') : ok(noted)
}

function abandon<T>(entries: readonly OpenEntry[], refused: Result<T>): Result<T> {
	if (!refused.ok) recordOutcome({ entries }, refusedOutcome(refused.problem))
	return refused
}

function entryOf({ method, route, scopes, isWrite }: AskedCall, asking: Asking, problem: Problem | null): AccessEntry {
	const { connector, actor, password, requestId, ip } = asking
	return {
		workspaceId: connector.workspaceId,
		requestId,
		password,
		actor,
		connector: { id: connector.id, name: connector.name },
		method,
		route,
		scope: scopes.length === 1 ? (scopes[0] ?? '') : scopes.join(' '),
		decision: problem === null ? 'permitted' : 'refused',
		problem: problem?.code ?? null,
		isWrite,
		ip,
	}
}
