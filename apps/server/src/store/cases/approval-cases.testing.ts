import { describe, expect, it } from 'vitest'
import type { NewSiteApproval } from '../site-approvals.ts'
import type { Store } from '../store.ts'
import type { TestClock } from './place.testing.ts'

const minute = 60_000

export function approvalCases(getStore: () => Store, clock: TestClock): void {
	const wait = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms))

	describe('approvals on their way', () => {
		const begin = async (stateHash: string, changes: Partial<NewSiteApproval> = {}): Promise<NewSiteApproval> => {
			const { siteApprovals, workspaces } = getStore()
			const approval: NewSiteApproval = {
				stateHash,
				workspaceId: changes.workspaceId ?? (await workspaces.create('Ours')).id,
				accountId: 'mem_a',
				sessionHash: 'session of a',
				type: 'wordpress-app',
				address: 'blog.example',
				site: {
					siteUrl: 'https://blog.example',
					homeUrl: 'https://blog.example',
					wordpressUrl: 'https://blog.example/wp',
					host: 'blog.example',
				},
				certificatePin: null,
				appName: 'Postern – 雪\0 on postern.example, 2026-11-21 abcd',
				connectorId: null,
				expiresAt: new Date(clock.now.getTime() + 10 * minute),
				...changes,
			}
			await siteApprovals.create(approval)
			return approval
		}

		it('T66 are found by the hash of their state alone, as they were begun', async () => {
			const approval = await begin('hash 1')
			expect(await getStore().siteApprovals.find('hash 1')).toEqual({
				...approval,
				appName: 'Postern – 雪 on postern.example, 2026-11-21 abcd',
				createdAt: clock.now,
				usedAt: null,
				outcome: null,
				passwordHash: null,
				again: null,
			})
			expect(await getStore().siteApprovals.find('hash')).toBeUndefined()
		})

		it('T66 are used once, however many try at the same time, and tell what came of it', async () => {
			const { siteApprovals } = getStore()
			await begin('hash 2')
			const uses = await Promise.all(
				['con_a', 'con_b', 'con_c'].map((connectorId) =>
					siteApprovals.use('hash 2', { kind: 'connected', connectorId }, `password of ${connectorId}`),
				),
			)
			expect(uses.filter(Boolean)).toHaveLength(1)
			const used = await siteApprovals.find('hash 2')
			expect(used).toMatchObject({ usedAt: clock.now, outcome: { kind: 'connected' } })
			const connectorId = used?.outcome?.kind === 'connected' ? used.outcome.connectorId : ''
			expect(used?.passwordHash).toBe(`password of ${connectorId}`)
		})

		it('T66 are used no more after ten minutes, and told apart from unknown ones for a day', async () => {
			const { siteApprovals } = getStore()
			await begin('hash 3')
			wait(10 * minute)
			const refused = { kind: 'refused', code: 'approval/rejected', params: {} } as const
			expect(await siteApprovals.use('hash 3', refused, 'a password')).toBe(false)
			expect(await siteApprovals.find('hash 3')).toMatchObject({ usedAt: null, outcome: null, passwordHash: null })
			wait(24 * 60 * minute)
			await begin('hash 4')
			expect(await siteApprovals.find('hash 3')).toBeUndefined()
		})

		it('T15 keep what became of a password with which nothing could be connected', async () => {
			const { siteApprovals } = getStore()
			const refused = { kind: 'refused', code: 'site-credential/role-too-low', params: { role: 'subscriber' } } as const
			for (const [hash, state] of [
				['hash 12', 'removed'],
				['hash 13', 'left'],
			] as const) {
				await begin(hash)
				const password = { state, name: 'Postern – 雪 “a”' }
				await siteApprovals.use(hash, { ...refused, password }, 'the hash')
				expect((await siteApprovals.find(hash))?.outcome).toEqual({ ...refused, password })
			}
			await siteApprovals.settle('hash 13', refused)
			expect((await siteApprovals.find('hash 13'))?.outcome).toEqual(refused)
			await begin('hash 14')
			await siteApprovals.settle('hash 14', refused)
			expect(await siteApprovals.find('hash 14')).toMatchObject({ usedAt: null, outcome: null })
			await siteApprovals.use('hash 14', refused, null)
			expect((await siteApprovals.find('hash 14'))?.outcome).toEqual(refused)
		})

		it('are undone with the transaction that used them', async () => {
			const store = getStore()
			await begin('hash 5')
			await store.transaction(async ({ siteApprovals }) => {
				await siteApprovals.use('hash 5', { kind: 'connected', connectorId: 'con_x' }, null)
				return { ok: false, problem: { code: 'request/not-found', params: {} } }
			})
			expect(await store.siteApprovals.find('hash 5')).toMatchObject({ usedAt: null })
		})

		it('give the one that a session had to do with last, in its workspace', async () => {
			const { siteApprovals } = getStore()
			const { workspaceId } = await begin('hash 6')
			wait(1)
			await begin('hash 7', { workspaceId })
			wait(1)
			await begin('hash 8', { workspaceId, sessionHash: 'another session' })
			await begin('hash 9')
			const latest = await siteApprovals.findLatest({ workspaceId, accountId: 'mem_a', sessionHash: 'session of a' })
			expect(latest?.stateHash).toBe('hash 7')
			// Somebody is back from the first one, in another tab.
			wait(1)
			await siteApprovals.use('hash 6', { kind: 'connected', connectorId: 'con_x' }, null)
			const by = { workspaceId, accountId: 'mem_a', sessionHash: 'session of a' }
			expect((await siteApprovals.findLatest(by))?.stateHash).toBe('hash 6')
			wait(1)
			await siteApprovals.noteAgain('hash 7', { code: 'approval/expired', params: {}, passwordHash: null })
			expect((await siteApprovals.findLatest(by))?.stateHash).toBe('hash 7')
		})

		it('T15 keep what was told last of a password that came beside the first, and of that one alone', async () => {
			const { siteApprovals } = getStore()
			await begin('hash 10')
			await begin('hash 11')
			await siteApprovals.use('hash 10', { kind: 'connected', connectorId: 'con_x' }, 'the first')
			const params = { host: 'blog.example', name: 'Postern – 雪\0' }
			const again = { code: 'approval/password-left', params, passwordHash: 'the second' } as const
			for (const passwordHash of ['another', 'the second'])
				await siteApprovals.noteAgain('hash 10', { ...again, passwordHash })
			const kept = await siteApprovals.find('hash 10')
			expect(kept).toMatchObject({ passwordHash: 'the first', outcome: { kind: 'connected' } })
			expect(kept?.again).toMatchObject({ code: again.code, passwordHash: 'the second' })
			expect(kept?.again?.params['name']).toContain('Postern – 雪')
			expect(await siteApprovals.find('hash 11')).toMatchObject({ again: null })
		})

		it('of one account are fifty at most, and leave those of others alone', async () => {
			const { siteApprovals } = getStore()
			const { workspaceId } = await begin('of another', { accountId: 'mem_b' })
			for (let count = 1; count <= 51; count += 1) {
				wait(1)
				await begin(`one ${count}`, { workspaceId, accountId: 'mem_c' })
			}
			expect(await siteApprovals.find('one 1')).toBeUndefined()
			for (const hash of ['one 2', 'one 51', 'of another']) expect(await siteApprovals.find(hash), hash).toBeDefined()
		})
	})

	it('the installation calls itself the same at every site, with a UUID in lower case', async () => {
		const { installation } = getStore()
		const ids = await Promise.all([installation.getAppId(), installation.getAppId(), installation.getAppId()])
		expect(new Set(ids).size).toBe(1)
		expect(ids[0]).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
	})
}
