import { fail, hasRole, ok, type Problem, type ProblemCode, type Result, type Role } from '@postern/vocabulary'
import type { ConnectorState } from '@postern/vocabulary'
import type { Acting } from '../store/audit.ts'
import type { Connector, ConnectorFilter, MatchingConnector } from '../store/connector/connector.ts'
import { isIdLike } from '../store/ids.ts'
import { checkConnector } from './check-connector.ts'
import { addTag, readTag, removeTag } from './connector-tags.ts'
import { madePassword } from './made-password.ts'
import { pauseConnector, resumeConnector } from './pause-connector.ts'
import { removeConnector } from './remove-connector.ts'
import type { SiteFailure, SiteResult } from './site-failure.ts'
import type { VerifyPorts } from './verify-site.ts'
import { workThrough } from './work-through.ts'

export type BulkAction = 'check' | 'pause' | 'resume' | 'tag' | 'untag' | 'delete'

type Request = {
	readonly workspaceId: string
	readonly action: BulkAction
	readonly ids?: readonly string[] | undefined
	readonly matching?: Omit<ConnectorFilter, 'workspaceId' | 'within'> | undefined
	readonly tag?: string | undefined
	/** Of what is deleted: removes the passwords from the sites, too, all of them or those that were made for Postern. */
	readonly revoke: boolean | 'made'
	/** What the caller reaches. */
	readonly within: 'all' | readonly string[]
	readonly memberId: string
	readonly role: Role
	readonly actor: Acting
	readonly requestId: string
	readonly signal: AbortSignal
}

/** Null: there is no such connector. */
type Item = { readonly id: string; readonly connector: MatchingConnector | null }

export type PreparedBulk = Omit<Request, 'tag'> & { readonly items: readonly Item[]; readonly tag: string }

export type BulkOutcome = {
	readonly id: string
	readonly name: string
	/** As it is now; null when it is deleted, or when the action failed. */
	readonly state: ConnectorState | null
	/** Why it is in that state, where a check said so; or why its password is left at the site. */
	readonly code: ProblemCode | null
	readonly problem?: SiteFailure
}

/** By role as the single actions. */
const needed: Readonly<Record<BulkAction, Role>> = {
	check: 'editor',
	pause: 'admin',
	resume: 'admin',
	tag: 'editor',
	untag: 'editor',
	delete: 'admin',
}

/**
 * Finds out what is meant, before anything is done. Fails with `role/insufficient`, `connector-tag/malformed`,
 * `request/type-error` unless there is one of `ids` and `matching`, and with `request/throttled`.
 */
export async function prepareBulk(request: Request, ports: VerifyPorts): Promise<Result<PreparedBulk>> {
	const { action, role, ids, matching, workspaceId, actor } = request
	if (!hasRole(role, needed[action])) return fail('role/insufficient', { params: { needed: needed[action] } })
	if ((ids === undefined) === (matching === undefined)) return fail('request/type-error', { params: { field: '/ids' } })
	const isTagging = action === 'tag' || action === 'untag'
	const tag = isTagging ? readTag(request.tag ?? '') : ok('')
	if (!tag.ok) return tag
	if (action === 'check') {
		const allowed = ports.limit.take({ accountId: actor.accountId, workspaceId }, 'bulk')
		if (!allowed.ok) return allowed
	}
	return ok({ ...request, tag: tag.value, items: await findItems(request, ports) })
}

async function findItems({ workspaceId, ids, matching, within }: Request, { store }: VerifyPorts): Promise<Item[]> {
	if (ids === undefined) {
		const found = await store.connectors.listMatching({ ...matching, workspaceId, within })
		return found.map((connector) => ({ id: connector.id, connector }))
	}
	const asked = [...new Set(ids)]
	const reached = asked.filter((id) => isIdLike(id) && (within === 'all' || within.includes(id)))
	const found = await store.connectors.listMatching({ workspaceId, within: reached })
	const byId = new Map(found.map((connector) => [connector.id, connector]))
	return asked.map((id) => ({ id, connector: byId.get(id) ?? null }))
}

type Listener = {
	readonly tell: (outcome: BulkOutcome) => void
	/** Writes down what is trouble of Postern's. */
	readonly report: {
		readonly problem: (problem: Problem) => void
		/** Gives the problem to tell. */
		readonly thrown: (thrown: unknown) => Problem
	}
}

/** So many of Postern's own troubles in a row are no connector's. */
const troubleInARow = 10

/**
 * Does it with one after the other, and what goes to the sites with eight at once and two of a host, until the caller leaves. One
 * that breaks has failed, and the others go on. Fails when whoever asked may not do it any more, and when one after the other
 * breaks; what is done stays done.
 */
