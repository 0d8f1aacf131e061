import type { AppPasswords, Grants, MemoryStorage, PasswordEvent, User } from '@postern/app-passwords'
import { Secret } from '@postern/vocabulary'
import type { Domain, LoginEvent, PersonName } from './target.ts'

type Parts = {
	readonly appPasswords: AppPasswords
	readonly storage: MemoryStorage
	readonly users: Readonly<Record<PersonName, User>>
}

const occasion = { by: null, withPassword: null, ip: '192.0.2.9', requestId: null }
const noGrants: Grants = { scopes: [] }

export function packageDomain({ appPasswords, storage, users }: Parts): Domain {
	return {
		create: async (owner, { name = '', app_id: appId = '' }) => {
			const made = await appPasswords.create(users[owner], { name, appId, grants: noGrants }, occasion)
			return made.ok ? made.value.password.uuid : made.error.code
		},
		update: async (owner, uuid, changes) => {
			const done = await appPasswords.update(users[owner], uuid, changes, occasion)
			return done.ok ? 'ok' : done.error.code
		},
		nameExists: async (owner, name) => appPasswords.nameExists(users[owner], name),
		authenticate: async (username, password) => {
			const surface = 'xml-rpc' // REST does not even ask where the feature is off
			const login = {
				userId: username,
				password: new Secret(password),
				ip: '192.0.2.9',
				isTls: true,
				requestId: null,
				surface,
			} as const
			const outcome = await appPasswords.authenticate(login)
			if (outcome === undefined) return null
			return outcome.ok ? outcome.value.user.login : outcome.error.code
		},
		isInUse: async () => storage.isInUse(),
		pretendUsed: async (owner, uuid, secondsAgo) => {
			const at = new Date(Date.now() - secondsAgo * 1000)
			await storage.change(
				{ kind: 'use', owner: users[owner], uuid, at, ip: '192.0.2.1', movesLastUsed: true },
				() => [],
			)
		},
		events: async () => storage.events.flatMap(loginEvent),
	}
}

function loginEvent({ event, user, password, code }: PasswordEvent): readonly LoginEvent[] {
	if (event === 'failed' && code !== undefined) return [{ event, code }]
	if (event !== 'authenticated' || user === null || password === null) return []
	return [{ event, username: user.login, uuid: password.uuid }]
}
