import type { Permission } from '@postern/vocabulary'
import { asRecord, asText, quoteText } from '@postern/wordpress'
import type { ConnectorFacts } from '../../store/connector/connector.ts'
import type { GhostReply } from './ask-ghost.ts'

type Account = Pick<ConnectorFacts, 'account' | 'permissions' | 'capabilities' | 'notes'>

/** Routes of the Admin API that Ghost opens to integrations, as far as publishing needs them. */
const resources = ['posts', 'pages', 'tags', 'images', 'media', 'files', 'members', 'newsletters', 'tiers'] as const
const writing: readonly Permission[] = ['read', 'draft', 'publish']
const editing: readonly Permission[] = [...writing, 'edit-others', 'pages', 'upload', 'categories']

type OfRole = { readonly permissions: readonly Permission[]; readonly resources: readonly string[] }

/** What Ghost's own roles may do. A map: the name of a role is the site's, and an object has more names than it was given. */
const ofRole: ReadonlyMap<string, OfRole> = new Map([
	['Owner', { permissions: [...editing, 'manage-users', 'manage-site'], resources }],
	['Administrator', { permissions: [...editing, 'manage-users', 'manage-site'], resources }],
	['Super Editor', { permissions: [...editing, 'moderate-comments'], resources }],
	['Editor', { permissions: editing, resources }],
	['Author', { permissions: [...writing, 'upload'], resources: ['posts', 'images', 'media', 'files'] }],
	['Contributor', { permissions: ['read', 'draft'], resources: ['posts'] }],
])
const unknownRole: OfRole = { permissions: ['read'], resources: [] }

/** Whose key it is: of an integration, or of a person on the staff, of whom `users/me` tells. */
export function readAccount(id: string, me: GhostReply): Account {
	const user = me.kind === 'json' && Array.isArray(me.value['users']) ? asRecord(me.value['users'][0]) : undefined
	if (user === undefined) {
		const account = { username: id, userId: 0, displayName: `Integration ${id}`, roles: ['Admin Integration'] }
		return { account, permissions: editing, capabilities: resources, notes: [] }
	}
	const roles: readonly unknown[] = Array.isArray(user['roles']) ? user['roles'] : []
	const role = quoteText(asText(asRecord(roles[0])?.['name']), 60)
	const known = ofRole.get(role) ?? unknownRole
	const { permissions } = known
	const displayName = quoteText(asText(user['name']), 100) || id
	return {
		account: { username: id, userId: 0, displayName, roles: role === '' ? [] : [role] },
		permissions,
		capabilities: known.resources,
		notes: permissions.includes('publish')
			? []
			: [{ code: 'limited-account', params: { username: displayName, role } }],
	}
}
