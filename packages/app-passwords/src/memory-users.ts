import type { MaybePromise, User, UserDirectory } from './types.ts'

/** Finds the owner of a stored password, as he is now; undefined for one who is gone or may not sign in. */
export type OwnerLookup<U extends User = User> = { byId(id: number): MaybePromise<U | undefined> }

export type MemoryUsers<U extends User = User> = UserDirectory<U> & {
	byId(id: number): U | undefined
	/** Adds somebody, or replaces the one of that id. */
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
	for (const user of users) byId.set(user.id, user)
	index()
	return {
		byId: (id) => byId.get(id),
		put(user) {
			byId.set(user.id, user)
			index()
		},
		remove(id) {
			byId.delete(id)
			index()
		},
		findByLogin: (name) => byName.get(name.toLowerCase()),
		findById: (id) => byId.get(id),
		listFor: () => [...byId.values()].sort((one, other) => one.id - other.id),
	}
}
