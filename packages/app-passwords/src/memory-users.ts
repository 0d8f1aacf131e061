import type { MaybePromise, User, UserDirectory } from './types.ts'

/** Finds the owner of a stored password, as he is now; undefined for one who is gone or may not sign in. */
export type OwnerLookup<U extends User = User> = { byId(id: number): MaybePromise<U | undefined> }

export type MemoryUsers<U extends User = User> = UserDirectory<U> & {
	byId(id: number): U | undefined
	/** Adds somebody, or replaces the one of that id. Throws a `RangeError` when somebody else has the login name. */
	put(user: U): void
	remove(id: number): void
}

/** People in memory, who all may know of each other. */
export function memoryUsers<U extends User>(users: Iterable<U> = []): MemoryUsers<U> {
	const byId = new Map<number, U>()
	const byName = new Map<string, U>()
	const index = () => {
		byName.clear()
		// Login names last: they win over e-mail addresses.
		for (const user of byId.values()) if (user.email !== '') byName.set(user.email.toLowerCase(), user)
		for (const user of byId.values()) byName.set(user.login.toLowerCase(), user)
	}
	const idOfLogin = new Map<string, number>()
	const forget = (id: number) => {
		const before = byId.get(id)
		if (before !== undefined) idOfLogin.delete(before.login.toLowerCase())
		byId.delete(id)
	}
	const add = (user: U) => {
		const login = user.login.toLowerCase()
		if ((idOfLogin.get(login) ?? user.id) !== user.id) throw new RangeError('Two people have one login name')
		forget(user.id)
		idOfLogin.set(login, user.id)
		byId.set(user.id, user)
	}
	for (const user of users) add(user)
	index()
	return {
		byId: (id) => byId.get(id),
		put(user) {
			add(user)
			index()
		},
		remove(id) {
			forget(id)
			index()
		},
		findByLogin: (name) => byName.get(name.toLowerCase()),
		findById: (id) => byId.get(id),
		listFor: () => [...byId.values()].sort((one, other) => one.id - other.id),
	}
}
