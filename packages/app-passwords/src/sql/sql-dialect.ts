import type { EventRow } from './event-row.ts'
import { type SqlQuery, type SqlRow, type SqlStatement, statement } from './sql-query.ts'

export type SqlDialectName = 'sqlite' | 'postgres'

type Change = {
	/** Ends in `returning *`. */
	readonly main: SqlStatement
	readonly events: readonly EventRow[]
	readonly isCreation: boolean
}

export type SqlDialect = {
	run(query: SqlQuery, statement: SqlStatement): Promise<readonly SqlRow[]>
	/** Makes the change and keeps the events of the passwords it really changed. */
	write(query: SqlQuery, change: Change): Promise<readonly SqlRow[]>
	insertEvents(query: SqlQuery, events: readonly EventRow[]): Promise<unknown>
}

const into = `insert into app_password_event
	(at, event, user_id, password_uuid, code, by_id, with_password, ip, request_id, details)`
const markInUse = 'insert into app_password_in_use (id) values (1) on conflict do nothing'

/** Several statements: there must be a transaction around `write`. */
export const sqlite: SqlDialect = {
	run: (query, { sql, params }) => query(sql.replaceAll('$', '?'), params),
	async write(query, { main, events, isCreation }) {
		const changed = await sqlite.run(query, main)
		const uuids = new Set(changed.map(({ uuid }) => uuid))
		await sqlite.insertEvents(
			query,
			events.filter(({ password_uuid: uuid }) => uuid === null || uuids.has(uuid)),
		)
		if (isCreation) await query(markInUse, [])
		return changed
	},
	async insertEvents(query, events) {
		if (events.length === 0) return
		const fields = ['at', 'event', 'user_id', 'password_uuid', 'code', 'by_id', 'with_password', 'ip', 'request_id']
		const columns = [...fields, 'details'].map((field) => `value ->> '${field}'`).join(', ')
		await query(`${into} select ${columns} from json_each(?)`, [JSON.stringify(events)])
	},
}

/** One statement, which is a transaction by itself: whichever connection of a pool it runs on, it is whole or was not. */
export const postgres: SqlDialect = {
	run(query, { sql, params }) {
		let count = 0
		return query(
			sql.replaceAll('$', () => `$${++count}`),
			params,
		)
	},
	write(query, { main, events, isCreation }) {
		const logged = statement`${{ sql: into, params: [] }} ${selected(events)}
			where password_uuid is null or password_uuid in (select uuid from changed)`
		const used = { sql: isCreation ? `, used as (${markInUse})` : '', params: [] }
		return postgres.run(
			query,
			statement`with changed as (${main}), logged as (${logged})${used} select * from changed order by position`,
		)
	},
	insertEvents: (query, events) => postgres.run(query, statement`${{ sql: into, params: [] }} ${selected(events)}`),
}

function selected(events: readonly EventRow[]): SqlStatement {
	return statement`select * from json_to_recordset(${JSON.stringify(events)}::json) as e
		(at bigint, event text, user_id bigint, password_uuid text, code text, by_id bigint, with_password text, ip text,
		request_id text, details text)`
}
