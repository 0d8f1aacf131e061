import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely'
import { toStoreTrouble } from '../store-trouble.ts'

/**
 * Wraps a dialect so that every error that leaves it is named by the one mapper, and so that `mayAcquire` can refuse:
 * a query on the store's own handle from inside a transaction would wait for itself on SQLite, and escape the
 * transaction on PostgreSQL.
 */
export function guardDialect(dialect: Dialect, mayAcquire: () => boolean): Dialect {
	return {
		createAdapter: () => dialect.createAdapter(),
		createIntrospector: (db) => dialect.createIntrospector(db),
		createQueryCompiler: () => dialect.createQueryCompiler(),
		createDriver: () => new GuardedDriver(dialect.createDriver(), mayAcquire),
	}
}

async function named<T>(work: Promise<T>): Promise<T> {
	try {
		return await work
	} catch (error) {
		throw toStoreTrouble(error)
	}
}

class GuardedConnection implements DatabaseConnection {
	readonly inner: DatabaseConnection

	constructor(inner: DatabaseConnection) {
		this.inner = inner
	}

	executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		return named(this.inner.executeQuery<R>(query))
	}

	async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
		try {
			yield* this.inner.streamQuery<R>(query, chunkSize)
		} catch (error) {
			throw toStoreTrouble(error)
		}
	}
}

class GuardedDriver implements Driver {
	readonly #driver: Driver
	readonly #mayAcquire: () => boolean
	readonly #guarded = new WeakMap<DatabaseConnection, GuardedConnection>()

	constructor(driver: Driver, mayAcquire: () => boolean) {
		this.#driver = driver
		this.#mayAcquire = mayAcquire
	}

	init(): Promise<void> {
		return named(this.#driver.init())
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		if (!this.#mayAcquire()) throw new Error('inside a transaction only the transaction may be used')
		const inner = await named(this.#driver.acquireConnection())
		const known = this.#guarded.get(inner) ?? new GuardedConnection(inner)
		this.#guarded.set(inner, known)
		return known
	}

	beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
		return named(this.#driver.beginTransaction(innerOf(connection), settings))
	}

	commitTransaction(connection: DatabaseConnection): Promise<void> {
		return named(this.#driver.commitTransaction(innerOf(connection)))
	}

	rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		return named(this.#driver.rollbackTransaction(innerOf(connection)))
	}

	releaseConnection(connection: DatabaseConnection): Promise<void> {
		return this.#driver.releaseConnection(innerOf(connection))
	}

	destroy(): Promise<void> {
		return this.#driver.destroy()
	}
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
	return connection instanceof GuardedConnection ? connection.inner : connection
}
