import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { addAccount, type NewPlace, openAt, type TestClock, valueOf } from './place.testing.ts'

export function peopleCases(getStore: () => Store, clock: TestClock): void {
	let store: Store
	let workspaceId = ''
	let other = ''
	beforeEach(async () => {
		store = getStore()
		workspaceId = (await store.workspaces.create('Ours')).id
		other = (await store.workspaces.create('Theirs')).id
	})
	const inAnHour = () => new Date(clock.now.getTime() + 3_600_000)

	describe('a workspace', () => {
		it('keeps its id when it is renamed', async () => {
			await store.workspaces.rename(workspaceId, 'Renamed')
			expect(await store.workspaces.find(workspaceId)).toMatchObject({ id: workspaceId, name: 'Renamed' })
			expect(await store.workspaces.find(other)).toMatchObject({ name: 'Theirs' })
			expect(await store.workspaces.find('ws_nobody')).toBeUndefined()
		})
	})

	describe('a member', () => {
		it('belongs to a workspace once', async () => {
			const accountId = await addAccount(store, 'mia', true)
			const member = await store.members.add({ workspaceId, accountId, role: 'editor' })
			expect(member).toMatchObject({ workspaceId, accountId, role: 'editor', createdAt: clock.now })
			expect(await store.members.add({ workspaceId, accountId, role: 'owner' })).toBeUndefined()
			expect(await store.members.findByAccount(workspaceId, accountId)).toEqual(member)
			expect(await store.members.find(workspaceId, member?.id ?? '')).toEqual(member)
			expect(await store.members.find(other, member?.id ?? '')).toBeUndefined()
			expect(await store.members.findByAccount(other, accountId)).toBeUndefined()
			expect(await store.members.list(workspaceId)).toMatchObject([{ id: member?.id, hasSecondFactor: true }])
			expect(await store.members.list(other)).toEqual([])
		})

		it('finds all its workspaces, and nobody else’s', async () => {
			const accountId = await addAccount(store, 'mia')
			const stranger = await addAccount(store, 'stranger')
			await store.members.add({ workspaceId, accountId, role: 'owner' })
			await store.members.add({ workspaceId: other, accountId: stranger, role: 'owner' })
			const memberships = await store.members.listMemberships(accountId)
			expect(memberships).toMatchObject([{ role: 'owner', workspace: { id: workspaceId, name: 'Ours' } }])
		})

		it('changes role and leaves, but never as the last owner', async () => {
			const owner = await join('owner')
			const viewer = await join('viewer')
			const lastOwner = { ok: false, problem: { code: 'member/last-owner' } }
			expect(await store.members.changeRole(workspaceId, owner, 'admin')).toMatchObject(lastOwner)
			expect(await store.members.remove(workspaceId, owner)).toMatchObject(lastOwner)
			expect(valueOf(await store.members.changeRole(workspaceId, owner, 'owner')).role).toBe('owner')
			expect(valueOf(await store.members.changeRole(workspaceId, viewer, 'owner')).role).toBe('owner')
			expect(valueOf(await store.members.remove(workspaceId, owner)).id).toBe(owner)
			expect(await store.members.remove(workspaceId, viewer)).toMatchObject(lastOwner)
		})

		it('cannot be changed from another workspace', async () => {
			const owner = await join('owner')
			const notFound = { ok: false, problem: { code: 'request/not-found' } }
			expect(await store.members.changeRole(other, owner, 'viewer')).toMatchObject(notFound)
			expect(await store.members.remove(other, owner)).toMatchObject(notFound)
			expect((await store.members.find(workspaceId, owner))?.role).toBe('owner')
		})

		it('cannot be the one of two owners who both leave at the same moment', async () => {
			const owners = [await join('owner'), await join('owner')]
			const results = await Promise.all(owners.map((owner) => store.members.remove(workspaceId, owner)))
			expect(results.filter(({ ok }) => ok)).toHaveLength(1)
			expect(await store.members.list(workspaceId)).toHaveLength(1)
		})
	})

	describe('an invitation', () => {
		it('is accepted once, however often it is tried at the same moment', async () => {
			const invitation = await invite('hash')
			expect(await store.invitations.findOpen(invitation.tokenHash)).toMatchObject({ label: 'for Mia', role: 'editor' })
			const attempts = await Promise.all(
				Array.from({ length: 5 }, (_, index) => store.invitations.accept(invitation.tokenHash, `mem_${index}`)),
			)
			expect(attempts.filter((attempt) => attempt !== undefined)).toMatchObject([{ id: invitation.id, workspaceId }])
			expect(await store.invitations.findOpen(invitation.tokenHash)).toBeUndefined()
			expect(await store.invitations.listOpen(workspaceId)).toEqual([])
			expect(await store.invitations.revoke(workspaceId, invitation.id)).toBeUndefined()
		})

		it('is worth nothing when it is expired, revoked or unknown', async () => {
			const [expired, revoked] = [await invite('hash'), await invite('hash')]
			expect(await store.invitations.revoke(other, revoked.id)).toBeUndefined()
			expect(await store.invitations.listOpen(workspaceId)).toHaveLength(2)
			expect(await store.invitations.listOpen(other)).toEqual([])
			expect(await store.invitations.revoke(workspaceId, revoked.id)).toMatchObject({ id: revoked.id })
			clock.now = inAnHour()
			for (const tokenHash of [expired.tokenHash, revoked.tokenHash, 'unknown']) {
				expect(await store.invitations.findOpen(tokenHash)).toBeUndefined()
				expect(await store.invitations.accept(tokenHash, 'mem_x')).toBeUndefined()
			}
		})
	})

	describe('a recovery link', () => {
		it('is used once, and ends every other link of its account', async () => {
			const [accountId, stranger] = [await addAccount(store, 'mia'), await addAccount(store, 'stranger')]
			const create = async (account: string, tokenHash: string) =>
				store.recoveryLinks.create({ accountId: account, tokenHash, createdBy: null, expiresAt: inAnHour() })
			await create(accountId, `${accountId}-1`)
			await create(accountId, `${accountId}-2`)
			await create(stranger, stranger)
			expect(await store.recoveryLinks.findUnused(`${accountId}-1`)).toMatchObject({ accountId, createdBy: null })
			const attempts = await Promise.all(Array.from({ length: 5 }, () => store.recoveryLinks.use(`${accountId}-1`)))
			expect(attempts.filter((attempt) => attempt !== undefined)).toMatchObject([{ accountId }])
			expect(await store.recoveryLinks.findUnused(`${accountId}-2`)).toBeUndefined()
			expect(await store.recoveryLinks.use(`${accountId}-2`)).toBeUndefined()
			clock.now = inAnHour()
			expect(await store.recoveryLinks.findUnused(stranger)).toBeUndefined()
			expect(await store.recoveryLinks.use(stranger)).toBeUndefined()
		})
	})

	let joined = 0
	async function join(role: 'owner' | 'viewer'): Promise<string> {
		const accountId = await addAccount(store, `member-${(joined += 1)}`)
		const member = await store.members.add({ workspaceId, accountId, role })
		return member?.id ?? ''
	}

	async function invite(prefix: string) {
		const tokenHash = `${prefix}-${(joined += 1)}-${workspaceId}`
		const invitation = await store.invitations.create({
			workspaceId,
			tokenHash,
			role: 'editor',
			label: 'for Mia',
			createdBy: 'mem_owner',
			expiresAt: inAnHour(),
		})
		return { ...invitation, tokenHash }
	}
}

