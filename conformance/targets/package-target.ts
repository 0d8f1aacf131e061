import { once } from 'node:events'
import { createServer } from 'node:http'
import {
	createAppPasswords,
	createHandler,
	MANAGE_SCOPE,
	memoryStorage,
	memoryUsers,
	toNodeListener,
	type Grants,
	type Hooks,
	type MemoryStorage,
	type MemoryUsers,
	type User,
	type WireRequest,
} from '@postern/app-passwords'
import { createAuthorizePage, type Visitor } from '@postern/app-passwords/authorize'
import { people as sitePeople, wordpressRoles } from '../wordpress/wordpress-options.ts'
import { basic } from './ask-place.ts'
import { newName } from './new-name.ts'
import { packageDomain } from './package-domain.ts'
import { personNames, type PersonName, type Place, type SetUp, type Target } from './target.ts'

/** The package alone on `node:http`, as somebody else's server would have it. */
export const packageTarget: Target = {
	kind: 'package',
	version: undefined,
	name: 'the package alone',
	start: startPlace,
}

const users: Readonly<Record<PersonName, User>> = {
	admin: userOf('admin', 1),
	editor: userOf('editor', 2),
	subscriber: userOf('subscriber', 3),
}
/** What stands for the sign-in of an embedding server. */
const SESSION = 'x-session'

async function startPlace(setUp: SetUp = {}): Promise<Place> {
	const server = createServer()
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
	const url = `http://127.0.0.1:${address.port}`

	const directory: MemoryUsers = memoryUsers(Object.values(users))
	const storage: MemoryStorage = memoryStorage({ users: directory })
	const environment = setUp.environment ?? 'local'
	const appPasswords = createAppPasswords({ storage, users: directory, environment, hooks: hooksOf(setUp, storage) })
	const site = { url, name: 'Somebody else’s' }
	const findSignedIn = (request: WireRequest): User | undefined =>
		Object.values(users).find(({ login }) => login === request.header(SESSION))
	const handler = createHandler<User, Grants>({
		appPasswords,
		users: directory,
		site,
		trustedProxies: setUp.isBehindProxy === true ? ['127.0.0.1'] : [],
		otherAuthentication: {
			findUser: findSignedIn,
			grantsOfNew: () => manager,
		},
		dashboardUrl: `${url}/dashboard`,
		authorizePage: createAuthorizePage<User, Visitor, Grants>({
			appPasswords,
			site,
			environment,
			findVisitor: (request) => {
				const user = findSignedIn(request)
				return user && { user, session: `the one of ${user.login}` }
			},
			grants: { ofNew: () => manager },
		}),
		hooks: { xmlrpc_enabled: () => setUp.isXmlRpcOff !== true },
	})
	server.on('request', toNodeListener(handler))

	return {
		kind: 'package',
		version: undefined,
		url,
		people: peopleOf(),
		mayManage: () => true,
		issue: async (owner, { name = newName(), appId = '', manages = true } = {}) => {
			const wanted = { name, appId, grants: manages ? manager : { scopes: [] } }
			const issued = await appPasswords.create(users[owner], wanted, occasion)
			if (!issued.ok) throw new Error(issued.error.code)
			const password = (issued.value.secret.reveal().match(/.{4}/g) ?? []).join(' ')
			return { uuid: issued.value.password.uuid, password, basic: basic(users[owner].login, password) }
		},
		sessionOf: async (person) => ({ [SESSION]: users[person].login }),
		signIn: () => Promise.reject(new Error('nobody signs in to the package')),
		changeAccountPassword: () => Promise.reject(new Error('the package knows no account’s password')),
		removePerson: async (person) => directory.remove(users[person].id),
		domain: () => packageDomain({ appPasswords, storage, users }),
		stop: async () => {
			server.closeAllConnections()
			server.close()
			await once(server, 'close')
		},
	}
}

const manager: Grants = { scopes: [MANAGE_SCOPE] }
const occasion = { by: null, withPassword: null, ip: '192.0.2.9', requestId: null }

function userOf(name: PersonName, id: number): User {
	const { username, displayName } = sitePeople[name]
	return {
		id,
		login: username,
		email: `${username}@example.test`,
		displayName,
		// `wordpressRoles` is about WordPress' five roles and so is the type.
		role: wordpressRoles[name] as User['role'],
		registered: new Date('2026-03-01T08:00:00Z'),
		locale: 'en_US',
		hasSecondFactor: false,
	}
}

function peopleOf(): Place['people'] {
	const person = (name: PersonName) => {
		const { id, login, email } = users[name]
		return { id, username: login, email, password: sitePeople[name].password }
	}
	const [admin, editor, subscriber] = personNames
	return { admin: person(admin), editor: person(editor), subscriber: person(subscriber) }
}

function hooksOf({ offFor, isForced, refusesWith, vanishes }: SetUp, storage: MemoryStorage): Hooks {
	return {
		wp_is_application_passwords_available: (isSupported) => isForced === true || (isSupported && offFor !== 'site'),
		wp_is_application_passwords_available_for_user: (isAvailable, { login }) =>
			isAvailable && (offFor === undefined || offFor === 'site' || login !== users[offFor].login),
		wp_authenticate_application_password_errors: async ({ user, password }) => {
			if (vanishes === true) await storage.change({ kind: 'delete', owner: user, uuid: password.uuid }, () => [])
			return refusesWith === undefined ? undefined : { code: refusesWith, status: 401, message: 'Refused by a rule.' }
		},
	}
}
