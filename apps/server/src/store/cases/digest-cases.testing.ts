import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { addAccount, type TestClock } from './place.testing.ts'

const hour = 3_600_000

export function digestCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let number = 0
	beforeEach(async () => {
		store = getStore()
		await store.kysely.deleteFrom('notice').execute() // of other tests
		workspaceId = (await store.workspaces.create('Ours 雪')).id
	})
	const pass = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms))
	const longAgo = () => new Date(clock.now.getTime() - 168 * hour)
	const add = async (kind: 'person' | 'machine' = 'person') => {
		number += 1
		const accountId = await addAccount(store, `digest${number}`, false, kind)
		const member = await store.members.add({ workspaceId, accountId, role: 'owner' })
		return { accountId, memberId: member?.id ?? '' }
	}
	const tell = (memberId: string, name: string) =>
		store.notices.giveOfConnectorTo(memberId, {
			kind: 'connector-connected-by-link',
			workspaceId,
			connectorId: `con_${name}`,
			name,
			params: {},
		})

	describe('a digest', () => {
		it('is due for people with something new, and holds what is new for them', async () => {
			const ann = await add()
			const bea = await add()
			await add()
			await tell((await add('machine')).memberId, 'a')
			await tell(ann.memberId, 'a')
			pass(hour)
			await tell(ann.memberId, 'b')
			await tell(bea.memberId, 'c')
			expect(await store.digests.listDue(longAgo())).toEqual([ann.accountId, bea.accountId].toSorted())
			expect(await store.digests.find(ann.accountId, longAgo())).toMatchObject({
				accountId: ann.accountId,
				email: `${ann.accountId}@example.com`,
				language: 'en',
				notices: [
					{ name: 'b', uuid: 'con_b', workspaceName: 'Ours 雪', memberId: ann.memberId, at: clock.now },
					{ name: 'a' },
				],
			})
			await store.digests.markSent(ann.accountId, clock.now)
			expect(await store.digests.listDue(longAgo())).toEqual([bea.accountId])
			expect(await store.digests.find(ann.accountId, longAgo())).toBeUndefined()
			pass(200 * hour)
			expect(await store.digests.listDue(longAgo())).toEqual([])
		})

		it('is for who wants it, from then on', async () => {
			const ann = await add()
			expect(await store.digests.isWanted(ann.accountId)).toBe(true)
			await tell(ann.memberId, 'a')
			await store.digests.setWanted(ann.accountId, false)
			expect(await store.digests.isWanted(ann.accountId)).toBe(false)
			expect(await store.digests.listDue(longAgo())).toEqual([])
			expect(await store.digests.find(ann.accountId, longAgo())).toBeUndefined()
			pass(hour)
			await store.digests.setWanted(ann.accountId, true)
			expect(await store.digests.listDue(longAgo())).toEqual([])
			pass(1)
			await tell(ann.memberId, 'b')
			expect(await store.digests.find(ann.accountId, longAgo())).toMatchObject({ notices: [{ name: 'b' }] })
		})
	})
}
