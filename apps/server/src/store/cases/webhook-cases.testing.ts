import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { newId } from '../ids.ts'
import { keptDeliveries, type Webhook } from '../webhooks.ts'
import type { TestClock } from './place.testing.ts'

const minute = 60_000

export function webhookCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
	})
	const wait = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms))
	const add = (changes: { workspaceId?: string; url?: string } = {}): Promise<Webhook> =>
		store.webhooks.create({
			id: newId('whk'),
			workspaceId,
			url: 'https://hooks.example/in?key=雪',
			events: ['connector.deleted', 'connector.recovered'],
			createdBy: 'mem_a',
			sealed: new Uint8Array([1, 2, 3]),
			...changes,
		})
	const give = (webhook: Webhook) =>
		store.webhooks.addDelivery(webhook.id, 'test', (at) => `{"at":"${at.toISOString()}"}`)
	const attempt = (code: 'network/refused' | null) => ({ at: clock.now, status: code === null ? 204 : null, code })

	describe('a webhook', () => {
		it('is found as it was made, in its own workspace only', async () => {
			const made = await add()
			expect(await store.webhooks.list(workspaceId)).toEqual([made])
			expect(await store.webhooks.find(workspaceId, made.id)).toEqual({
				...made,
				sealed: new Uint8Array([1, 2, 3]),
				previousSealed: undefined,
			})
			const other = (await store.workspaces.create('Theirs')).id
			expect(await store.webhooks.list(other)).toEqual([])
			expect(await store.webhooks.find(other, made.id)).toBeUndefined()
			expect(await store.webhooks.update(other, made.id, { isEnabled: false })).toBeUndefined()
			expect(await store.webhooks.delete(other, made.id)).toBeUndefined()
		})

		it('changes what is named, and begins to count failures anew when it is switched on', async () => {
			const made = await add()
			const delivery = await give(made)
			await store.webhooks.recordAttempt(delivery, attempt('network/refused'), 'waiting')
			const events = ['connector.connected'] as const
			const changed = await store.webhooks.update(workspaceId, made.id, { url: 'https://b.example/', events })
			expect(changed).toMatchObject({ url: 'https://b.example/', events, disabledAt: null, failingSince: clock.now })
			expect(await store.webhooks.update(workspaceId, made.id, { isEnabled: false })).toMatchObject({
				url: 'https://b.example/',
				disabledAt: clock.now,
				failingSince: null,
			})
			expect(await store.webhooks.update(workspaceId, made.id, { isEnabled: true })).toMatchObject({ disabledAt: null })
		})

		it('has one secret and, for its time, the one before; of two who replace it at once one does', async () => {
			const made = await add()
			const sealed = await store.webhooks.find(workspaceId, made.id)
			if (sealed === undefined) throw new Error('gone')
			const previousUntil = new Date(clock.now.getTime() + minute)
			const both = await Promise.all([
				store.webhooks.replaceSecret(sealed, { sealed: new Uint8Array([4]), previousUntil }),
				store.webhooks.replaceSecret(sealed, { sealed: new Uint8Array([4]), previousUntil }),
			])
			expect(both.filter((one) => one !== undefined)).toHaveLength(1)
			expect(await store.webhooks.find(workspaceId, made.id)).toMatchObject({
				secretVersion: 2,
				sealed: new Uint8Array([4]),
				previousSealed: new Uint8Array([1, 2, 3]),
			})
			wait(minute)
			expect((await store.webhooks.find(workspaceId, made.id))?.previousSealed).toBeUndefined()
		})

		it('fails since the first of the failures in a row, until one arrives', async () => {
			const made = await add()
			const delivery = await give(made)
			const first = clock.now
			expect(await store.webhooks.recordAttempt(delivery, attempt('network/refused'), 'waiting')).toMatchObject({
				attempts: 1,
				state: 'waiting',
				lastAttempt: { at: first, status: null, code: 'network/refused' },
			})
			wait(minute)
			await store.webhooks.recordAttempt(delivery, attempt('network/refused'), 'waiting')
			expect(await store.webhooks.find(workspaceId, made.id)).toMatchObject({ failingSince: first })
			wait(minute)
			await store.webhooks.recordAttempt(delivery, attempt(null), 'delivered')
			expect(await store.webhooks.find(workspaceId, made.id)).toMatchObject({
				failingSince: null,
				lastAttempt: { at: clock.now, status: 204, code: null },
			})
			expect(await store.webhooks.findDelivery(made.id, delivery.id)).toMatchObject({ attempts: 3, state: 'delivered' })
		})

		it('keeps the last of its deliveries that are over, and all that wait', async () => {
			const made = await add()
			const waiting = await give(made)
			expect(waiting.body).toBe(`{"at":"${clock.now.toISOString()}"}`)
			const over: string[] = []
			for (let count = 0; count < keptDeliveries + 2; count += 1) {
				wait(1)
				const delivery = await give(made)
				over.unshift(delivery.id)
				await store.webhooks.recordAttempt(delivery, attempt(null), 'delivered')
			}
			const listed = await store.webhooks.listDeliveries(made.id)
			expect(listed.map(({ id }) => id)).toEqual(over.slice(0, keptDeliveries))
			expect(await store.webhooks.findDelivery(made.id, waiting.id)).toMatchObject({ state: 'waiting' })
			expect(await store.webhooks.findDelivery(made.id, over.at(-1) ?? '')).toBeUndefined()
			expect(await store.webhooks.findDelivery((await add()).id, waiting.id)).toBeUndefined()
			await store.webhooks.giveUp(made.id)
			expect(await store.webhooks.findDelivery(made.id, waiting.id)).toMatchObject({ state: 'failed' })
		})

		it('takes its log with it', async () => {
			const made = await add()
			const delivery = await give(made)
			expect(await store.webhooks.delete(workspaceId, made.id)).toEqual(made)
			expect(await store.webhooks.findDelivery(made.id, delivery.id)).toBeUndefined()
			expect(await store.webhooks.recordAttempt(delivery, attempt(null), 'delivered')).toBeUndefined()
		})
	})
}
