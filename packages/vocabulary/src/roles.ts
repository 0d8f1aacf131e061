/** What a member may do in a workspace, most powerful first. */
export const roles = ['owner', 'admin', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

/** Whether `role` includes everything `needed` may do. */
export function hasRole(role: Role, needed: Role): boolean {
	return roles.indexOf(role) <= roles.indexOf(needed)
}
