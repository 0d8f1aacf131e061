import type { AuditTarget } from '../audit.ts'
import type { StoreFunctions } from '../store-functions.ts'
import { createBatches } from './batches.ts'
import type { PosternEvent } from './password-events.ts'
import type { InTransaction } from './use-journal.ts'

const gatherMs = 500
const minuteMs = 60_000
/** Addresses, codes and accounts remembered for a minute, and refusals that may wait. Whoever floods us fills no log. */
const mostRemembered = 10_000
const mostWaiting = 500

export type RefusalJournal = { add(event: PosternEvent): void; flush(): Promise<void> }

/**
 * Keeps refused logins in the audit log: of one address, code and account at most one a minute, and nobody waits for it.
 * Whoever guesses at an account of their own hides no other guess by it.
 */
export function createRefusalJournal(inTransaction: InTransaction): RefusalJournal {
	const latest = new Map<string, number>()
	let waiting = 0
	const batches = createBatches<PosternEvent>(async (items) => {
		waiting -= items.length
		try {
			await inTransaction((transaction) => recordAll(items, transaction))
		} catch {
			// The store has trouble. Whatever changes something is refused meanwhile, and says so.
		}
	}, gatherMs)
	const isRepeated = (key: string, at: number) => {
		const before = latest.get(key)
		if (before !== undefined && at - before < minuteMs) return true
		latest.delete(key) // and set again: the map is in the order of time
		latest.set(key, at)
		const oldest = latest.size > mostRemembered ? latest.keys().next() : undefined
		if (oldest?.done === false) latest.delete(oldest.value)
		return false
	}
	return {
		add(event) {
			if (waiting >= mostWaiting) return
			if (isRepeated(keyOf(event), event.at.getTime())) return
			waiting += 1
			batches.add(event)
		},
		flush: batches.flush,
	}
}

function keyOf({ user, code = '', occasion: { ip } }: PosternEvent): string {
	return `${ip} ${code} ${user?.accountId ?? ''}`
}

type Refusal = {
	readonly event: PosternEvent
	readonly workspaceId: string | null
	readonly target: AuditTarget | null
}

async function recordAll(events: readonly PosternEvent[], transaction: StoreFunctions): Promise<void> {
	const refusals: Refusal[] = []
	for (const event of events) refusals.push(...(await placesOf(event, transaction)))
	const inOrder = refusals.toSorted((one, other) => ((one.workspaceId ?? '') < (other.workspaceId ?? '') ? -1 : 1))
	for (const { event, workspaceId, target } of inOrder)
		await transaction.audit.record({
			workspaceId,
			event: 'application-password.refused',
			actor: { kind: 'visitor', id: null, name: null },
			target,
			params: { code: event.code ?? '', ip: event.occasion.ip },
			requestId: event.occasion.requestId,
		})
}

/** A right secret belongs to one workspace; a name that was guessed at, to all of its account’s; any other to none. */
async function placesOf(event: PosternEvent, transaction: StoreFunctions): Promise<readonly Refusal[]> {
	const { user, occasion } = event
	if (user === null) return [{ event, workspaceId: null, target: null }]
	if (occasion.withPassword !== null) {
		const name = (await transaction.applicationPasswords.findName(occasion.withPassword)) ?? ''
		const target = { kind: 'application-password', id: occasion.withPassword, name }
		return [{ event, workspaceId: user.workspaceId, target }]
	}
	const memberships = await transaction.members.listMemberships(user.accountId)
	const target = { kind: 'account', id: user.accountId, name: user.login }
	return memberships.map(({ workspace }) => ({ event, workspaceId: workspace.id, target }))
}
