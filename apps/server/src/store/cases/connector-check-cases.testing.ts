import type { ProblemCode, Role } from '@postern/vocabulary'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CheckedState } from '../connector/connector.ts'
import type { Store } from '../store.ts'
import { addConnector, diagnosis, factsOf, healthy, pasted } from './connector.testing.ts'
import { addAccount, type TestClock } from './place.testing.ts'

const dayMs = 86_400_000

export function connectorCheckCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let id = ''
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		id = (await addConnector(store, workspaceId, 'Blog', 'blog.example')).id
	})
	const later = (ms: number) => new Date(clock.now.getTime() + ms)
	const found = (ms: number, state: CheckedState = 'unreachable', code: ProblemCode = 'network/timeout') => ({
		sealVersion: 1,
		health: { state, diagnosis: { ...diagnosis, code }, checkedAt: later(ms), latencyMs: 41.6 },
	})
	const success = (ms: number) => ({ sealVersion: 1, health: { ...healthy, checkedAt: later(ms) } })
	const record = (check: ReturnType<typeof found> | ReturnType<typeof success>) =>
		store.connectors.recordCheck(workspaceId, id, { ...check, isScheduled: true })
	const history = async () => store.connectors.listChecks(workspaceId, id, new Date(0))

	describe('a check by the clock', () => {
		it('is remembered as it was found, and shown when it was seen twice with ten minutes between', async () => {
			expect(await record(found(0))).toMatchObject({ connector: { state: 'healthy', diagnosis: null }, failures: 1 })
			expect((await store.connectors.find(workspaceId, id))?.checkedAt).toEqual(later(0))
			expect(await record(found(300_000))).toMatchObject({ connector: { state: 'healthy' }, change: undefined })
			const seen = await record(found(600_000))
			expect(seen).toMatchObject({ connector: { state: 'unreachable' }, change: 'unreachable', failures: 3 })
			expect(seen?.connector.diagnosis?.code).toBe('network/timeout')
			expect(await record(found(1_200_000))).toMatchObject({ change: undefined })
			const well = await record(success(1_800_000))
			expect(well).toMatchObject({ connector: { state: 'healthy', diagnosis: null }, change: 'recovered', failures: 0 })
			expect((await history()).map(({ state, code, latencyMs }) => [state, code, latencyMs])).toEqual([
				...Array.from({ length: 4 }, () => ['unreachable', 'network/timeout', 42]),
				['healthy', null, 118],
			])
		})

		it('counts refused logins beside those of the gateway', async () => {
			await store.connectors.recordRejectedLogin(workspaceId, id, 1)
			expect(await record(found(0, 'needs-attention', 'site-credential/wrong-password'))).toMatchObject({
				rejectedLogins: 2,
				change: undefined, // the gateway told of it
			})
			expect(await record(success(5))).toMatchObject({ rejectedLogins: 0, change: 'recovered' })
		})

		it('says nothing of a credential that was replaced meanwhile, and forgets what failed with the one before', async () => {
			await record(found(0))
			const next = { facts: factsOf('blog.example'), health: { ...healthy, checkedAt: later(1) } }
			const sealed = { sealed: Uint8Array.of(9), sealVersion: 2, ...pasted }
			await store.connectors.replaceCredential(workspaceId, id, { ...next, ...sealed })
			expect(await record(found(2))).toBeUndefined()
			expect((await history()).map(({ state }) => state)).toEqual(['unreachable', 'healthy'])
			const check = { ...found(600_000), sealVersion: 2, isScheduled: true }
			expect(await store.connectors.recordCheck(workspaceId, id, check)).toMatchObject({
				failures: 1,
				change: undefined,
			})
		})
	})

	describe('a notice about a connector', () => {
		it('goes to owners, administrators and who connected it; the newest is all there is', async () => {
			const join = async (name: string, role: Role, kind: 'person' | 'machine' = 'person') => {
				const accountId = await addAccount(store, name, false, kind)
				const member = await store.members.add({ workspaceId, accountId, role })
				if (member === undefined) throw new Error('no member')
				return member
			}
			const told = [await join('olga', 'owner'), await join('adam', 'admin'), await join('ed', 'editor')]
			const others = [
				await join('vera', 'viewer'),
				await join('erik', 'editor'),
				await join('robot', 'admin', 'machine'),
			]
			const about = { workspaceId, connectorId: id, ownerAccountId: told[2]?.accountId ?? '', name: 'Blog' }
			const code = 'site-credential/rejected'
			await store.notices.giveOfConnector({ ...about, kind: 'connector-needs-attention', params: { code } })
			for (const { id: memberId } of told)
				expect(await store.notices.list(memberId)).toMatchObject([
					{ kind: 'connector-needs-attention', memberId, uuid: id, name: 'Blog', params: { code } },
				])
			for (const { id: memberId } of others) expect(await store.notices.list(memberId)).toEqual([])
			await store.notices.giveOfConnector({ ...about, kind: 'connector-recovered', params: { code: '' } })
			for (const { id: memberId } of told)
				expect((await store.notices.list(memberId)).map(({ kind }) => kind)).toEqual(['connector-recovered'])
			await store.notices.forgetConnector(id)
			for (const { id: memberId } of told) expect(await store.notices.list(memberId)).toEqual([])
		})
	})

	describe('the history of a connector', () => {
		it('is kept for ninety days, and bounded', async () => {
			await record(success(0))
			await record(success(89 * dayMs))
			expect(await history()).toHaveLength(2)
			await record(success(91 * dayMs))
			expect((await history()).map(({ at }) => at)).toEqual([later(89 * dayMs), later(91 * dayMs)])
			for (let at = 0; at < 650; at += 1) await record(success(91 * dayMs + at))
			expect(await history()).toHaveLength(600)
			const since = await store.connectors.listChecks(workspaceId, id, later(91 * dayMs + 640))
			expect(since).toHaveLength(10)
		})

		it('does not exist for another workspace, and goes with the connector', async () => {
			await record(success(0))
			const other = (await store.workspaces.create('Theirs')).id
			expect(await store.connectors.listChecks(other, id, new Date(0))).toEqual([])
			await store.connectors.delete(workspaceId, id)
			expect(await history()).toEqual([])
			expect(
				await store.kysely.selectFrom('connector_check').selectAll().where('connector_id', '=', id).execute(),
			).toEqual([])
		})
	})
}
