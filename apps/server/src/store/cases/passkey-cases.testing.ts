import { sql, type Kysely } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createRecoveryCodes } from '../migrations/0006-recovery-codes.ts'
import type { Store } from '../store.ts'
import { addAccount, type TestClock } from './place.testing.ts'

const inOrder = (flags: readonly boolean[]) => flags.toSorted((a, b) => Number(a) - Number(b))

export function passkeyCases(getStore: () => Store, clock: TestClock): void {
	const newPasskey = (accountId: string, credentialId: string, counter = 0) => ({
		accountId,
		credentialId,
		publicKey: new Uint8Array([165, 0, 255]),
		counter,
		transports: ['internal', 'hybrid'],
		name: 'Ann’s 電話',
	})

	describe('passkeys', () => {
		it('are kept as they were made, and listed for their owner, the oldest first', async () => {
			const { passkeys } = getStore()
			const id = await addAccount(getStore(), 'pia')
			const first = await passkeys.add(newPasskey(id, 'pia-1'))
			const { counter: _, ...kept } = newPasskey(id, 'pia-1')
			expect(first).toMatchObject({ ...kept, createdAt: clock.now, lastUsedAt: null })
			clock.now = new Date(clock.now.getTime() + 1)
			const second = await passkeys.add(newPasskey(id, 'pia-2'))
			expect(await passkeys.list(id)).toEqual([first, second])
			expect(await passkeys.findByCredential('pia-2')).toEqual(second)
			expect(await passkeys.findByCredential('PIA-2')).toBeUndefined()
		})

		it('belong to one account each', async () => {
			const { passkeys } = getStore()
			const owner = await addAccount(getStore(), 'paul')
			const other = await addAccount(getStore(), 'petra')
			const made = await passkeys.add(newPasskey(owner, 'paul-1'))
			expect(await passkeys.add(newPasskey(other, 'paul-1'))).toBeUndefined()
			expect(await passkeys.rename(other, made?.id ?? '', 'Mine')).toBeUndefined()
			expect(await passkeys.remove(other, made?.id ?? '')).toBeUndefined()
			expect(await passkeys.rename(owner, made?.id ?? '', 'Old')).toMatchObject({ name: 'Old' })
			expect(await passkeys.remove(owner, made?.id ?? '')).toMatchObject({ name: 'Old' })
			expect(await passkeys.list(owner)).toEqual([])
		})

		it('are used while their counter grows, once with each, or for ever if they do not count', async () => {
			const { passkeys } = getStore()
			const id = await addAccount(getStore(), 'pablo')
			const made = (await passkeys.add(newPasskey(id, 'pablo-1')))?.id ?? ''
			expect(await passkeys.use(made, 0)).toBe(true)
			expect(await passkeys.use(made, 0)).toBe(true)
			const uses = await Promise.all(Array.from({ length: 10 }, () => passkeys.use(made, 4_294_967_295)))
			expect(inOrder(uses)).toEqual([...Array<boolean>(9).fill(false), true])
			for (const counter of [0, 1, 4_294_967_295]) expect(await passkeys.use(made, counter)).toBe(false)
			expect((await passkeys.list(id))[0]?.lastUsedAt).toEqual(clock.now)
		})
	})

	describe('questions to passkeys', () => {
		const question = (expiresAt: Date) =>
			({ purpose: 'step-up', challenge: 'abc', accountId: 'a', sessionId: null, expiresAt }) as const

		it('are taken once, and not when they have expired', async () => {
			const { passkeyChallenges } = getStore()
			const asked = question(new Date(clock.now.getTime() + 1_000))
			await passkeyChallenges.keep('once', asked)
			const taken = await Promise.all(Array.from({ length: 10 }, () => passkeyChallenges.take('once')))
			expect(taken.filter((one) => one !== undefined)).toEqual([asked])
			await passkeyChallenges.keep('late', question(new Date(clock.now.getTime() + 1)))
			clock.now = new Date(clock.now.getTime() + 1)
			expect(await passkeyChallenges.take('late')).toBeUndefined()
		})
	})

	describe('recovery codes', () => {
		it('of an older Postern, which kept them with the authenticator app, still work', async () => {
			const store = getStore()
			const id = await addAccount(store, 'rosa', true)
			await sql`drop table recovery_code`.execute(store.kysely)
			const kept = JSON.stringify(['sha256:one', 'sha256:two'])
			await sql`
				insert into auth_two_factor (id, secret, "backupCodes", "userId") values ('tf-rosa', 'x', ${kept}, ${id})
			`.execute(store.kysely)
			await createRecoveryCodes(store.kysely as Kysely<unknown>) // a migration knows no tables
			expect(await store.recoveryCodes.use(id, 'sha256:two')).toBe(true)
			expect(await store.recoveryCodes.use(id, 'sha256:two')).toBe(false)
			expect(await store.recoveryCodes.areThere(id)).toBe(true)
		})

		it('are used once each, by the account that has them, and replaced all together', async () => {
			const { recoveryCodes } = getStore()
			const id = await addAccount(getStore(), 'rita')
			const other = await addAccount(getStore(), 'rolf')
			expect(await recoveryCodes.areThere(id)).toBe(false)
			await recoveryCodes.replace(id, ['one', 'two'])
			expect(await recoveryCodes.use(other, 'one')).toBe(false)
			const uses = await Promise.all(Array.from({ length: 10 }, () => recoveryCodes.use(id, 'one')))
			expect(inOrder(uses)).toEqual([...Array<boolean>(9).fill(false), true])
			await recoveryCodes.replace(id, ['three'])
			expect(await recoveryCodes.use(id, 'two')).toBe(false)
			expect(await recoveryCodes.use(id, 'three')).toBe(true)
			expect(await recoveryCodes.areThere(id)).toBe(false)
		})
	})
}
