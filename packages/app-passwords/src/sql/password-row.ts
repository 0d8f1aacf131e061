import { canBeLookedUp } from '../hash-secret.ts'
import type { ApplicationPassword, Change, Grants, PasswordChanges, User } from '../types.ts'
import { listOf, type SqlRow, type SqlStatement, statement } from './sql-query.ts'

/** Reads a row of `app_password`. Drivers give large integers as numbers or as text. */
export function readPassword<G extends Grants>(row: SqlRow): ApplicationPassword<G> {
	const [seenAt, seenIp] = [time(row, 'seen_at'), row['seen_ip']]
	return {
		uuid: text(row, 'uuid'),
		appId: text(row, 'app_id'),
		name: text(row, 'name'),
		created: time(row, 'created_at') ?? missing('created_at'),
		lastUsed: time(row, 'last_used_at'),
		lastIp: typeof row['last_ip'] === 'string' ? row['last_ip'] : null,
		seen: seenAt !== null && typeof seenIp === 'string' ? { at: seenAt, ip: seenIp } : null,
		expires: time(row, 'expires_at'),
		// Both are JSON that `changeStatement` wrote.
		addresses: JSON.parse(text(row, 'addresses')) as readonly string[],
		requestsPerMinute: integer(row, 'requests_per_minute'),
		grants: JSON.parse(text(row, 'grants')) as G,
	}
}

export function text(row: SqlRow, column: string): string {
	const value = row[column]
	return typeof value === 'string' ? value : missing(column)
}

export function integer(row: SqlRow, column: string): number | null {
	const value = row[column] ?? null
	if (value === null) return null
	const number = typeof value === 'number' ? value : Number(value)
	return Number.isSafeInteger(number) ? number : missing(column)
}

function time(row: SqlRow, column: string): Date | null {
	const value = integer(row, column)
	return value === null ? null : new Date(value)
}

function missing(column: string): never {
	throw new Error(`The table app_password has nothing readable in ${column}.`)
}

/** The statement that makes a change to these passwords and gives them as they are then, or were. */
export function changeStatement<U extends User, G extends Grants>(
	change: Change<U, G>,
	uuids: readonly string[],
): SqlStatement {
	if (change.kind === 'create') return insertion(change.owner, change.password, change.hash)
	const which = statement`where owner_id = ${change.owner.id} and uuid in (${listOf(uuids.map((uuid) => statement`${uuid}`))})`
	switch (change.kind) {
		case 'update':
			return statement`update app_password set ${assignments(change.changes)} ${which} returning *`
		case 'use': {
			const { at, ip } = change
			const seen = statement`seen_at = ${at.getTime()}, seen_ip = ${ip}`
			const moved = statement`, last_used_at = ${at.getTime()}, last_ip = ${ip}`
			const all = change.movesLastUsed ? statement`${seen}${moved}` : seen
			return statement`update app_password set ${all} ${which} returning *`
		}
		case 'delete':
			return statement`delete from app_password ${which} returning *`
		case 'rehash': {
			const hash = statement`hash = ${change.to}, is_imported = ${canBeLookedUp(change.to) ? 0 : 1}`
			return statement`update app_password set ${hash} ${which} and hash = ${change.from} returning *`
		}
	}
}

function assignments<G extends Grants>({ name, expires, grants }: PasswordChanges<G>): SqlStatement {
	return listOf([
		statement`name = ${name === undefined ? { sql: 'name', params: [] } : name}`,
		...(expires === undefined ? [] : [statement`expires_at = ${expires?.getTime() ?? null}`]),
		...(grants === undefined ? [] : [statement`grants = ${JSON.stringify(grants)}`]),
	])
}

function insertion<G extends Grants>(owner: User, password: ApplicationPassword<G>, hash: string): SqlStatement {
	const { uuid, appId, name, created, lastUsed, lastIp, seen, expires, addresses, requestsPerMinute, grants } = password
	return statement`insert into app_password (uuid, owner_id, hash, is_imported, app_id, name, created_at, last_used_at,
		last_ip, seen_at, seen_ip, expires_at, addresses, requests_per_minute, grants) values (
		${uuid}, ${owner.id}, ${hash}, ${canBeLookedUp(hash) ? 0 : 1}, ${appId}, ${name}, ${created.getTime()},
		${lastUsed?.getTime() ?? null}, ${lastIp}, ${seen?.at.getTime() ?? null}, ${seen?.ip ?? null},
		${expires?.getTime() ?? null}, ${JSON.stringify(addresses)}, ${requestsPerMinute}, ${JSON.stringify(grants)}
	) returning *`
}
