import type { Permission } from '@postern/vocabulary'
import { asRecord, asText, quoteText } from '@postern/wordpress'
import type { ConnectorFacts } from '../../store/connector/connector.ts'
import type { GhostReply } from './ask-ghost.ts'

type Account = Pick<ConnectorFacts, 'account' | 'permissions' | 'capabilities' | 'notes'>

/** Routes of the Admin API that Ghost opens to integrations, as far as publishing needs them. */
const resources = ['posts', 'pages', 'tags', 'images', 'media', 'files', 'members', 'newsletters', 'tiers'] as const
const writing: readonly Permission[] = ['read', 'draft', 'publish']
const editing: readonly Permission[] = [...writing, 'edit-others', 'pages', 'upload', 'categories']

/** What Ghost's own roles may do; `undefined` for one that is not known. */
const ofRole: Readonly<Record<string, readonly Permission[]>> = {
	Owner: [...editing, 'manage-users', 'manage-site'],
	Administrator: [...editing, 'manage-users', 'manage-site'],
	'Super Editor': [...editing, 'moderate-comments'],
	Editor: editing,
	Author: [...writing, 'upload'],
	Contributor: ['read', 'draft'],
}

const ofRoleResources: Readonly<Record<string, readonly string[]>> = {
	Author: ['posts', 'images', 'media', 'files'],
	Contributor: ['posts'],
}

/** Whose key it is: of an integration, or of a person on the staff, of whom `users/me` tells. */
export function readAccount(id: string, me: GhostReply): Account {
	const user = me.kind === 'json' && Array.isArray(me.value['users']) ? asRecord(me.value['users'][0]) : undefined
	if (user === undefined) {
		const account = { username: id, userId: 0, displayName: `Integration ${id}`, roles: ['Admin Integration'] }
		return { account, permissions: editing, capabilities: resources, notes: [] }
	}
	const roles: readonly unknown[] = Array.isArray(user['roles']) ? user['roles'] : []
	const role = quoteText(asText(asRecord(roles[0])?.['name']), 60)
	const permissions = ofRole[role] ?? ['read']
	const displayName = quoteText(asText(user['name']), 100) || id
	return {
		account: { username: id, userId: 0, displayName, roles: role === '' ? [] : [role] },
		permissions,
		capabilities: ofRoleResources[role] ?? (role in ofRole ? resources : []),
		notes: permissions.includes('publish')
			? []
			: [{ code: 'limited-account', params: { username: displayName, role } }],
	}
}
