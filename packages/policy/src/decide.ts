import { fail, hasRole, holds, isStaticScope, ok, roleOf, type Result, type Scope } from '@postern/vocabulary'
import type { Access, Need, Permit, PostCondition, Principal, SiteFacts } from './access.ts'
import { scopesOfShownBlocks } from './shown-blocks.ts'

/**
 * What Postern itself needs to see that a connection works, and to look after its own login there: who it is, and what the
 * site is.
 */
const ofPostern: Readonly<Record<Extract<Principal, { kind: 'postern' }>['purpose'], ReadonlySet<Scope>>> = {
	health: new Set<Scope>(['site:read', 'posts:read']),
	rotation: new Set<Scope>(['site:read']),
	revocation: new Set<Scope>(['site:read']),
}

/**
 * Decides whether a principal may do all that a request does; all or none, and nothing is allowed that nothing admits to. Fails
 * with `request/not-found` for a connector that is not the principal's, `application-password/scope-missing`,
 * `application-password/not-allowed-here`.
 */
export function decide<R>(
	principal: Principal,
	connectorId: string,
	{ request, accesses }: { readonly request: R; readonly accesses: readonly Access[] },
): Result<Permit<R>> {
	if (!reaches(principal, connectorId)) return fail('request/not-found')
	if (accesses.length === 0) return fail('application-password/not-allowed-here')
	const scopes = new Set<Scope>()
	const conditions: (readonly PostCondition[])[] = []
	const leftOut: string[] = []
	let isWrite = false
	for (const access of accesses) {
		const granted = access.needs.filter((need) => isGranted(principal, need))
		if (granted.length === 0 && access.embeds !== undefined) {
			leftOut.push(access.embeds)
			continue
		}
		if (granted.length === 0) return failMissing(principal, accesses.slice(accesses.indexOf(access)))
		isWrite ||= access.isWrite
		const free = granted.find((need) => need.when === undefined)
		for (const need of free ? [free] : granted) for (const scope of need.scopes) scopes.add(scope)
		if (free === undefined) conditions.push(granted.flatMap(({ when }) => (when === undefined ? [] : [when])))
	}
	const permit = { connectorId, request, isWrite, scopes: [...scopes], conditions, leftOut }
	return ok(permit as typeof permit & Permit<R>) // the brand
}

function reaches(principal: Principal, connectorId: string): boolean {
	return principal.kind !== 'caller' || principal.connectors === 'all' || principal.connectors.includes(connectorId)
}

function isGranted(principal: Principal, { scopes }: Need): boolean {
	return scopes.every((scope) => mayUse(principal, scope))
}

function mayUse(principal: Principal, scope: Scope): boolean {
	if (principal.kind === 'caller') return holds(principal.scopes, scope)
	if (principal.kind === 'member') return hasRole(principal.role, roleOf(scope))
	return ofPostern[principal.purpose].has(scope)
}

/**
 * Names what it lacks, from the first access that is not granted on: whoever gets one scope need not come back for the next. After
 * the first only such as every site has: which types this one has is not told along the way.
 */
function failMissing(principal: Principal, refused: readonly Access[]): Result<never> {
	const [scope, ...others] = refused
		.filter(({ embeds, needs }) => embeds === undefined && !needs.some((need) => isGranted(principal, need)))
		.flatMap((access) => missingOf(principal, access))
	const isOffered = refused[0] !== undefined && missingOf(principal, refused[0]).length > 0
	if (!isOffered || scope === undefined) return fail('application-password/not-allowed-here')
	const missing = new Set([scope, ...others.filter(isStaticScope)])
	return fail('application-password/scope-missing', { params: { scope: [...missing].join(', ') } })
}

/** What it lacks of the need that asks least. */
function missingOf(principal: Principal, { needs }: Access): readonly Scope[] {
	return needs.at(-1)?.scopes.filter((one) => !mayUse(principal, one)) ?? []
}

/** Whether what a principal stores on a site has to be looked at for scripts. */
export function mustFilterHtml(principal: Principal, site: SiteFacts): boolean {
	return site.capabilities.has('unfiltered_html') && !mayUse(principal, 'html:unfiltered')
}

/** The scope that a principal lacks for what the blocks of a text would show. */
export function missingOfBlocks(text: string, principal: Principal, site: SiteFacts): Scope | undefined {
	return scopesOfShownBlocks(text, site).find((scope) => !mayUse(principal, scope))
}
