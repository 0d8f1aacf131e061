import { afterAll, beforeAll, describe } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { storeCases } from './cases/store-cases.testing.ts'

describe('on PostgreSQL', () => {
	let server: TestPostgres | undefined
	beforeAll(async () => {
		server = await startPostgres()
	}, 120_000)
	afterAll(() => server?.stop(), 60_000)

	storeCases(async () => {
		if (server === undefined) throw new Error('PostgreSQL is not running')
		return { databaseUrl: await server.createDatabase() }
	})
})
