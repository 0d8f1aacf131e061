import { expect, it } from 'vitest'
import { createAttemptLimit } from './attempt-limit.ts'
import { createAppPasswords } from './create-app-passwords.ts'
import { ada } from './people.testing.ts'
import { home, start } from './start.testing.ts'
import type { Grants, PasswordStorage, User } from './types.ts'
import { Secret } from '@postern/vocabulary'

it('tells an address no more than ten times what was wrong, however many logins are on their way at once', async () => {
	const { storage, users, issue } = start()
	await issue()
	const findByHash: PasswordStorage['findByHash'] = async (hash) => storage.findByHash(hash)
	const slow = { ...storage, findByHash }
	const { authenticate } = createAppPasswords<User, Grants>({ storage: slow, users, environment: 'production' })
	const guesses = Array.from({ length: 50 }, async (_, index) => {
		const login = { userId: index % 2 === 0 ? `nobody${index}` : ada.login, password: new Secret('wrong') }
		const outcome = await authenticate({ ...login, ip: home, isTls: true, requestId: null })
		return outcome?.ok === false ? outcome.error.code : 'ok'
	})
	const told = (await Promise.all(guesses)).filter((code) => code !== 'too_many_attempts')
	expect(told).toHaveLength(10)
})

it('gives back the first attempt a minute after it was made', () => {
	const limit = createAttemptLimit()
	for (let second = 0; second < 10; second += 1)
		limit.countFailure(home, { name: `name${second}`, userId: undefined }, second * 1_000)
	expect(limit.waitOf(home, 9_000)).toBe(51_000)
	expect(limit.waitOf(home, 59_999)).toBe(1)
	expect(limit.waitOf(home, 60_000)).toBe(0)
})
