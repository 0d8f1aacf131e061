import {
	type AppPasswords,
	createAppPasswords,
	type Grants,
	type Login,
	memoryStorage,
	memoryUsers,
	type User,
} from '@postern/app-passwords'
import { Secret } from '@postern/vocabulary'

const passwordsOfOne = 10
const kept = 1_000
/** Few: what is measured is the check, not how a list of events grows in memory. */
const keptEvents = 100

export type Stored = {
	/** Logs in, by turns with one of a thousand passwords; nobody waits, or the measurement would be another. */
	verify(index: number): void
	/** Refuses a login of a name that nobody has. */
	refuse(): void
	/** Refuses a login of somebody who is there, with a password of nobody. */
	refuseKnown(): void
}

/** Stores so many passwords, ten for each account, and keeps a thousand logins spread over all of them. */
export async function storePasswords(count: number): Promise<Stored> {
	const people = Array.from({ length: Math.ceil(count / passwordsOfOne) }, (_, index) => person(index + 1))
	const users = memoryUsers<User>(people)
	const storage = memoryStorage<User, Grants>({ users, keptEvents })
	const appPasswords = createAppPasswords<User, Grants>({ storage, users, environment: 'production' })
	const logins: Login[] = []
	const grants = { scopes: ['posts:read'] }
	for (let index = 0; index < count; index += 1) {
		const owner = people[index % people.length]
		if (owner === undefined) throw new Error('There is nobody.')
		const occasion = { by: owner, withPassword: null, ip: '192.0.2.1', requestId: null }
		const issued = await appPasswords.create(owner, { name: `App ${index}`, grants }, occasion)
		if (!issued.ok) throw new Error(issued.error.code)
		if (index % Math.ceil(count / kept) !== 0) continue
		const password = issued.value.secret
		logins.push({ userId: owner.login, password, ip: '192.0.2.1', isTls: true, requestId: null })
	}
	const [first] = logins
	if (first === undefined) throw new Error('There is no password.')
	let refused = 0
	// As many names there as not there, or their limits would make the difference; always another address.
	const refuse = (nameOf: (count: number) => string, password: Secret) => {
		refused += 1
		const ip = `10.${(refused >> 16) & 255}.${(refused >> 8) & 255}.${refused & 255}`
		expectAtOnce(appPasswords, { ...first, userId: nameOf(refused), password, ip }, false)
	}
	const wrong = new Secret('abcdEFGH1234ijklMNOP6789')
	return {
		verify: (index) => expectAtOnce(appPasswords, logins[index % logins.length] ?? first, true),
		refuse: () => refuse((at) => `none${at % people.length}`, wrong),
		refuseKnown: () => refuse((at) => `user${(at % people.length) + 1}`, wrong),
	}
}

function person(id: number): User {
	return {
		id,
		login: `user${id}`,
		email: `user${id}@example.com`,
		displayName: `User ${id}`,
		role: 'editor',
		registered: new Date(),
		locale: 'en_US',
		hasSecondFactor: false,
	}
}

function expectAtOnce(appPasswords: AppPasswords, login: Login, isRight: boolean): void {
	const outcome = appPasswords.authenticate(login)
	if (outcome === undefined || 'then' in outcome || outcome.ok !== isRight)
		throw new Error('That is not what was asked.')
}
