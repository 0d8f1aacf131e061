import { type Access, decide } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { type AskSite, fail, type Result, type Role } from '@postern/vocabulary'
import type { Acting } from '../store/audit/audit-entry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Store } from '../store/store.ts'
import { openCredential } from './open-credential.ts'
import { recordUse } from './record-decision.ts'
import { findSealed } from './sealed-connector.ts'
import { settle, type SettledRequest } from './settle.ts'

/** Who goes to a site without a request of an application: a member by a click, or Postern by the clock. */
export type Visitor =
	| ({ readonly kind: 'member'; readonly role: Role } & Acting)
	| { readonly kind: 'postern'; readonly purpose: 'health' }

/** Why, in the words of the audit log, and what that comes to there. */
const purposes = {
	'connector.checked': [{ needs: [{ scopes: ['site:read'] }], isWrite: false }],
	'site.read': [{ needs: [{ scopes: ['posts:read'] }], isWrite: false }],
} as const satisfies Record<string, readonly Access[]>

export type Purpose = keyof typeof purposes

type Visit = {
	readonly connector: Connector
	readonly visitor: Visitor
	readonly purpose: Purpose
	readonly requestId: string | null
}

type Ports = { readonly store: Pick<Store, 'audit' | 'connectors'>; readonly vault: Vault; readonly ask: AskSite }

/**
 * Takes a visitor through the steps that every request to a site takes. Fails with what policy refuses, with `request/not-found`
 * when the connector was deleted, and as `openCredential` does.
 */
export async function visitSite(
	{ connector, visitor, purpose, requestId }: Visit,
	ports: Ports,
): Promise<Result<SettledRequest<Purpose>>> {
	const permit = decide(visitor, connector.id, { request: purpose, accesses: purposes[purpose] })
	if (!permit.ok) return permit
	const sealed = await findSealed(connector, ports.store)
	if (sealed === undefined) return fail('request/not-found')
	const by = visitor.kind === 'member' ? visitor : visitor.purpose
	const recorded = await recordUse(permit.value, { connector: sealed, event: purpose, by, requestId }, ports.store)
	const opened = await openCredential(recorded, ports)
	if (!opened.ok) return opened
	const site = { capabilities: new Set(connector.capabilities), userId: connector.account.userId, postTypes: new Map() }
	return settle(opened.value, { ask: ports.ask, site })
}
