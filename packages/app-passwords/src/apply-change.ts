import type { ApplicationPassword, Change, Grants, User } from './types.ts'

/** What a password is after a change; a deleted one as it was. */
export function applyChange<U extends User, G extends Grants>(
	password: ApplicationPassword<G>,
	change: Exclude<Change<U, G>, { kind: 'create' }>,
): ApplicationPassword<G> {
	switch (change.kind) {
		case 'update':
			return { ...password, ...defined(change.changes) }
		case 'use': {
			const seen = { at: change.at, ip: change.ip }
			return { ...password, seen, ...(change.movesLastUsed ? { lastUsed: change.at, lastIp: change.ip } : {}) }
		}
		case 'delete':
		case 'rehash':
			return password
	}
}

function defined<T extends object>(changes: T): T {
	// Only those with a value: spreading `undefined` over a record would erase it.
	return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as T
}
