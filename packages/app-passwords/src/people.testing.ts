import type { Grants, User } from './types.ts'

export const ada: User = {
	id: 1,
	login: 'ada',
	email: 'ada@example.com',
	displayName: 'Ada',
	role: 'administrator',
	registered: new Date('2026-01-02T03:04:05Z'),
	locale: 'en_US',
	hasSecondFactor: false,
}

export const bob: User = {
	...ada,
	id: 2,
	login: 'bob',
	email: 'bob@example.com',
	displayName: 'Bob',
	role: 'subscriber',
}

export const grants: readonly [Grants, Grants] = [{ scopes: ['posts:read'] }, { scopes: ['posts:read', 'media:write'] }]
