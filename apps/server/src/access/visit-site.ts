import { type Access, decide } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { type AskSite, fail, hasRole, ok, type Result, type Role } from '@postern/vocabulary'
import type { Acting } from '../store/audit/audit-entry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Reached } from '../store/connector/reached.ts'
import type { Store } from '../store/store.ts'
import { openCredential } from './open-credential.ts'
import { recordUse } from './record-decision.ts'
import { findSealed } from './sealed-connector.ts'
import { settle } from './settle.ts'

/** Who goes to a site without a request of an application: a member by a click, or Postern by the clock. */
export type Visitor =
	| ({ readonly kind: 'member'; readonly role: Role } & Acting)
	| { readonly kind: 'postern'; readonly purpose: 'health' | 'rotation' | 'revocation' }

/** What a visit comes to there. */
type Visiting = {
	readonly accesses: readonly Access[]
	/** A member needs this role at least: what concerns the site credential itself is in no scope. */
	readonly role: Role
	readonly byPostern: readonly Extract<Visitor, { kind: 'postern' }>['purpose'][]
}

const looking: readonly Access[] = [{ needs: [{ scopes: ['site:read'] }], isWrite: false }]
const ownLogin: readonly Access[] = [{ needs: [{ scopes: ['site:read'] }], isWrite: true }]

/** Why, in the words of the audit log. */
const purposes = {
	'connector.checked': { accesses: looking, role: 'viewer', byPostern: ['health', 'rotation'] },
	'site.read': {
		accesses: [{ needs: [{ scopes: ['posts:read'] }], isWrite: false }],
		role: 'viewer',
		byPostern: ['health'],
	},
	'credential.rotated': { accesses: ownLogin, role: 'editor', byPostern: ['rotation'] },
	'credential.revoked': { accesses: ownLogin, role: 'editor', byPostern: ['rotation', 'revocation'] },
	'draft.tried': { accesses: [{ needs: [{ scopes: ['posts:draft'] }], isWrite: true }], role: 'editor', byPostern: [] },
	'sites.listed': { accesses: looking, role: 'editor', byPostern: [] },
} as const satisfies Record<string, Visiting>

export type Purpose = keyof typeof purposes

type Visit = {
	readonly connector: Connector
	readonly visitor: Visitor
	readonly purpose: Purpose
	readonly requestId: string | null
}

type Ports = {
	readonly store: Pick<Store, 'connectors'> & { readonly audit: Pick<Store['audit'], 'record'> }
	readonly vault: Vault
	readonly ask: AskSite
}

/**
 * Takes a visitor through the steps that every request to a site takes. Fails with what policy refuses, with
 * `role/insufficient`, with `request/not-found` when the connector was deleted, and as `openCredential` does.
 */
export async function visitSite(
	{ connector, visitor, purpose, requestId }: Visit,
	ports: Ports,
): Promise<Result<Reached>> {
	const admitted = admit(visitor, purposes[purpose])
	if (!admitted.ok) return admitted
	const permit = decide(visitor, connector.id, { request: purpose, accesses: purposes[purpose].accesses })
	if (!permit.ok) return permit
	const sealed = await findSealed(connector, ports.store)
	if (sealed === undefined) return fail('request/not-found')
	const by = visitor.kind === 'member' ? visitor : visitor.purpose
	const recorded = await recordUse(permit.value, { connector: sealed, event: purpose, by, requestId }, ports.store)
	const opened = await openCredential(recorded, ports)
	if (!opened.ok) return opened
	const { capabilities, account, notes, applicationPassword } = connector
	const none = { postTypes: new Map(), taxonomies: new Map() }
	const site = { capabilities: new Set(capabilities), userId: account.userId, ...none }
	const settled = await settle(opened.value, { ask: ports.ask, site })
	if (!settled.ok) return settled
	const { edge, ...credential } = settled.value.credential
	const { transport, pin } = sealed.reach
	const reach = { transport, pin: pin ?? undefined, edge }
	return ok({ site: connector.site, notes, account, applicationPassword, reach, credential })
}

function admit(visitor: Visitor, { role, byPostern }: Visiting): Result<void> {
	if (visitor.kind === 'postern')
		return byPostern.includes(visitor.purpose) ? ok() : fail('application-password/not-allowed-here')
	return hasRole(visitor.role, role) ? ok() : fail('role/insufficient', { params: { needed: role } })
}
