import { contract } from '@postern/api/contract'
import type { Result, Role } from '@postern/vocabulary'
import { startPostern, type Postern, type PosternOptions, type Session } from '../../e2e/testing/start-postern.ts'
import { people as sitePeople } from '../wordpress/wordpress-options.ts'
import { basic } from './ask-place.ts'
import { newName } from './new-name.ts'
import {
	type Issued,
	type NewPassword,
	type Person,
	type PersonName,
	type Place,
	type SetUp,
	type Target,
} from './target.ts'

/** The real server, a process of its own. */
export const posternTarget: Target = { kind: 'postern', version: undefined, name: 'Postern', start: startPosternPlace }

/** Somebody of the workspace, signed in. */
export type Member = Person & { readonly session: Session; readonly workspaceId: string; readonly memberId: string }

const roles: Readonly<Record<Exclude<PersonName, 'admin'>, Role>> = { editor: 'editor', subscriber: 'viewer' }

export type Members = Readonly<Record<PersonName, Member>>

/** A server with its people, for what goes beyond the questions that every target can be asked. */
export type PosternPlace = Place & { readonly postern: Postern; readonly members: Members }

export async function startPosternPlace(setUp: SetUp = {}, options: PosternOptions = {}): Promise<PosternPlace> {
	refuseHooks(setUp)
	const postern = await startPostern({
		...options,
		environment: {
			POSTERN_ENVIRONMENT: setUp.environment ?? 'local',
			...(setUp.isBehindProxy === true ? { POSTERN_PROXIES: '127.0.0.0/8, ::1/128' } : {}),
		},
	})
	try {
		const members = await setUpPeople(postern)
		return { ...placeOf(postern, members), postern, members }
	} catch (error) {
		await postern.stop()
		throw error
	}
}

/** What only an embedding server can decide is asked of the package. */
function refuseHooks({ offFor, isForced, refusesWith, isXmlRpcOff, vanishes }: SetUp): void {
	if ([offFor, isForced, refusesWith, isXmlRpcOff, vanishes].some((one) => one !== undefined))
		throw new Error('Postern has no such hook')
}

function placeOf(postern: Postern, members: Readonly<Record<PersonName, Member>>): Place {
	return {
		kind: 'postern',
		version: undefined,
		url: postern.origin,
		people: members,
		mayManage: (person) => person === 'admin',
		issue: (owner, wanted) => issue(members[owner], owner === 'admin', wanted),
		sessionOf: async (person) => ({ Cookie: members[person].session.cookie() }),
		signIn: async (username, password) => {
			const answer = await postern.openClient().call(contract.signIn, { body: { username, password } })
			return answer.ok
		},
		changeAccountPassword: async (person) => {
			const { session, password } = members[person]
			const body = { currentPassword: password, newPassword: 'another narrow gate, watched as well' }
			valueOf(await session.client.call(contract.changePassword, { body }))
		},
		removePerson: async (person) => {
			const { workspaceId, memberId } = members[person]
			valueOf(await members.admin.session.client.call(contract.removeMember, { workspaceId, memberId }))
		},
		domain: () => {
			throw new Error('a server has only wires')
		},
		stop: postern.stop,
	}
}

async function setUpPeople(postern: Postern): Promise<Readonly<Record<PersonName, Member>>> {
	const session = postern.openSession()
	const body = { ...accountOf('admin'), workspaceName: 'Garden notes' }
	valueOf(await session.client.call(contract.setUp, { body }))
	const admin = await memberOf(session, 'admin')
	return {
		admin,
		editor: await join(postern, admin, 'editor'),
		subscriber: await join(postern, admin, 'subscriber'),
	}
}

async function join(postern: Postern, admin: Member, person: 'editor' | 'subscriber'): Promise<Member> {
	const { workspaceId } = admin
	const invited = { workspaceId, body: { role: roles[person], label: person } }
	const { link } = valueOf(await admin.session.client.call(contract.createInvitation, invited))
	const session = postern.openSession()
	const token = new URL(link).hash.slice(1)
	valueOf(await session.client.call(contract.acceptInvitation, { body: { token, account: accountOf(person) } }))
	return memberOf(session, person)
}

const accountOf = (person: PersonName) => {
	const { username, password } = sitePeople[person]
	return { username, password, email: `${username}@example.test` }
}

async function memberOf(session: Session, person: PersonName): Promise<Member> {
	const [membership] = valueOf(await session.client.call(contract.getMe, {})).memberships
	if (membership === undefined) throw new Error(`${person} is no member`)
	const { memberId, workspace } = membership
	const member = { workspaceId: workspace.id, memberId }
	const { wordpressId } = valueOf(await session.client.call(contract.getProfile, member))
	return { ...accountOf(person), ...member, id: wordpressId, session }
}

async function issue(owner: Member, isOwner: boolean, wanted: NewPassword = {}): Promise<Issued> {
	const { name = newName(), appId = '', manages = isOwner } = wanted
	const { workspaceId, memberId, session, username } = owner
	// To see the other users is a scope of its own as well.
	const rights = isOwner ? { scopes: manages ? ['app-passwords:manage', 'users:read'] : ['users:read'] } : {}
	const body = { name, appId, ...(isOwner ? rights : { preset: 'read-only' as const }) }
	const made = valueOf(await session.client.call(contract.createApplicationPassword, { workspaceId, memberId, body }))
	const { password, applicationPassword } = made
	return { uuid: applicationPassword.uuid, password, basic: basic(username, password) }
}

export function valueOf<T>(answer: Result<T>): T {
	if (!answer.ok) throw new Error(`Postern refused: ${answer.problem.code}`)
	return answer.value
}
