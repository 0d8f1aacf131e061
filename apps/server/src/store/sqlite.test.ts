import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { jobRaceCases } from './cases/job-cases.testing.ts'
import { killCases } from './cases/kill-cases.testing.ts'
import { storeCases } from './cases/store-cases.testing.ts'

describe('on SQLite', () => {
	let folder = ''
	let places = 0
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'postern-store-'))
	})
	afterAll(() => rm(folder, { recursive: true }))

	const newPlace = async () => ({ dataFolder: join(folder, String((places += 1))) })
	storeCases(newPlace)
	killCases(newPlace, 50)
	describe('a job', () => jobRaceCases(newPlace, false))
})
