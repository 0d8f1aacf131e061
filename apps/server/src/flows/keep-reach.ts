import type { Vault } from '@postern/vault'
import { type AskSite, ok, type Result, type Role } from '@postern/vocabulary'
import type { Acting } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { Reach } from '../store/connector/reach.ts'
import type { Store } from '../store/store.ts'
import type { TypedReach } from './read-typed-reach.ts'

type Reconnecting = {
	readonly connector: Connector
	/** As it was typed for this attempt. */
	readonly address: string
	readonly typed: TypedReach
	/** Who may open what is kept; nobody unless told. */
	readonly by: { readonly actor: Acting; readonly role: Role } | undefined
	readonly requestId: string
}

type Ports = { readonly store: Pick<Store, 'audit' | 'connectors'>; readonly vault: Vault; readonly ask: AskSite }

/**
 * Adds to the way to a site what its connector knew and nobody typed anew; an empty text takes it away. Only towards the
 * origin that it was entered for. Fails as `visitSite` does.
 */
export async function keepReach(
	reach: Reach,
	{ connector, address, typed, by, requestId }: Reconnecting,
	ports: Ports,
): Promise<Result<Reach>> {
	if (URL.parse(address.trim())?.origin !== connector.site.origin) return ok(reach)
	const kept = {
		transport: typed.transport ?? connector.transport,
		pin: typed.certificatePin === undefined ? (connector.certificatePin ?? undefined) : reach.pin,
		edge: reach.edge,
	}
	const isNeeded = typed.edgeUsername === undefined && connector.edgeUsername !== null
	if (!isNeeded || by === undefined) return ok(kept)
	const { visitSite } = await import('../access/visit-site.ts') // policy is large, and few ask for this at once
	const visitor = { kind: 'member', role: by.role, ...by.actor } as const
	const opened = await visitSite({ connector, visitor, purpose: 'connector.checked', requestId }, ports)
	return opened.ok ? ok({ ...kept, edge: opened.value.reach.edge }) : opened
}
