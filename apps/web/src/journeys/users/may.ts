import type { MemberDocument } from '@postern/api/contract'
import { hasRole, roles, type Role } from '@postern/vocabulary'

/** Roles that somebody may give: none above their own. */
export function givableRoles(own: Role): readonly Role[] {
	return roles.filter((role) => hasRole(own, role))
}

/** Whether somebody may change or remove a member: administrators and owners, and nobody above themselves. */
export function mayManage(own: Role, member: MemberDocument): boolean {
	return hasRole(own, 'admin') && hasRole(own, member.role)
}
