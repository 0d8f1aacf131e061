import { expect, it } from 'vitest'
import { hasRole, roles } from './roles.ts'

it('gives each role what the roles below it may do, and nothing above', () => {
	for (const [rank, role] of roles.entries()) {
		expect(roles.filter((needed) => hasRole(role, needed))).toEqual(roles.slice(rank))
	}
	expect(hasRole('viewer', 'editor')).toBe(false)
	expect(hasRole('owner', 'admin')).toBe(true)
})