export async function runBulk(
	bulk: PreparedBulk,
	{ tell, report }: Listener,
	ports: VerifyPorts,
): Promise<Result<{ readonly failed: number }>> {
	const stop = new AbortController()
	let refusal: Problem | undefined
	let failed = 0
	let inARow = 0
	const refuse = (problem: Problem) => {
		refusal = problem
		stop.abort()
	}
	const run = async (item: Item) => {
		const role = await orReport(() => roleNow(bulk, ports), report)
		if (!role.ok && !isOurs(role.problem)) return refuse(role.problem)
		const done = role.ok ? await orReport(() => actOn(item, { ...bulk, role: role.value }, ports), report) : role
		tell({ ...named(item), ...(done.ok ? done.value : { state: null, code: null, problem: done.problem }) })
		if (!done.ok) failed += 1
		inARow = !done.ok && isOurs(done.problem) ? inARow + 1 : 0
		if (!done.ok && inARow >= troubleInARow) refuse(done.problem)
	}
	await workThrough({
		items: bulk.items,
		atOnce: isVisiting(bulk) ? 8 : 1,
		perKey: isVisiting(bulk) ? 2 : 1,
		keyOf: ({ connector }) => connector?.host ?? '',
		signal: AbortSignal.any([bulk.signal, stop.signal]),
		run,
	})
	return refusal === undefined ? ok({ failed }) : { ok: false, problem: refusal }
}

async function orReport<T>(work: () => Promise<SiteResult<T>>, report: Listener['report']): Promise<SiteResult<T>> {
	try {
		const done = await work()
		if (!done.ok) report.problem(done.problem)
		return done
	} catch (thrown) {
		return { ok: false, problem: report.thrown(thrown) }
	}
}

/** Neither the connector's, nor a site's, nor of whoever asked. */
function isOurs({ code }: Problem): boolean {
	return code === 'internal/bug' || code.startsWith('store/')
}

/** Whether its sites hear of it. */
function isVisiting({ action, revoke }: PreparedBulk): boolean {
	return action === 'check' || (action === 'delete' && revoke !== false)
}

/** A list of thousands takes its time, in which somebody may lose the right to it. */
async function roleNow({ workspaceId, memberId, action, actor }: PreparedBulk, { store }: VerifyPorts) {
	const member = await store.members.find(workspaceId, memberId)
	if (member === undefined) return fail('request/not-found')
	if (!hasRole(member.role, needed[action])) return fail('role/insufficient', { params: { needed: needed[action] } })
	const { withPassword } = actor
	const isRevoked =
		withPassword !== undefined &&
		(await store.applicationPasswords.find({ memberId, workspaceId }, withPassword.uuid)) === undefined
	return isRevoked ? fail('application-password/credentials-wrong') : ok(member.role)
}

async function actOn({ id, connector }: Item, bulk: PreparedBulk, ports: VerifyPorts): Promise<SiteResult<Done>> {
	return connector === null ? fail('request/not-found') : act(id, bulk, ports)
}

function named({ id, connector }: Item) {
	return { id, name: connector?.name ?? '' }
}

type Done = Partial<Pick<BulkOutcome, 'name'>> & Pick<BulkOutcome, 'state' | 'code'>

async function act(
	connectorId: string,
	{ workspaceId, action, tag, revoke, role, actor, requestId, signal }: PreparedBulk,
	ports: VerifyPorts,
): Promise<SiteResult<Done>> {
	const { store } = ports
	const change = { workspaceId, connectorId, actor, requestId }
	const visitor = { kind: 'member', role, ...actor } as const
	if (action === 'check') {
		const checked = await checkConnector({ workspaceId, connectorId, visitor, requestId, signal }, ports)
		return checked.ok ? ok({ ...shown(checked.value), code: checked.value.diagnosis?.code ?? null }) : checked
	}
	if (action === 'delete') {
		const found = revoke === 'made' ? await store.connectors.find(workspaceId, connectorId) : undefined
		const isRevoked = revoke === 'made' ? found !== undefined && madePassword(found) !== undefined : revoke
		const removed = await removeConnector({ ...change, visitor, revoke: isRevoked, signal }, ports)
		return removed.ok ? ok({ state: null, code: removed.value.problem?.code ?? null }) : removed
	}
	const changed = await (action === 'tag' || action === 'untag'
		? { tag: addTag, untag: removeTag }[action]({ ...change, tag }, store)
		: { pause: pauseConnector, resume: resumeConnector }[action](change, store))
	return changed.ok ? ok({ ...shown(changed.value), code: null }) : changed
}

function shown({ name, state }: Connector) {
	return { name, state }
}
