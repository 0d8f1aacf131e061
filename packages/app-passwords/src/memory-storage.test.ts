import { describe, expect, it } from 'vitest'
import { memoryStorage } from './memory-storage.ts'
import { memoryUsers } from './memory-users.ts'
import { ada, bob, grants } from './people.testing.ts'
import { storageCases, type StorageUnderTest } from './testing.ts'
import type { Grants, User } from './types.ts'

async function make(): Promise<StorageUnderTest> {
	const users = memoryUsers([ada, bob])
	const storage = memoryStorage<User, Grants>({ users })
	return {
		storage,
		owners: [ada, bob],
		grants,
		endOwner: async ({ id }) => users.remove(id),
		readEvents: async () =>
			storage.events.map(({ event, password, code }) => ({ event, uuid: password?.uuid ?? null, code: code ?? null })),
		close: async () => {},
	}
}

describe('the storage in memory', () => {
	it.each(storageCases)('$name', ({ run }) => run(make))

	it('keeps the latest events and no more than asked for', () => {
		const storage = memoryStorage<User, Grants>({ users: memoryUsers([ada]), keptEvents: 3 })
		const occasion = { by: null, withPassword: null, ip: '192.0.2.1', requestId: null }
		for (let index = 0; index < 10; index += 1) {
			storage.note({ event: 'failed', at: new Date(index), user: null, password: null, code: 'x', occasion })
		}
		expect(storage.events.map(({ at }) => at.getTime())).toEqual([7, 8, 9])
	})
})
