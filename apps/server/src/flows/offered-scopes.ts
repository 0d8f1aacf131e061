import { fail, isOfPostern, ok, readDynamic, scopesOffered, type Result, type Scope } from '@postern/vocabulary'
import { hasGateway } from '../connectors/registry.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'

type Facts = Pick<Connector, 'type' | 'capabilities' | 'site'>

/** The scopes that make sense for a connector: its site has what they are about, and the account there is able to. */
export function scopesOfferedBy({ type, capabilities, site }: Facts): readonly Scope[] {
	if (!hasGateway(type)) return []
	const { postTypes, namespaces } = site
	return scopesOffered({ capabilities: new Set(capabilities), postTypes, namespaces })
}

/**
 * Refuses scopes, each of them chosen by name, that no connector of those it is for offers. Those of a preset are not judged:
 * they narrow when they are used. Before the first connector is there, nobody knows what will be offered: then only what some
 * sites alone have is refused. Fails with `application-password/scope-unknown`, `application-password/scope-not-offered`.
 */
export async function refuseUnoffered(
	chosen: readonly Scope[],
	connectors: Iterable<Facts> | AsyncIterable<Facts>,
): Promise<Result<void>> {
	const missing = new Set(chosen.filter((scope) => !isOfPostern(scope)))
	if (missing.size === 0) return ok()
	const bases = new Set<string>()
	let isAny = false
	for await (const connector of connectors) {
		isAny = true
		for (const scope of scopesOfferedBy(connector)) missing.delete(scope)
		for (const { restBase } of connector.site.postTypes) bases.add(restBase)
		if (missing.size === 0) return ok()
	}
	for (const scope of missing) {
		const dynamic = readDynamic(scope)
		const isThere = dynamic === undefined || (dynamic.kind === 'types' && bases.has(dynamic.base))
		if (!isThere) return fail('application-password/scope-unknown', { params: { scope } })
		if (isAny) return fail('application-password/scope-not-offered', { params: { scope } })
	}
	return ok()
}

/** All saved connectors of a workspace, a page at a time: whoever has seen enough ends it. */
export async function* everyConnector(
	workspaceId: string,
	{ connectors }: Pick<StoreFunctions, 'connectors'>,
): AsyncGenerator<Connector> {
	let cursor: string | undefined
	do {
		const page = await connectors.page({ workspaceId, sort: 'created', limit: 100, cursor })
		if (!page.ok) throw new Error('a cursor of our own was refused', { cause: page.problem })
		yield* page.value.connectors
		cursor = page.value.nextCursor ?? undefined
	} while (cursor !== undefined)
}
