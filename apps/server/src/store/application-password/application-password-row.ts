import { isScope, presetNames, type Scope } from '@postern/vocabulary'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import { readJson } from '../json-column.ts'
import type { ApplicationPasswordTable } from '../schema.ts'
import type { ListedPassword, PosternGrants, PosternPassword } from './application-password.ts'

/** The columns that a password is read from. */
export const passwordColumns = [
	'uuid',
	'app_id',
	'name',
	'grants',
	'addresses',
	'requests_per_minute',
	'created_at',
	'expires_at',
	'last_used_at',
	'last_ip',
	'seen_at',
	'seen_ip',
] as const satisfies readonly (keyof ApplicationPasswordTable)[]

export type PasswordRow = Pick<ApplicationPasswordTable, (typeof passwordColumns)[number]>

export const listedColumns = [
	...passwordColumns,
	'member_id',
	'position',
	'created_by_name',
	'is_second_factor_proven',
] as const satisfies readonly (keyof ApplicationPasswordTable)[]

const grantsJson = z.object({
	preset: z.nullable(z.enum(presetNames)),
	scopes: z.array(z.string()),
	connectors: z.union([z.literal('all'), z.array(z.string())]),
	writesPerDay: z.nullable(z.number()),
})
const addressesJson = z.array(z.string())
const noAddresses: readonly string[] = []

export function readPassword(row: PasswordRow): PosternPassword {
	return {
		uuid: row.uuid,
		appId: row.app_id,
		name: row.name,
		created: new Date(row.created_at),
		lastUsed: row.last_used_at === null ? null : new Date(row.last_used_at),
		lastIp: row.last_ip,
		seen: row.seen_at === null || row.seen_ip === null ? null : { at: new Date(row.seen_at), ip: row.seen_ip },
		expires: row.expires_at === null ? null : new Date(row.expires_at),
		addresses: row.addresses === '[]' ? noAddresses : readJson(row.addresses, addressesJson),
		requestsPerMinute: row.requests_per_minute,
		grants: readGrants(row.grants),
	}
}

export function readListed(
	row: Pick<Selectable<ApplicationPasswordTable>, (typeof listedColumns)[number]>,
): ListedPassword {
	return {
		password: readPassword(row),
		memberId: row.member_id,
		position: row.position,
		createdBy: row.created_by_name,
		isSecondFactorProven: row.is_second_factor_proven === 1,
	}
}

export function writeGrants({ preset, scopes, connectors, writesPerDay }: PosternGrants): string {
	return JSON.stringify({ preset, scopes, connectors, writesPerDay })
}

const mostRead = 1_000
const read = new Map<string, PosternGrants>()

/** Most passwords have one of few texts, and each request reads one: what was read last is kept. */
function readGrants(text: string): PosternGrants {
	const known = read.get(text)
	if (known !== undefined) return known
	const { scopes, ...rest } = readJson(text, grantsJson)
	// A scope that a later Postern granted is not one that we can give.
	const grants = Object.freeze({ ...rest, scopes: scopes.filter((scope): scope is Scope => isScope(scope)) })
	if (read.size >= mostRead) read.clear()
	read.set(text, grants)
	return grants
}
