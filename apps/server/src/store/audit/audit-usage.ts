import type { StoreHandle } from '../handle.ts'
import { dateOf, dayOf } from './days.ts'
import type { RecordedAuditEntry } from './audit-entry.ts'
import { readEntries } from './audit-page.ts'

export type PasswordUsage = {
	/** Every day of the time asked for, the oldest first. */
	readonly days: readonly (Counts & { readonly day: string })[]
	/** The busiest first. */
	readonly connectors: readonly { readonly id: string; readonly name: string; readonly count: number }[]
	/** Everywhere, as they count against its limit. */
	readonly writesToday: number
	/** The newest first. */
	readonly recent: readonly RecordedAuditEntry[]
}

type Counts = { readonly permitted: number; readonly refused: number; readonly writes: number }

const recentEntries = 10

export type UsageQuery = {
	readonly workspaceId: string
	readonly passwordUuid: string
	readonly days: number
	/** Ids of the connectors that count; without any, or with `all`, those of the whole workspace. */
	readonly within?: 'all' | readonly string[] | undefined
}

/** What one application password of a workspace did in the last days, today among them (UTC). */
export async function readUsage(
	handle: StoreHandle,
	{ workspaceId, passwordUuid, days, within = 'all' }: UsageQuery,
): Promise<PasswordUsage> {
	const today = dayOf(handle.now().getTime())
	const all = await findRows(handle, { workspaceId, passwordUuid, since: today - days })
	const rows = all.filter((row) => within === 'all' || within.includes(row.connector_id))
	const ofDay = (day: number, of: readonly UsageRow[] = rows) => sumOf(of.filter((row) => row.day === day))
	const filter = { workspaceId, password: passwordUuid, kind: 'requests' } as const
	return {
		days: Array.from({ length: days }, (_, index) => today - days + 1 + index).map((day) => ({
			day: dateOf(day),
			...ofDay(day),
		})),
		connectors: await nameConnectors(handle, workspaceId, rows),
		writesToday: ofDay(today, all).writes,
		recent: await readEntries(handle, filter, { before: Number.MAX_SAFE_INTEGER, limit: recentEntries }),
	}
}

/** The sweeper's: what is older than the day (UTC) of `before`, in all workspaces. */
export async function deleteUsage({ db }: StoreHandle, before: Date): Promise<void> {
	await db.deleteFrom('password_usage').where('day', '<', dayOf(before.getTime())).execute()
}

type UsageRow = Counts & { readonly day: number; readonly connector_id: string }

function findRows(
	{ db }: StoreHandle,
	{ workspaceId, passwordUuid, since }: { workspaceId: string; passwordUuid: string; since: number },
): Promise<readonly UsageRow[]> {
	return db
		.selectFrom('password_usage')
		.innerJoin('application_password', 'application_password.uuid', 'password_usage.uuid')
		.select(['day', 'connector_id', 'permitted', 'refused', 'writes'])
		.where('password_usage.uuid', '=', passwordUuid)
		.where('application_password.workspace_id', '=', workspaceId)
		.where('day', '>', since)
		.execute()
}

function sumOf(rows: readonly Counts[]): Counts {
	const sum = { permitted: 0, refused: 0, writes: 0 }
	for (const { permitted, refused, writes } of rows) {
		sum.permitted += permitted
		sum.refused += refused
		sum.writes += writes
	}
	return sum
}

async function nameConnectors(
	handle: StoreHandle,
	workspaceId: string,
	rows: readonly UsageRow[],
): Promise<PasswordUsage['connectors']> {
	const counts = new Map<string, number>()
	for (const { connector_id: id, permitted, refused } of rows)
		counts.set(id, (counts.get(id) ?? 0) + permitted + refused)
	const names = await findNames(handle, workspaceId, [...counts.keys()])
	return [...counts]
		.map(([id, count]) => ({ id, name: names.get(id) ?? '', count }))
		.toSorted((one, other) => other.count - one.count || (one.id < other.id ? -1 : 1))
}

/** Of deleted ones: as the log last called them. */
async function findNames(
	{ db }: StoreHandle,
	workspaceId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (ids.length === 0) return new Map()
	const rows = await db
		.selectFrom('connector')
		.select(['id', 'name'])
		.where('workspace_id', '=', workspaceId)
		.where('id', 'in', ids)
		.execute()
	const names = new Map(rows.map(({ id, name }) => [id, name]))
	for (const id of ids.filter((one) => !names.has(one))) {
		const last = await db
			.selectFrom('audit_event')
			.select('target_name')
			.where('workspace_id', '=', workspaceId)
			.where('connector_id', '=', id)
			.where('decision', '=', 'permitted')
			.where('finishes', 'is', null)
			.orderBy('seq', 'desc')
			.limit(1)
			.executeTakeFirst()
		names.set(id, last?.target_name ?? '')
	}
	return names
}
