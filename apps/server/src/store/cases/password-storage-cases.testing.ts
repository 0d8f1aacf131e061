import type { EventName } from '@postern/app-passwords'
import { storageCases, type KeptEvent, type StorageUnderTest } from '@postern/app-passwords/testing'
import { describe, it } from 'vitest'
import type { PosternGrants, PosternUser } from '../application-password/application-password.ts'
import { addAccount, type NewPlace, openAt, valueOf } from './place.testing.ts'
import { grantsOf, ownerIn } from './password.testing.ts'

/** We keep no row for each login: its time and address stand in the password, and a new address in the audit log. */
const ofLogins = 'keeps what is only noted: logins, and failures of nobody'

/** The cases that the package publishes for everything that keeps its passwords. */
export function passwordStorageCases(newPlace: NewPlace): void {
	describe('keeps application passwords: ', () => {
		for (const { name, run } of storageCases.filter((one) => one.name !== ofLogins))
			it(name, () => run(() => makeStorage(newPlace)))
	})
}

async function makeStorage(newPlace: NewPlace): Promise<StorageUnderTest<PosternUser, PosternGrants>> {
	const store = await openAt(await newPlace())
	const { id: workspaceId } = await store.workspaces.create('Ours')
	const join = async (name: string) => {
		const accountId = await addAccount(store, name)
		await store.members.add({ workspaceId, accountId, role: 'editor' })
		return ownerIn(store, workspaceId, accountId)
	}
	return {
		storage: store.passwordStorage,
		owners: [await join('mia'), await join('noa')],
		grants: [
			grantsOf('posts:read'),
			{ ...grantsOf('posts:draft', 'media:write'), connectors: ['con_a'], writesPerDay: 5 },
		],
		async endOwner({ memberId }) {
			valueOf(await store.members.remove(workspaceId, memberId))
		},
		async readEvents() {
			await store.passwordStorage.flush()
			const rows = await store.kysely
				.selectFrom('audit_event')
				.select(['event', 'target_id', 'params'])
				.orderBy('seq')
				.execute()
			return rows.flatMap(({ event, target_id: uuid }): KeptEvent[] => {
				const kept = names[event]
				return kept === undefined ? [] : [{ event: kept, uuid, code: null }]
			})
		},
		close: () => store.close(),
	}
}

const names: Readonly<Record<string, EventName>> = {
	'application-password.created': 'created',
	'application-password.renamed': 'updated',
	'application-password.replaced': 'updated',
	'application-password.revoked': 'deleted',
}
