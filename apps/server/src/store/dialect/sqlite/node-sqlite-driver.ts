import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import {
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from 'kysely'
import { Mutex } from './mutex.ts'

export type CommitWatch = {
	/** Told, before anybody else goes on, that something may have been committed. */
	readonly onCommit: () => void
	/** Commits a transaction that added to the audit log, or to what is counted of it, and changed nothing else. */
	readonly commitRecord: (commit: () => void) => void
}

const nobody: CommitWatch = { onCommit: () => undefined, commitRecord: (commit) => commit() }

/** Kysely on Node's own SQLite: one connection, lent to one user at a time for a query or for a whole transaction. */
export function nodeSqliteDialect(database: DatabaseSync, watch: CommitWatch = nobody): Dialect {
	return {
		createAdapter: () => new NodeSqliteAdapter(),
		createDriver: () => new NodeSqliteDriver(database, watch),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	}
}

class NodeSqliteAdapter extends SqliteAdapter {
	/** The driver lends its one connection itself. */
	override get supportsMultipleConnections(): boolean {
		return true
	}

	/** SQLite's schema changes are transactional: a crash leaves the old schema or the new one. */
	override get supportsTransactionalDdl(): boolean {
		return true
	}
}

class NodeSqliteDriver implements Driver {
	readonly #database: DatabaseSync
	readonly #connection: NodeSqliteConnection
	readonly #watch: CommitWatch
	readonly #mutex = new Mutex()

	constructor(database: DatabaseSync, watch: CommitWatch) {
		this.#database = database
		this.#watch = watch
		this.#connection = new NodeSqliteConnection(database, watch)
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		await this.#mutex.lock()
		return this.#connection
	}

	async releaseConnection(): Promise<void> {
		this.#mutex.unlock()
	}

	async beginTransaction(): Promise<void> {
		this.#database.exec('begin immediate')
		this.#connection.onlyRecords = true // until something else is asked for
	}

	async commitTransaction(): Promise<void> {
		const commit = () => this.#database.exec('commit')
		if (this.#connection.onlyRecords) return this.#watch.commitRecord(commit)
		commit()
		this.#watch.onCommit()
	}

	async rollbackTransaction(): Promise<void> {
		// A full disk makes SQLite roll back by itself.
		if (this.#database.isTransaction) this.#database.exec('rollback')
	}

	async destroy(): Promise<void> {
		await this.#mutex.lock() // whoever uses the connection finishes first
		this.#database.close()
	}
}

const MAX_CACHED_STATEMENTS = 256

type PreparedStatement = {
	readonly statement: StatementSync
	readonly hasRows: boolean
	readonly onlyRecords: boolean
}

/** Statements that change nothing but the audit log and what is counted of it: no look-up reads these. */
const recording = /^(?:select |insert into "?(?:audit_event|audit_counter|password_usage)"? |update "audit_counter" )/

class NodeSqliteConnection implements DatabaseConnection {
	readonly #database: DatabaseSync
	readonly #watch: CommitWatch
	/** What the transaction did so far. */
	onlyRecords = false
	/** In order of last use. */
	readonly #statements = new Map<string, PreparedStatement>()

	constructor(database: DatabaseSync, watch: CommitWatch) {
		this.#database = database
		this.#watch = watch
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const result = this.#execute<R>(query)
		// Outside a transaction a statement is one of its own.
		if (!this.#database.isTransaction) this.#watch.onCommit()
		return result
	}

	#execute<R>(query: CompiledQuery): QueryResult<R> {
		const { statement, hasRows, onlyRecords } = this.#prepare(query.sql)
		if (!onlyRecords) this.onlyRecords = false
		const parameters = query.parameters.map(toInput)
		// The rows have the shape the query was built for: Kysely's own contract with its drivers.
		if (hasRows) return { rows: statement.all(...parameters) as R[] }
		const { changes, lastInsertRowid } = statement.run(...parameters)
		return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
	}

	async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
		this.onlyRecords = false
		// Not from the cache: a reader may stop halfway, and the statement with him.
		const rows: Iterable<Record<string, SQLOutputValue>> = this.#database
			.prepare(query.sql)
			.iterate(...query.parameters.map(toInput))
		for (const row of rows) yield { rows: [row as R] } // as above
	}

	#prepare(sql: string): PreparedStatement {
		const prepared = this.#statements.get(sql) ?? this.#prepareAnew(sql)
		this.#statements.delete(sql)
		this.#statements.set(sql, prepared)
		if (this.#statements.size > MAX_CACHED_STATEMENTS) {
			const oldest = this.#statements.keys().next()
			if (!oldest.done) this.#statements.delete(oldest.value)
		}
		return prepared
	}

	#prepareAnew(sql: string): PreparedStatement {
		const statement = this.#database.prepare(sql)
		const hasRows = statement.columns().length > 0 // so has `insert … returning`
		return { statement, hasRows, onlyRecords: recording.test(sql) }
	}
}

function toInput(value: unknown): SQLInputValue {
	if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
		return value
	if (value instanceof Uint8Array) return value
	throw new TypeError(`SQLite takes no ${typeof value} as a parameter`)
}
