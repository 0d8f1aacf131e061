import { fail, ok } from '@postern/vocabulary'
import type { PasswordPorts } from '../../flows/manage-passwords.ts'
import type { ListedPassword, PosternUser } from '../../store/application-password/application-password.ts'
import { reaches, type Handlers } from '../api.ts'
import { activityDocument } from '../documents.ts'

export function passwordUsageHandler({ store }: Pick<PasswordPorts, 'store'>): Pick<Handlers, 'getPasswordUsage'> {
	return {
		async getPasswordUsage({ member: { workspaceId, memberId }, path, query, caller }) {
			const found = await findSeenBy({ workspaceId, memberId, uuid: path['uuid'] ?? '' }, store)
			if (found === undefined) return fail('request/not-found')
			const { password } = found.listed
			const days = Number(query.days ?? '30')
			const usage = await store.audit.usage({
				workspaceId,
				passwordUuid: password.uuid,
				days,
				within: caller?.connectors,
			})
			return ok({
				password: { uuid: password.uuid, name: password.name, owner: ownerOf(found.owner) },
				days: [...usage.days],
				connectors: [...usage.connectors],
				writesToday: usage.writesToday,
				writesPerDay: password.grants.writesPerDay,
				recent: usage.recent.filter(({ access }) => reaches(caller, access?.connector?.id)).map(activityDocument),
			})
		},
	}
}

type Asked = { readonly workspaceId: string; readonly memberId: string; readonly uuid: string }
type Found = { readonly listed: ListedPassword; readonly owner: PosternUser }

/** One's own, or as an owner anybody's in the workspace. Others' are as if they were not there. */
async function findSeenBy(
	{ workspaceId, memberId, uuid }: Asked,
	store: PasswordPorts['store'],
): Promise<Found | undefined> {
	const reader = await store.passwordOwners.findMember(workspaceId, memberId)
	if (reader === undefined) return undefined
	const own = await store.applicationPasswords.find(reader, uuid)
	if (own !== undefined) return { listed: own, owner: reader }
	if (reader.memberRole !== 'owner') return undefined
	const all = await store.applicationPasswords.listOfWorkspace(workspaceId)
	const listed = all.find(({ password }) => password.uuid === uuid)
	const owner = listed && (await store.passwordOwners.findMember(workspaceId, listed.memberId))
	return listed && owner && { listed, owner }
}

function ownerOf({ memberId, login: username, kind, memberRole: role }: PosternUser) {
	return { memberId, username, kind, role }
}
