import { dayOf } from '../audit/days.ts'
import type { StoreHandle } from '../handle.ts'
import { insertRows, type Into } from '../insert-rows.ts'
import type { Beginning } from './access-entry.ts'

/** Those writes for which nothing of the day's budget is left, in the order in which they came. */
export async function findUsedUp(
	handle: StoreHandle,
	beginnings: readonly Beginning[],
): Promise<ReadonlySet<Beginning>> {
	const usedUp = new Set<Beginning>()
	const writes = beginnings.filter(isWrite)
	if (writes.every(({ budget }) => budget === null)) return usedUp
	const counts = await countWrites(handle, writes)
	for (const write of writes) {
		const key = budgetKey(write)
		const count = counts.get(key) ?? 0
		if (write.budget !== null && count + write.spends > write.budget) usedUp.add(write)
		else counts.set(key, count + write.spends)
	}
	return usedUp
}

function isWrite({ entry, spends }: Beginning): boolean {
	return spends > 0 && entry.isWrite && entry.decision === 'permitted' && entry.password !== null
}

function budgetKey({ entry, at }: Beginning): string {
	return `${entry.password?.uuid} ${dayOf(at)}`
}

async function countWrites({ db }: StoreHandle, writes: readonly Beginning[]): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('password_usage')
		.select(({ fn }) => ['uuid', 'day', fn.sum<number | string>('writes').as('writes')])
		.where('uuid', 'in', [...new Set(writes.map(({ entry }) => entry.password?.uuid ?? ''))])
		.where('day', 'in', [...new Set(writes.map(({ at }) => dayOf(at)))])
		.groupBy(['uuid', 'day'])
		.execute()
	return new Map(rows.map(({ uuid, day, writes: count }) => [`${uuid} ${day}`, Number(count)]))
}

const into: Into = {
	table: 'password_usage',
	columns: ['uuid', 'day', 'connector_id', 'permitted', 'refused', 'writes'],
	onConflict: `on conflict (uuid, day, connector_id) do update set
		permitted = password_usage.permitted + excluded.permitted,
		refused = password_usage.refused + excluded.refused,
		writes = password_usage.writes + excluded.writes`,
}

type Usage = { readonly of: Beginning; permitted: number; refused: number; writes: number }

export async function addUsage(
	handle: StoreHandle,
	beginnings: readonly Beginning[],
	usedUp: ReadonlySet<Beginning>,
): Promise<void> {
	const byKey = new Map<string, Usage>()
	for (const beginning of beginnings) {
		const { entry, at, spends } = beginning
		if (entry.password === null) continue
		const key = `${entry.password.uuid} ${dayOf(at)} ${entry.connector.id}`
		const usage = byKey.get(key) ?? { of: beginning, permitted: 0, refused: 0, writes: 0 }
		byKey.set(key, usage)
		const isPermitted = entry.decision === 'permitted' && !usedUp.has(beginning)
		usage.permitted += isPermitted ? 1 : 0
		usage.refused += isPermitted ? 0 : 1
		usage.writes += isPermitted && entry.isWrite ? spends : 0
	}
	const rows = [...byKey.values()].map(({ of: { entry, at }, permitted, refused, writes }) => [
		entry.password?.uuid ?? '',
		dayOf(at),
		entry.connector.id,
		permitted,
		refused,
		writes,
	])
	await insertRows(handle, into, rows)
}
