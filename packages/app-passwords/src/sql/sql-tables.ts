import type { SqlDialectName } from './sql-dialect.ts'

const positions: Readonly<Record<SqlDialectName, string>> = {
	sqlite: 'integer primary key autoincrement',
	postgres: 'bigint generated always as identity primary key',
}

/** The tables `sqlStorage` works on, one statement each. Times are milliseconds since 1970, booleans 0 or 1. */
export function sqlTables(dialect: SqlDialectName): readonly string[] {
	const position = positions[dialect]
	return [
		`create table if not exists app_password (
	position ${position},
	uuid text not null unique,
	owner_id bigint not null,
	hash text not null unique,
	is_imported integer not null,
	app_id text not null,
	name text not null,
	created_at bigint not null,
	last_used_at bigint,
	last_ip text,
	seen_at bigint,
	seen_ip text,
	expires_at bigint,
	addresses text not null,
	requests_per_minute integer,
	grants text not null
)`,
		'create index if not exists app_password_owner on app_password (owner_id, position)',
		'create index if not exists app_password_imported on app_password (owner_id) where is_imported = 1',
		`create table if not exists app_password_event (
	position ${position},
	at bigint not null,
	event text not null,
	user_id bigint,
	password_uuid text,
	code text,
	by_id bigint,
	with_password text,
	ip text not null,
	request_id text,
	details text
)`,
		'create table if not exists app_password_in_use (id integer primary key)',
	]
}
