import type { MemberDocument } from '@postern/api/contract'
import { roles, type Role } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { givableRoles, mayManage } from './may.ts'

const member = (role: Role): MemberDocument => ({
	id: 'm',
	accountId: 'a',
	kind: 'person',
	username: 'u',
	email: 'u@example.com',
	role,
	hasSecondFactor: false,
	applicationPasswordCount: 0,
	joinedAt: '2026-11-21T12:00:00Z',
})

it('offers no role above one’s own', () => {
	expect(givableRoles('owner')).toEqual(roles)
	expect(givableRoles('admin')).toEqual(['admin', 'editor', 'viewer'])
})

it('offers nobody below an administrator to manage members, and nobody to manage who stands above them', () => {
	const manageable = (own: Role) => roles.filter((role) => mayManage(own, member(role)))
	expect(roles.map((own) => manageable(own))).toEqual([[...roles], ['admin', 'editor', 'viewer'], [], []])
})
