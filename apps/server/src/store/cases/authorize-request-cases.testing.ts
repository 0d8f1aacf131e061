import { requestCases } from '@postern/app-passwords/testing'
import { describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import type { TestClock } from './place.testing.ts'

export function authorizeRequestCases(getStore: () => Store, clock: TestClock): void {
	const wait = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms))

	describe('requests on the authorize page', () => {
		for (const { name, run } of requestCases)
			it(name, async () => {
				await run({ requests: getStore().authorizeRequests, now: () => clock.now, wait })
				wait(3_600_000)
			})

		it('of one account are fifty at most, and leave those of others alone', async () => {
			const { authorizeRequests } = getStore()
			const keep = (id: string, userId: number) =>
				authorizeRequests.keep(id, { query: '', userId, session: 's', tokenHash: 't', shownAt: clock.now })
			await keep('of another', 2)
			for (let count = 1; count <= 51; count += 1) {
				wait(1)
				await keep(`one ${count}`, 1)
			}
			expect(await authorizeRequests.find('one 1')).toBeUndefined()
			for (const id of ['one 2', 'one 51', 'of another']) expect(await authorizeRequests.find(id), id).toBeDefined()
		})
	})
}
