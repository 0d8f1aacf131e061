import { beforeEach, describe, expect, it } from 'vitest'
import type { NewConnectLink } from '../connect-links.ts'
import type { Store } from '../store.ts'
import { addConnector } from './connector.testing.ts'
import type { TestClock } from './place.testing.ts'

const day = 86_400_000

export function connectLinkCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let number = 0
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
	})
	const make = (changes: Partial<NewConnectLink> = {}) => {
		number += 1
		const link: NewConnectLink = {
			workspaceId,
			tokenHash: `link hash ${number}`,
			type: 'wordpress-app',
			address: 'blog.example/雪',
			host: 'blog.example',
			connectorId: null,
			createdBy: 'mem_a',
			expiresAt: new Date(clock.now.getTime() + 7 * day),
			...changes,
		}
		return { link, made: store.connectLinks.create(link) }
	}

	describe('a connect link', () => {
		it('is found by the hash of its token, and listed in its own workspace', async () => {
			const { link, made } = make()
			const { tokenHash, ...shown } = link
			expect(await made).toMatchObject({ ...shown, createdAt: clock.now })
			expect(await store.connectLinks.findOpen(tokenHash)).toEqual(await made)
			expect(await store.connectLinks.listOpen(workspaceId)).toEqual([await made])
			expect(await store.connectLinks.listOpen((await store.workspaces.create('Theirs')).id)).toEqual([])
		})

		it('is used once, however many try at the same time', async () => {
			const { link, made } = make()
			await made
			const uses = await Promise.all([1, 2, 3].map(() => store.connectLinks.use(link.tokenHash)))
			expect(uses.filter((one) => one !== undefined)).toHaveLength(1)
			expect(await store.connectLinks.findOpen(link.tokenHash)).toBeUndefined()
			expect(await store.connectLinks.revoke(workspaceId, (await made).id)).toBeUndefined()
		})

		it('is over when it is revoked, by its own workspace only', async () => {
			const { link, made } = make()
			const { id } = await made
			expect(await store.connectLinks.revoke((await store.workspaces.create('Theirs')).id, id)).toBeUndefined()
			expect(await store.connectLinks.revoke(workspaceId, id)).toEqual(await made)
			expect(await store.connectLinks.findOpen(link.tokenHash)).toBeUndefined()
			expect(await store.connectLinks.use(link.tokenHash)).toBeUndefined()
			expect(await store.connectLinks.listOpen(workspaceId)).toEqual([])
		})

		it('is over when it has expired', async () => {
			const { link, made } = make({ expiresAt: clock.now })
			await made
			expect(await store.connectLinks.findOpen(link.tokenHash)).toBeUndefined()
			expect(await store.connectLinks.use(link.tokenHash)).toBeUndefined()
			expect(await store.connectLinks.listOpen(workspaceId)).toEqual([])
		})

		it('goes with the connector that it reconnects', async () => {
			const connector = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			const { link, made } = make({ connectorId: connector.id })
			expect(await made).toMatchObject({ connectorId: connector.id })
			await store.connectors.delete(workspaceId, connector.id)
			expect(await store.connectLinks.findOpen(link.tokenHash)).toBeUndefined()
		})
	})
}
