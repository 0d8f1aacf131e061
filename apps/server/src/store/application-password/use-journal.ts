import type { Change } from '@postern/app-passwords'
import type { StoreFunctions } from '../store-functions.ts'
import type { PosternGrants, PosternPassword, PosternUser } from './application-password.ts'
import { createBatches } from './batches.ts'
import { recordPasswordEvents, type PosternEvent } from './password-events.ts'

export type Use = Extract<Change<PosternUser, PosternGrants>, { kind: 'use' }>
type Describe = (affected: readonly PosternPassword[]) => readonly PosternEvent[]
type Waiting = {
	readonly use: Use
	readonly describe: Describe
	readonly resolve: (affected: readonly PosternPassword[]) => void
	readonly reject: (error: unknown) => void
}

/** Runs work in a transaction; throws what goes wrong. */
export type InTransaction = <T>(work: (transaction: StoreFunctions) => Promise<T>) => Promise<T>

const gatherMs = 100

export type UseJournal = {
	/** Gives the password as it is once the use is kept. */
	add(use: Use, describe: Describe): Promise<readonly PosternPassword[]>
	flush(): Promise<void>
}

/** Keeps uses of passwords, those of a tenth of a second in one transaction: a store with one writer is not asked for each. */
export function createUseJournal(inTransaction: InTransaction): UseJournal {
	const batches = createBatches<Waiting>(async (items) => {
		try {
			const kept = await inTransaction((transaction) => keepAll(items, transaction))
			for (const { use, resolve } of items) resolve(kept.get(use.uuid) ?? [])
		} catch (error) {
			for (const { reject } of items) reject(error)
		}
	}, gatherMs)
	return {
		add: (use, describe) =>
			new Promise((resolve, reject) => {
				batches.add({ use, describe, resolve, reject })
			}),
		flush: batches.flush,
	}
}

async function keepAll(
	items: readonly Waiting[],
	transaction: StoreFunctions,
): Promise<ReadonlyMap<string, readonly PosternPassword[]>> {
	await transaction.workspaces.lock(...items.map(({ use }) => use.owner.workspaceId))
	const kept = new Map<string, readonly PosternPassword[]>()
	for (const [uuid, same] of byPassword(items)) kept.set(uuid, await keep(same, transaction))
	return kept
}

/** In one order of workspaces, so that two nodes do not wait for each other. */
function byPassword(items: readonly Waiting[]): ReadonlyMap<string, readonly Waiting[]> {
	const keyOf = ({ use }: Waiting) => `${use.owner.workspaceId} ${use.uuid}`
	const sorted = items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
	return Map.groupBy(sorted, ({ use }) => use.uuid)
}

async function keep(same: readonly Waiting[], transaction: StoreFunctions): Promise<readonly PosternPassword[]> {
	const uses = same.map(({ use }) => use).toSorted((one, other) => one.at.getTime() - other.at.getTime())
	const [first] = uses
	if (first === undefined) return []
	const kept = await transaction.passwordUses.keep({ uuid: first.uuid, memberId: first.owner.memberId, all: uses })
	if (kept === undefined) return []
	const { password, newAddresses } = kept
	for (const ip of newAddresses) await tellOfAddress({ use: first, password, ip }, transaction)
	for (const { describe } of same) await recordPasswordEvents(describe([password]), transaction)
	return [password]
}

async function tellOfAddress(
	{ use: { owner, uuid }, password: { name }, ip }: { use: Use; password: PosternPassword; ip: string },
	{ audit, notices }: StoreFunctions,
): Promise<void> {
	await audit.record({
		workspaceId: owner.workspaceId,
		event: 'application-password.used-from-new-address',
		actor: { kind: 'caller', id: owner.accountId, name: `${owner.login} (${name})` },
		target: { kind: 'application-password', id: uuid, name },
		params: { owner: owner.login, ip },
		requestId: null,
	})
	await notices.give({
		kind: 'password-used-from-new-address',
		memberId: owner.memberId,
		uuid,
		name,
		params: { ip },
	})
}
