import { describe, expect, it, vi } from 'vitest'
import { createPasswordHashes, TooManyHashes } from './password-hashes.ts'

describe('password hashes', () => {
	it('cost the same everywhere: argon2id, 19 MiB, two passes', async () => {
		vi.stubEnv('NODE_ENV', 'test')
		vi.stubEnv('POSTERN_TEST', '1')
		vi.stubEnv('CI', 'true')
		expect(await createPasswordHashes().hash('a password')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
		vi.unstubAllEnvs()
	})

	it('are of the whole password: what follows a NUL and the 72nd byte counts', async () => {
		const { hash, matches } = createPasswordHashes()
		for (const password of ['abcdefghijklmno\0p', `${'x'.repeat(80)}p`]) {
			const hashed = await hash(password)
			expect(await matches(hashed, password)).toBe(true)
			expect(await matches(hashed, `${password.slice(0, -1)}q`)).toBe(false)
		}
	})

	it('do not depend on how the keyboard composes characters', async () => {
		const { hash, matches } = createPasswordHashes()
		expect(await matches(await hash('caf\u00e9'), 'cafe\u0301')).toBe(true)
	})

	it('wait in a bounded queue, and the others are refused at once', async () => {
		const { hash } = createPasswordHashes({ lanes: 1, queueLimit: 2 })
		const settled = await Promise.allSettled(Array.from({ length: 6 }, () => hash('a password')))
		expect(settled.map(({ status }) => status)).toEqual([
			'fulfilled',
			'fulfilled',
			'fulfilled',
			'rejected',
			'rejected',
			'rejected',
		])
		expect(settled[5]).toMatchObject({ reason: expect.any(TooManyHashes) })
		await expect(hash('again')).resolves.toMatch(/^\$argon2id/)
	})
})
