import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { addAccount } from './place.testing.ts'

export function accountRowCases(getStore: () => Store): void {
	describe('accounts', () => {
		it('are found by id, username and e-mail address', async () => {
			const { accountRows } = getStore()
			const id = await addAccount(getStore(), 'rose', true)
			const rose = { id, username: 'rose', hasSecondFactor: true }
			const found = await accountRows.find(id)
			expect(found).toMatchObject(rose)
			expect(await accountRows.findByName(id)).toEqual(found) // the username that is looked up; “rose” is shown
			expect(await accountRows.findByName(found?.email ?? '')).toEqual(found)
			for (const name of ['rose', '', '@', '%', `${id}@`]) expect(await accountRows.findByName(name)).toBeUndefined()
			expect(await accountRows.find('nobody')).toBeUndefined()
		})

		it('use each time step of a code once, and none before it', async () => {
			const { accountRows } = getStore()
			const id = await addAccount(getStore(), 'steve')
			const other = await addAccount(getStore(), 'stella')
			const tries = await Promise.all(Array.from({ length: 20 }, () => accountRows.useTotpStep(id, 59_000_000)))
			expect(tries.filter((used) => used)).toHaveLength(1)
			expect(await accountRows.useTotpStep(id, 58_999_999)).toBe(false)
			expect(await accountRows.useTotpStep(other, 58_999_999)).toBe(true)
			expect(await accountRows.useTotpStep(id, 59_000_001)).toBe(true)
			await accountRows.forgetTotpSteps(id)
			expect(await accountRows.useTotpStep(id, 1)).toBe(true)
			expect(await accountRows.useTotpStep(other, 58_999_999)).toBe(false)
		})
	})
}
