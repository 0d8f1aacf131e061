import { fail, ok, type Result } from '@postern/vocabulary'
import { createRequestBudget, type SiteOfLogin } from '@postern/wp-client'
import { sealConnection } from '../access/seal-connection.ts'
import { proveConnection } from '../connectors/prove-connection.ts'
import { actorOf } from '../store/audit.ts'
import type { Connector, ConnectorFacts } from '../store/connector/connector.ts'
import { plainReach, type Reach } from '../store/connector/reach.ts'
import { newId } from '../store/ids.ts'
import { healthOf } from './connector-facts.ts'
import { readConnectorName } from './connector-name.ts'
import { firstCheck } from './next-check.ts'
import { type MemberVisit, type Opened, openForMember } from './open-for-member.ts'
import { recordChange } from './record-change.ts'
import { failWith, type SiteResult } from './site-failure.ts'
import type { VerifyPorts } from './verify-site.ts'
import { placeOf } from './is-moved.ts'

export type OtherSite = SiteOfLogin & { readonly isConnected: boolean }

/** Asking for the list, and what a repetition takes. */
const requests = 4

/**
 * Asks a site of a network which others the same login opens, without the site itself. Fails as `openForMember` does, with what
 * the site says, and with `request/not-found` where the type has no such list.
 */
export async function listOtherSites(request: MemberVisit, ports: VerifyPorts): Promise<Result<readonly OtherSite[]>> {
	const opened = await openForMember(request, { purpose: 'sites.listed', requests }, ports)
	if (!opened.ok) return opened
	const listed = await askForSites(opened.value)
	if (!listed.ok) return listed
	const connected = new Set((await ports.store.connectors.listSiteUrls(request.workspaceId)).map(placeOf))
	return ok(listed.value.map((site) => ({ ...site, isConnected: connected.has(placeOf(site.url)) })))
}

async function askForSites({ type, connector, reached, visit }: Opened): Promise<Result<readonly SiteOfLogin[]>> {
	const listed = (await type.listSites?.(reached, visit)) ?? fail('request/not-found')
	if (!listed.ok) return listed
	const own = placeOf(connector.site.url)
	return ok(
		listed.value.flatMap((site) => (placeOf(site.url) === own ? [] : [{ ...site, url: upgraded(site, connector) }])),
	)
}

/** A network may still note a site by plain http that it serves by https; the credential never goes a less safe way. */
function upgraded({ url }: SiteOfLogin, { site }: Connector): string {
	const isSafe = new URL(site.origin).protocol === 'https:'
	return isSafe ? url.replace(/^http:/, 'https:') : url
}

/**
 * Connects one of the sites that `listOtherSites` gives, by the same credential: proves it there, seals it for the new connector,
 * and lists that under the title of its site. An address that the network does not name is `request/not-found`: the credential
 * goes nowhere else. A staging login and a pinned certificate belong to their origin, and stay there.
 */
export async function addOtherSite(
	request: MemberVisit & { readonly url: string },
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const opened = await openForMember(request, { purpose: 'sites.listed', requests }, ports)
	if (!opened.ok) return opened
	const { type, connector, reached } = opened.value
	const listed = await askForSites(opened.value)
	if (!listed.ok) return listed
	const chosen = listed.value.find(({ url }) => url === request.url)
	if (chosen === undefined) return fail('request/not-found')
	const { origin } = new URL(chosen.url)
	const isSameOrigin = origin === connector.site.origin
	const reach = isSameOrigin ? reached.reach : { ...plainReach, transport: reached.reach.transport }
	const startedAt = performance.now()
	const claim = { type, address: chosen.url, credential: reached.credential, reach, origin }
	const budget = createRequestBudget()
	const proven = await proveConnection(claim, { ...ports, budget, signal: request.signal })
	if (!proven.ok) return failWith(proven)
	const health = healthOf(proven.value, ports.now(), performance.now() - startedAt)
	return keep({ opened: opened.value, facts: proven.value, health, reach }, request, ports)
}

type Kept = {
	readonly opened: Opened
	readonly facts: ConnectorFacts
	readonly health: ReturnType<typeof healthOf>
	readonly reach: Reach
}

const draftLifeMs = 60_000

/** Sealed, named and listed in one step. */
async function keep(
	{ opened: { connector: source, reached }, facts, health, reach }: Kept,
	{ workspaceId, visitor, requestId }: MemberVisit,
	ports: VerifyPorts,
): Promise<SiteResult<Connector>> {
	const id = newId('con')
	const place = { workspaceId, connectorId: id, siteOrigin: facts.site.origin, sealVersion: 1 }
	const sealed = await sealConnection({ password: reached.credential.password, reach }, place, ports)
	if (!sealed.ok) return sealed
	const { type, credentialFrom, isRotated } = source
	const createdBy = visitor.accountId
	const expiresAt = new Date(ports.now().getTime() + draftLifeMs)
	const named = readConnectorName(facts.site.title)
	const name = named.ok ? named.value : facts.site.host
	const draft = {
		...facts,
		...health,
		...sealed.value,
		id,
		workspaceId,
		type,
		credentialFrom,
		isRotated,
		createdBy,
		expiresAt,
	}
	return ports.store.transaction(async (store) => {
		await store.connectors.createDraft(draft)
		const saved = await store.connectors.save(workspaceId, id, name)
		if (saved === undefined) throw new Error('a draft was gone before its transaction was over')
		await store.jobs.enqueue(firstCheck(saved))
		await store.audit.record({
			workspaceId,
			event: 'connector.verified',
			actor: actorOf(visitor),
			target: { kind: 'connector', id, name },
			params: { host: facts.site.host },
			requestId,
		})
		await recordChange({ workspaceId, connectorId: id, actor: visitor, requestId }, 'connector.created', saved, store)
		return ok(saved)
	})
}