export function installationCases(newPlace: NewPlace): void {
	describe('the installation', () => {
		it('closes its setup for exactly one of many racing requests', async () => {
			const store = await openAt(await newPlace())
			expect(await store.installation.isSetupClosed()).toBe(false)
			const attempts = Array.from({ length: 8 }, (_, index) =>
				store.transaction(async ({ installation, workspaces }) => {
					if (!(await installation.closeSetup()))
						return { ok: false, problem: { code: 'request/not-found', params: {} } }
					return { ok: true, value: await workspaces.create(`Workspace ${index}`) }
				}),
			)
			const won = (await Promise.all(attempts)).filter(({ ok }) => ok)
			expect(won).toHaveLength(1)
			expect(await store.installation.isSetupClosed()).toBe(true)
			expect(await store.kysely.selectFrom('workspace').selectAll().execute()).toHaveLength(1)
			await store.close()
		})

		it('does not close its setup when setting up fails', async () => {
			const store = await openAt(await newPlace())
			await store.transaction(async ({ installation }) => {
				await installation.closeSetup()
				return { ok: false, problem: { code: 'account/email-taken', params: {} } }
			})
			expect(await store.installation.isSetupClosed()).toBe(false)
			await store.close()
		})

		it('keeps its id and its first canary over a restart', async () => {
			const place = await newPlace()
			const store = await openAt(place)
			const id = await store.installation.getId()
			const canary = Uint8Array.of(0, 128, 255)
			expect([...(await store.installation.keepVaultCanary(canary))]).toEqual([...canary])
			expect([...(await store.installation.keepVaultCanary(Uint8Array.of(1)))]).toEqual([...canary])
			await store.close()
			const found: (Uint8Array | undefined)[] = []
			const again = await openAt(place, {
				admit: ({ vaultCanary }) => {
					found.push(vaultCanary)
					return { ok: true, value: undefined }
				},
			})
			expect(found.map((bytes) => bytes && [...bytes])).toEqual([[...canary]])
			expect(await again.installation.getId()).toBe(id)
			await again.close()
		})
	})
}
