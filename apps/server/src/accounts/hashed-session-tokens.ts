import { createHash } from 'node:crypto'
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/types'

/**
 * Keeps only the SHA-256 of session tokens: whoever reads the database cannot be anybody. Where the library asks by a
 * token it gets rows with that token back; elsewhere it sees hashes, by which nothing can be found.
 */
export function withHashedSessionTokens(adapter: DBAdapter): DBAdapter {
	return { ...hashing(adapter), transaction: (work) => adapter.transaction((inner) => work(hashing(inner))) }
}

function hashing(adapter: DBTransactionAdapter): DBTransactionAdapter {
	const hashed = <G extends { model: string; where?: Where[] | undefined }>(given: G): G =>
		given.model === 'session' && given.where ? { ...given, where: given.where.map(hashedCondition) } : given
	return {
		...adapter,
		create: async <T extends object, R = T>(given: Parameters<typeof adapter.create<T, R>>[0]) => {
			const { model, data } = given
			const created = await adapter.create<T, R>(model === 'session' ? { ...given, data: hashedRow(data) } : given)
			return withToken(created, model === 'session' ? tokenOf(data) : undefined)
		},
		findOne: async <T>(given: Parameters<DBAdapter['findOne']>[0]) =>
			withToken(await adapter.findOne<T>(hashed(given)), tokenIn(given)),
		update: async <T>(given: Parameters<DBAdapter['update']>[0]) => {
			const update = given.model === 'session' ? hashedRow(given.update) : given.update
			return withToken(await adapter.update<T>({ ...hashed(given), update }), tokenIn(given))
		},
		consumeOne: async <T>(given: Parameters<DBAdapter['consumeOne']>[0]) =>
			withToken(await adapter.consumeOne<T>(hashed(given)), tokenIn(given)),
		incrementOne: async <T>(given: Parameters<DBAdapter['incrementOne']>[0]) =>
			withToken(await adapter.incrementOne<T>(hashed(given)), tokenIn(given)),
		findMany: (given) => adapter.findMany(hashed(given)),
		count: (given) => adapter.count(hashed(given)),
		updateMany: (given) =>
			adapter.updateMany(given.model === 'session' ? { ...hashed(given), update: hashedRow(given.update) } : given),
		delete: (given) => adapter.delete(hashed(given)),
		deleteMany: (given) => adapter.deleteMany(hashed(given)),
	}
}

function hashSessionToken(token: string): string {
	return createHash('sha256').update(token).digest('base64url')
}

function hashedCondition(condition: Where): Where {
	if (condition.field !== 'token') return condition
	const { value } = condition
	if (typeof value === 'string') return { ...condition, value: hashSessionToken(value) }
	if (!Array.isArray(value)) throw new TypeError('a session token is looked up by itself only')
	return { ...condition, value: value.map((token) => hashSessionToken(String(token))) }
}

function hashedRow<Row extends object>(row: Row): Row {
	const token = tokenOf(row)
	return token === undefined ? row : { ...row, token: hashSessionToken(token) }
}

function tokenOf(row: object): string | undefined {
	return 'token' in row && typeof row.token === 'string' ? row.token : undefined
}

/** The token by which a session is asked for. */
function tokenIn({ model, where }: { model: string; where: Where[] }): string | undefined {
	const value = model === 'session' ? where.find(({ field }) => field === 'token')?.value : undefined
	return typeof value === 'string' ? value : undefined
}

function withToken<Row>(row: Row, token: string | undefined): Row {
	return row === null || token === undefined ? row : { ...row, token }
}
