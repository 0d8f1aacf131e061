import { randomUUID } from 'node:crypto'
import { roles } from '@postern/vocabulary'
import { beforeEach, describe, expect, it } from 'vitest'
import { PasswordQuotaReached, passwordQuota, type PosternUser } from '../application-password/application-password.ts'
import type { PosternEvent } from '../application-password/password-events.ts'
import type { Store } from '../store.ts'
import { addPassword, findPassword, grantsOf, occasionOf, ownerIn } from './password.testing.ts'
import { addAccount, type TestClock, valueOf } from './place.testing.ts'

export function applicationPasswordCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let owner: PosternUser
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		owner = await join('owner')
	})

	let joined = 0
	async function join(role: (typeof roles)[number], kind: 'person' | 'machine' = 'person'): Promise<PosternUser> {
		const accountId = await addAccount(store, `${role}-${(joined += 1)}`, false, kind)
		await store.members.add({ workspaceId, accountId, role })
		return ownerIn(store, workspaceId, accountId)
	}
	const audited = async () => {
		await store.passwordStorage.flush()
		return valueOf(await store.audit.page({ workspaceId, limit: 100 })).entries
	}

	/** Copies the one password that the workspace has. */
	async function fill(count: number): Promise<void> {
		const { position: _first, ...row } = await store.kysely
			.selectFrom('application_password')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.executeTakeFirstOrThrow()
		const copies = Array.from({ length: count }, () => ({ ...row, uuid: randomUUID(), hash: randomUUID() }))
		await store.kysely.insertInto('application_password').values(copies).execute()
	}

	describe('the number of an account', () => {
		it('is positive, its own, and never given again', async () => {
			const [one, other] = [await join('viewer'), await join('viewer', 'machine')]
			expect(one.id).toBeGreaterThan(0)
			expect(other.id).toBeGreaterThan(one.id)
			await store.accountProfiles.deleteMachine(other.accountId)
			expect((await join('viewer')).id).toBeGreaterThan(other.id)
			expect(await store.accountProfiles.find(one.accountId)).toEqual({ number: one.id, kind: 'person' })
			expect(await store.accountProfiles.find(other.accountId)).toBeUndefined()
		})
	})

	describe('an owner of application passwords', () => {
		it('is found with the role of this moment, and not at all once the membership is over', async () => {
			const eve = await join('admin')
			const password = await addPassword(store, eve)
			expect((await findPassword(store, password))?.user).toMatchObject({ memberRole: 'admin', role: 'administrator' })
			valueOf(await store.members.changeRole(workspaceId, eve.memberId, 'viewer'))
			expect((await findPassword(store, password))?.user).toMatchObject({ memberRole: 'viewer', role: 'subscriber' })
			valueOf(await store.members.remove(workspaceId, eve.memberId))
			expect(await findPassword(store, password)).toBeUndefined()
			await store.members.add({ workspaceId, accountId: eve.accountId, role: 'owner' })
			// Whoever comes back does not bring them along.
			expect(await findPassword(store, password)).toBeUndefined()
		})

		it('has the role that WordPress clients expect', async () => {
			const wire = await Promise.all(roles.map(async (role) => (await join(role)).role))
			expect(wire).toEqual(['administrator', 'administrator', 'editor', 'subscriber'])
		})

		it('is found by username and e-mail in any letter case, by number in the own workspace only', async () => {
			const { accountId, memberId, id, email } = owner
			const { passwordOwners } = store
			const username = accountId // as `addAccount` does it
			for (const name of [username, username.toUpperCase(), email, email.toUpperCase()])
				expect(await passwordOwners.findByLogin(name)).toMatchObject({ accountId })
			for (const name of ['', '@', 'nobody', 'nobody@example.com', `${username}\0`, '\uD800'])
				expect(await passwordOwners.findByLogin(name)).toBeUndefined()
			const elsewhere = (await store.workspaces.create('Theirs')).id
			const stranger = await addAccount(store, 'stranger')
			await store.members.add({ workspaceId: elsewhere, accountId: stranger, role: 'owner' })
			const viewer = await ownerIn(store, elsewhere, stranger)
			expect(await passwordOwners.findById(id, owner)).toMatchObject({ memberId })
			for (const wrong of [0, -1, 1.5, Number.NaN, viewer.id])
				expect(await passwordOwners.findById(wrong, owner)).toBeUndefined()
			expect(await passwordOwners.findById(id, viewer)).toBeUndefined()
			expect(await passwordOwners.findMember(elsewhere, memberId)).toBeUndefined()
			expect((await passwordOwners.listFor(viewer)).map((one) => one.accountId)).toEqual([stranger])
		})

		it('is one of 60, and all are listed by number', async () => {
			for (let count = 1; count < 60; count += 1) await join(count % 2 === 0 ? 'viewer' : 'editor')
			const listed = await store.passwordOwners.listFor(owner)
			expect(listed).toHaveLength(60)
			expect(listed.map(({ id }) => id)).toEqual(listed.map(({ id }) => id).toSorted((a, b) => a - b))
		})

		it('brings along what was decided of two-factor and the API', async () => {
			const password = await addPassword(store, owner)
			expect((await findPassword(store, password))?.user).toMatchObject({
				apiLogin: null,
				apiLoginRule: 'each-decides',
			})
			await store.members.setApiLogin(workspaceId, owner.memberId, false)
			await store.workspaces.setApiLoginRule(workspaceId, 'refused')
			expect((await findPassword(store, password))?.user).toMatchObject({ apiLogin: false, apiLoginRule: 'refused' })
			await store.members.setApiLogin(workspaceId, owner.memberId, null)
			expect((await findPassword(store, password))?.user).toMatchObject({ apiLogin: null })
		})
	})

	describe('a machine account', () => {
		it('is no owner that a workspace can be left to, has no address, and goes with its membership', async () => {
			const machine = await join('owner', 'machine')
			const lastOwner = { ok: false, problem: { code: 'member/last-owner' } }
			expect(await store.members.remove(workspaceId, owner.memberId)).toMatchObject(lastOwner)
			expect(await store.members.changeRole(workspaceId, owner.memberId, 'viewer')).toMatchObject(lastOwner)
			const listed = (await store.members.list(workspaceId)).find(({ id }) => id === machine.memberId)
			expect(listed).toMatchObject({ kind: 'machine', email: null })
			expect(machine.email).toBe('')
			await store.accountProfiles.deleteMachine(owner.accountId)
			await store.accountProfiles.deleteMachine(machine.accountId)
			expect((await store.members.list(workspaceId)).map(({ id }) => id)).toEqual([owner.memberId])
		})

		it('is not found by the address that its row has to have', async () => {
			const machine = await join('viewer', 'machine')
			const { email } = (await store.accountRows.find(machine.accountId)) ?? {}
			expect(await store.passwordOwners.findByLogin(email ?? '')).toBeUndefined()
		})
	})

	describe('an application password', () => {
		it('says who made it, where that was somebody else, and what proof there was', async () => {
			const [made, maker] = [await join('editor'), { ...owner, hasSecondFactor: true }]
			const { uuid } = await addPassword(store, made, {}, occasionOf(maker))
			const own = await addPassword(store, made)
			const byApplication = await addPassword(store, made, {}, occasionOf(maker, { withPassword: own.uuid }))
			const listed = await store.applicationPasswords.list(made)
			expect(
				listed.map(({ password, createdBy, isSecondFactorProven }) => [password.uuid, createdBy, isSecondFactorProven]),
			).toEqual([
				[uuid, owner.login, true],
				[own.uuid, null, false],
				[byApplication.uuid, owner.login, false],
			])
			const [entry] = await audited()
			expect(entry?.actor).toEqual({ kind: 'caller', id: owner.accountId, name: `${owner.login} (App)` })
		})

		it('is one of 200 in its workspace, also when many are made at once', async () => {
			await addPassword(store, await join('viewer'))
			await fill(passwordQuota - 11)
			const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => addPassword(store, owner)))
			expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
			for (const attempt of attempts)
				if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(PasswordQuotaReached)
			const counts = await store.applicationPasswords.countByMember(workspaceId)
			expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(passwordQuota)
			expect(await store.applicationPasswords.listOfWorkspace(workspaceId)).toHaveLength(passwordQuota)
		})

		it('cannot be read, changed or ended from another workspace', async () => {
			const password = await addPassword(store, owner)
			const theirs = (await store.workspaces.create('Theirs')).id
			const foreign = { ...owner, workspaceId: theirs }
			expect(await store.applicationPasswords.find(foreign, password.uuid)).toBeUndefined()
			expect(await store.applicationPasswords.list(foreign)).toEqual([])
			const change = { owner: foreign, uuid: password.uuid } as const
			expect(await store.passwordStorage.change({ kind: 'delete', ...change }, () => [])).toEqual([])
			expect(
				await store.passwordStorage.change({ kind: 'update', ...change, changes: { name: 'x' } }, () => []),
			).toEqual([])
			expect(await findPassword(store, password)).toBeDefined()
		})

		it('is told to its owner when it is made, by whom', async () => {
			const eve = await join('editor')
			const { uuid } = await addPassword(store, eve, { name: 'For Eve' }, occasionOf(owner))
			expect(await store.notices.list(eve.memberId)).toMatchObject([
				{ kind: 'password-created', memberId: eve.memberId, uuid, name: 'For Eve', params: { actor: owner.login } },
			])
			expect(await store.notices.list(owner.memberId)).toEqual([])
			expect(await audited()).toMatchObject([
				{
					event: 'application-password.created',
					actor: { kind: 'member', name: owner.login },
					target: { id: uuid, name: 'For Eve' },
					params: { owner: eve.login },
				},
			])
		})

		it('of a machine is told to the owners of the workspace', async () => {
			const machine = await join('viewer', 'machine')
			const second = await join('owner')
			await addPassword(store, machine)
			for (const { memberId } of [owner, second]) expect(await store.notices.list(memberId)).toHaveLength(1)
			expect(await store.notices.list(machine.memberId)).toEqual([])
		})
	})

	describe('a use', () => {
		const use = (uuid: string, ip: string, seconds = 0) =>
			Promise.resolve(
				store.passwordStorage.change(
					{
						kind: 'use',
						owner,
						uuid,
						at: new Date(clock.now.getTime() + seconds * 1_000),
						ip,
						movesLastUsed: seconds === 0,
					},
					() => [],
				),
			)

		it('from a new address is recorded and told once, and from a known one never', async () => {
			const { uuid } = await addPassword(store, owner, { name: 'Phone' })
			await Promise.all([use(uuid, '192.0.2.1'), use(uuid, '192.0.2.1', 1), use(uuid, '2001:db8::1', 2)])
			await use(uuid, '192.0.2.1', 3)
			const told = (await store.notices.list(owner.memberId)).filter(({ kind }) => kind !== 'password-created')
			expect(told.map(({ kind, params }) => `${kind} ${params['ip']}`).toSorted()).toEqual([
				'password-used-from-new-address 192.0.2.1',
				'password-used-from-new-address 2001:db8::1',
			])
			const entries = (await audited()).filter(({ event }) => event === 'application-password.used-from-new-address')
			expect(entries.map(({ params }) => String(params['ip'])).toSorted()).toEqual(['192.0.2.1', '2001:db8::1'])
			expect(entries[0]).toMatchObject({ actor: { kind: 'caller' }, target: { id: uuid, name: 'Phone' } })
		})

		it('is written once for all of a moment: the first address of the day, the last that was seen', async () => {
			const { uuid } = await addPassword(store, owner)
			await Promise.all(Array.from({ length: 50 }, (_, second) => use(uuid, `192.0.2.${second + 1}`, second)))
			const kept = await store.passwordStorage.find(owner, uuid)
			expect(kept).toMatchObject({ lastIp: '192.0.2.1', seen: { ip: '192.0.2.50' } })
		})

		it('from more than 100 addresses remembers the latest 100', async () => {
			const { uuid } = await addPassword(store, owner)
			await Promise.all(Array.from({ length: 130 }, (_, second) => use(uuid, `198.51.100.${second}`, second)))
			const rows = await store.kysely
				.selectFrom('application_password_address')
				.select('ip')
				.where('uuid', '=', uuid)
				.execute()
			expect(rows).toHaveLength(100)
			expect(rows.map(({ ip }) => ip)).not.toContain('198.51.100.0')
			expect(await store.notices.list(owner.memberId)).toHaveLength(100)
		})
	})

	describe('a refused login', () => {
		const refuse = (code: string, changes: Partial<PosternEvent> = {}, ip = '203.0.113.9') =>
			store.passwordStorage.note({
				event: 'failed',
				at: clock.now,
				user: owner,
				password: null,
				code,
				occasion: occasionOf(null, { ip }),
				...changes,
			})

		it('is recorded once a minute for an address and code, in the workspaces of whoever was guessed at', async () => {
			const otherWorkspace = (await store.workspaces.create('Also theirs')).id
			await store.members.add({ workspaceId: otherWorkspace, accountId: owner.accountId, role: 'viewer' })
			for (let count = 0; count < 100; count += 1) refuse('incorrect_password')
			refuse('incorrect_password', {}, '203.0.113.10')
			refuse('incorrect_password', { at: new Date(clock.now.getTime() + 60_000) })
			const entries = await audited()
			expect(entries.map(({ event, params }) => `${event} ${params['code']} ${params['ip']}`).toSorted()).toEqual([
				'application-password.refused incorrect_password 203.0.113.10',
				'application-password.refused incorrect_password 203.0.113.9',
				'application-password.refused incorrect_password 203.0.113.9',
			])
			expect(entries[0]).toMatchObject({ actor: { kind: 'visitor' }, target: { kind: 'account', name: owner.login } })
			expect(valueOf(await store.audit.page({ workspaceId: otherWorkspace, limit: 10 })).entries).toHaveLength(3)
		})

		it('of one account hides none of another, from the same address at the same moment', async () => {
			const [bob, eve] = [await join('editor'), await join('viewer')]
			for (const user of [bob, eve, bob]) refuse('incorrect_password', { user }, '203.0.113.40')
			const targets = (await audited()).map(({ target }) => target?.name ?? 'nobody')
			expect(targets.toSorted()).toEqual([bob.login, eve.login].toSorted())
		})

		it('of a right secret names the password, in its own workspace', async () => {
			const { uuid } = await addPassword(store, owner, { name: 'Old' })
			const occasion = occasionOf(null, { ip: '203.0.113.20', withPassword: uuid })
			refuse('application_password_expired', { occasion })
			expect((await audited())[0]).toMatchObject({
				event: 'application-password.refused',
				target: { kind: 'application-password', id: uuid, name: 'Old' },
				params: { code: 'application_password_expired', ip: '203.0.113.20' },
			})
		})

		it('of nobody is one of the installation', async () => {
			refuse('invalid_username', { user: null }, '203.0.113.30')
			expect(await audited()).toEqual([])
			const rows = await store.kysely
				.selectFrom('audit_event')
				.select(['event', 'params'])
				.where('workspace_id', 'is', null)
				.where('event', '=', 'application-password.refused')
				.execute()
			expect(rows.map(({ params }) => JSON.parse(params))).toContainEqual({
				code: 'invalid_username',
				ip: '203.0.113.30',
			})
		})
	})

	describe('a password that expires', () => {
		const inDays = (days: number) => new Date(clock.now.getTime() + days * 86_400_000)
		const longAgo = new Date('2026-01-01T00:00:00Z')

		it('is taken once when seven days are left, if it was made to last longer', async () => {
			const { findExpiring, takeExpiring } = store.applicationPasswords
			const take = () => takeExpiring(clock.now, inDays(7), [workspaceId])
			const isAny = async () => (await findExpiring(clock.now, inDays(7))).includes(workspaceId)
			expect(await isAny()).toBe(false)
			const soon = await addPassword(store, owner, { expires: inDays(6), created: longAgo })
			await addPassword(store, owner, { expires: inDays(8), created: longAgo })
			await addPassword(store, owner, { expires: inDays(-1), created: longAgo })
			await addPassword(store, owner, { expires: inDays(6), created: clock.now })
			await addPassword(store, owner)
			expect(await isAny()).toBe(true)
			expect((await take()).map(({ password }) => password.uuid)).toEqual([soon.uuid])
			expect(await take()).toEqual([])
			expect(await isAny()).toBe(false)
			await store.applicationPasswords.update(owner, soon.uuid, { expires: inDays(5) })
			expect(await take()).toHaveLength(1)
		})
	})

	describe('a notice', () => {
		it('is dismissed by the one it was given to, and only there', async () => {
			const eve = await join('editor')
			await addPassword(store, eve)
			const [notice] = await store.notices.list(eve.memberId)
			expect(await store.notices.dismiss(owner.memberId, notice?.id ?? '')).toBe(false)
			expect(await store.notices.dismiss(eve.memberId, notice?.id ?? '')).toBe(true)
			expect(await store.notices.dismiss(eve.memberId, notice?.id ?? '')).toBe(false)
			expect(await store.notices.list(eve.memberId)).toEqual([])
		})

		it('of an end goes when the password is revoked', async () => {
			const { uuid, name } = await addPassword(store, owner)
			const about = { memberId: owner.memberId, uuid, name, params: {} }
			await store.notices.give({ kind: 'password-about-to-expire', ...about })
			const revoked: PosternEvent['event'] = 'deleted'
			await store.passwordStorage.change({ kind: 'delete', owner, uuid }, (affected) =>
				affected.map((password) => ({
					event: revoked,
					at: clock.now,
					user: owner,
					password,
					occasion: occasionOf(owner),
				})),
			)
			expect((await store.notices.list(owner.memberId)).map(({ kind }) => kind)).toEqual(['password-created'])
		})
	})

	describe('what a password was granted', () => {
		it('is read without scopes that nobody knows', async () => {
			const { uuid } = await addPassword(store, owner, { grants: grantsOf('posts:read') })
			await store.kysely
				.updateTable('application_password')
				.set({ grants: JSON.stringify({ ...grantsOf('posts:read'), scopes: ['posts:read', 'moon:land'] }) })
				.where('uuid', '=', uuid)
				.execute()
			expect((await store.passwordStorage.find(owner, uuid))?.grants.scopes).toEqual(['posts:read'])
		})
	})
}
