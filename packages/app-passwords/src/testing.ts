import { concurrencyCases } from './testing/concurrency-cases.ts'
import { eventCases } from './testing/event-cases.ts'
import { importCases } from './testing/import-cases.ts'
import { keepingCases } from './testing/keeping-cases.ts'
import { requestCases } from './testing/request-cases.ts'
import type { StorageCase } from './testing/storage-case.ts'

export { requestCases }
export type { RequestCase, RequestsUnderTest } from './testing/request-cases.ts'
export type { KeptEvent, StorageCase, StorageUnderTest } from './testing/storage-case.ts'

/** What a `PasswordStorage` must do, for any test runner: run each with a function that makes an empty one. */
export const storageCases: readonly StorageCase[] = [
	...keepingCases,
	...eventCases,
	...importCases,
	...concurrencyCases,
]
