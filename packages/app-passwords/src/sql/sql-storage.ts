import { applyChange } from '../apply-change.ts'
import type { OwnerLookup } from '../memory-users.ts'
import type { Change, Grants, PasswordStorage, User } from '../types.ts'
import { warn } from '../trouble.ts'
import { createEventQueue } from './event-queue.ts'
import { eventRow } from './event-row.ts'
import { changeStatement, integer, readPassword, text } from './password-row.ts'
import { postgres, sqlite, type SqlDialectName } from './sql-dialect.ts'
import { type SqlQuery, type SqlTransaction, statement } from './sql-query.ts'
import { oneConnection } from './sql-transaction.ts'

export type SqlStorageOptions<U extends User = User> = {
	readonly dialect: SqlDialectName
	/**
	 * Runs one statement. PostgreSQL: on any connection of a pool. SQLite: always on the same connection, which nobody else
	 * uses, unless `transaction` is given.
	 */
	readonly query: SqlQuery
	/** Runs work in a transaction of yours. Without it SQLite's are made here, and PostgreSQL needs none. */
	readonly transaction?: SqlTransaction
	readonly users: OwnerLookup<U>
	/** Told of events of logins that could not be kept. Without it: a warning of the process. */
	readonly onTrouble?: (error: unknown) => unknown
}

export type SqlStorage<U extends User = User, G extends Grants = Grants> = PasswordStorage<U, G> & {
	/** Waits until the events of all logins are written: call it before the connection is closed. */
	flush(): Promise<void>
}

/** Keeps passwords in the tables of `sqlTables`, by way of one function that runs a statement. */
export function sqlStorage<U extends User, G extends Grants>(options: SqlStorageOptions<U>): SqlStorage<U, G> {
	const { users, onTrouble = warn } = options
	const dialect = options.dialect === 'sqlite' ? sqlite : postgres
	const { query, transaction } = connect(options)
	const ask = (asked: ReturnType<typeof statement>) => dialect.run(query, asked)
	const queue = createEventQueue((events) => dialect.insertEvents(query, events), onTrouble)

	const change: PasswordStorage<U, G>['change'] = (wanted, describe) =>
		transaction(async (inside) => {
			const before = wanted.kind === 'create' ? [] : await dialect.run(inside, concerned(wanted))
			const affected =
				wanted.kind === 'create' ? [wanted.password] : before.map((row) => applyChange(readPassword<G>(row), wanted))
			if (affected.length === 0) return []
			const events = describe(affected).map(eventRow)
			const main = changeStatement(
				wanted,
				affected.map(({ uuid }) => uuid),
			)
			const rows = await dialect.write(inside, { main, events, isCreation: wanted.kind === 'create' })
			return rows.toSorted(byPosition).map((row) => readPassword<G>(row))
		})

	return {
		async findByHash(hash) {
			const [row] = await ask(statement`select * from app_password where hash = ${hash}`)
			if (row === undefined) return undefined
			const user = await users.byId(integer(row, 'owner_id') ?? 0)
			return user && { user, password: readPassword<G>(row) }
		},
		async listImported(owner) {
			const rows = await ask(
				statement`select * from app_password where owner_id = ${owner.id} and is_imported = 1 order by position`,
			)
			return rows.map((row) => ({ password: readPassword<G>(row), hash: text(row, 'hash') }))
		},
		hasImported: async () =>
			(await ask(statement`select 1 from app_password where is_imported = 1 limit 1`)).length > 0,
		async list(owner) {
			const rows = await ask(statement`select * from app_password where owner_id = ${owner.id} order by position`)
			return rows.map((row) => readPassword<G>(row))
		},
		async find(owner, uuid) {
			const [row] = await ask(statement`select * from app_password where uuid = ${uuid} and owner_id = ${owner.id}`)
			return row && readPassword<G>(row)
		},
		isInUse: async () => (await ask(statement`select id from app_password_in_use`)).length > 0,
		change,
		note: (event) => queue.add(eventRow(event)),
		flush: async () => queue.flush(),
	}
}

function connect({ dialect, query, transaction }: SqlStorageOptions): {
	readonly query: SqlQuery
	readonly transaction: SqlTransaction
} {
	if (transaction !== undefined) return { query, transaction }
	if (dialect === 'sqlite') return oneConnection(query)
	return { query, transaction: (work) => work(query) }
}

function concerned<U extends User, G extends Grants>(change: Exclude<Change<U, G>, { kind: 'create' }>) {
	const { owner, uuid } = change
	if (change.kind === 'delete' && uuid === 'all') {
		return statement`select * from app_password where owner_id = ${owner.id} order by position`
	}
	const one = statement`select * from app_password where uuid = ${uuid} and owner_id = ${owner.id}`
	return change.kind === 'rehash' ? statement`${one} and hash = ${change.from}` : one
}

function byPosition(
	one: { readonly [column: string]: unknown },
	other: { readonly [column: string]: unknown },
): number {
	return (integer(one, 'position') ?? 0) - (integer(other, 'position') ?? 0)
}
