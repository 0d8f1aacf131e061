import type { NewPassword } from '@postern/app-passwords'
import {
	fail,
	holds,
	isDangerousNamespace,
	isOfPostern,
	isScope,
	ok,
	presetWithin,
	readDynamic,
	roleOf,
	scopesBeyond,
	withIncluded,
	type Preset,
	type Result,
	type Role,
	type Scope,
} from '@postern/vocabulary'
import type { PosternGrants } from '../store/application-password/application-password.ts'
import type { Connector } from '../store/connector/connector.ts'
import { isIdLike } from '../store/ids.ts'
import type { StoreFunctions } from '../store/store.ts'
import { everyConnector, refuseUnoffered } from './offered-scopes.ts'

/** What somebody asks for, as it was typed. */
export type TypedPassword = {
	readonly name: string
	readonly appId?: string | undefined
	readonly preset?: Preset | null | undefined
	/** Without any, those of the preset, as far as the role reaches. */
	readonly scopes?: readonly string[] | undefined
	readonly connectors?: 'all' | readonly string[] | undefined
	readonly addresses?: readonly string[] | undefined
	readonly requestsPerMinute?: number | null | undefined
	readonly writesPerDay?: number | null | undefined
	readonly expiresAt?: string | null | undefined
	readonly confirmEverything?: boolean | undefined
}

export type WantedPassword = NewPassword<PosternGrants> & Required<Pick<NewPassword<PosternGrants>, 'expires'>>

/** Far more than any server answers, and small enough for every store. */
const mostPerMinute = 1_000_000
const mostPerDay = 1_000_000_000

/**
 * Reads what is wanted of a password whose owner has this role. Fails with `application-password/scope-…`,
 * `application-password/everything-unconfirmed`, `application-password/connector-unknown`,
 * `application-password/expiry-past`, `request/number-range`. The rest is judged by the package.
 *
 * Scopes that were named one by one have to be offered by one of the connectors they are for; those of a preset stay as they
 * are granted, and come to what each site offers when they are used.
 */
export async function readWanted(
	typed: TypedPassword,
	{ role, workspaceId }: { readonly role: Role; readonly workspaceId: string },
	{ connectors }: Pick<StoreFunctions, 'connectors'>,
): Promise<Result<WantedPassword>> {
	const chosen = readScopes(typed, role)
	if (!chosen.ok) return chosen
	if (isEverything(chosen.value) && typed.confirmEverything !== true)
		return fail('application-password/everything-unconfirmed')
	const numbers = readNumbers(typed)
	if (!numbers.ok) return numbers
	const expires = readExpiry(typed.expiresAt)
	if (!expires.ok) return expires
	const reach = typed.connectors === undefined || typed.connectors === 'all' ? 'all' : [...new Set(typed.connectors)]
	const reached: Connector[] = []
	for (const id of reach === 'all' ? [] : reach) {
		const connector = isIdLike(id) ? await connectors.find(workspaceId, id) : undefined
		if (connector?.phase !== 'saved') return fail('application-password/connector-unknown')
		reached.push(connector)
	}
	const named = chosen.value.preset === null ? chosen.value.scopes : []
	const offered = await refuseUnoffered(named, reach === 'all' ? everyConnector(workspaceId, { connectors }) : reached)
	if (!offered.ok) return offered
	return ok({
		name: typed.name,
		...(typed.appId === undefined ? {} : { appId: typed.appId }),
		addresses: typed.addresses ?? [],
		requestsPerMinute: numbers.value.requestsPerMinute,
		expires: expires.value,
		grants: { ...chosen.value, connectors: reach, writesPerDay: numbers.value.writesPerDay },
	})
}

type Chosen = Pick<PosternGrants, 'preset' | 'scopes'>

/** Without a choice it may read, and nothing else. */
function readScopes({ preset, scopes }: TypedPassword, role: Role): Result<Chosen> {
	if (scopes === undefined) {
		const named = preset ?? 'read-only'
		return ok({ preset: named, scopes: presetWithin(role, named) })
	}
	const unknown = scopes.find((scope) => !isScope(scope))
	if (unknown !== undefined)
		return fail('application-password/scope-unknown', { params: { scope: unknown.slice(0, 100) } })
	const known = [...new Set(scopes.filter(isScope))]
	const beyond = scopesBeyond(role, known)[0]
	if (beyond !== undefined) return failBeyondRole(beyond)
	const isPreset = preset !== undefined && preset !== null && isSame(known, presetWithin(role, preset))
	return ok({ preset: isPreset ? preset : null, scopes: known })
}

export function failBeyondRole(scope: Scope): Result<never> {
	return fail('application-password/scope-beyond-role', { params: { scope, needed: roleOf(scope) } })
}

function isSame(one: readonly Scope[], other: readonly Scope[]): boolean {
	return one.length === other.length && one.every((scope) => other.includes(scope))
}

/** *Everything*, whatever that comes to with the role. */
function isEverything({ preset, scopes }: Chosen): boolean {
	return preset === 'everything' || scopes.includes('site:everything')
}

/** Whether a session alone may not give it away. */
export function wantsProof({ preset, scopes }: Chosen): boolean {
	return preset === 'everything' || scopes.some(isDelicate)
}

/** Postern itself, everything, and the routes of plugins that are as good as that. */
export function isDelicate(scope: Scope): boolean {
	const dynamic = readDynamic(scope)
	const isAsGoodAsEverything = dynamic?.kind === 'ns' && isDangerousNamespace(dynamic.namespace)
	return isAsGoodAsEverything || scope === 'site:everything' || isOfPostern(scope)
}

function readNumbers({
	requestsPerMinute = null,
	writesPerDay = null,
}: TypedPassword): Result<{ requestsPerMinute: number | null; writesPerDay: number | null }> {
	if (!isCount(requestsPerMinute, mostPerMinute)) return outOfRange('/requestsPerMinute')
	if (!isCount(writesPerDay, mostPerDay)) return outOfRange('/writesPerDay')
	return ok({ requestsPerMinute, writesPerDay })
}

function isCount(number: number | null, most: number): boolean {
	return number === null || (Number.isSafeInteger(number) && number >= 1 && number <= most)
}

function outOfRange(field: string): Result<never> {
	return fail('request/number-range', { params: { field } })
}

function readExpiry(typed: string | null | undefined): Result<Date | null> {
	if (typed === undefined || typed === null) return ok(null)
	const expires = new Date(typed)
	return Number.isNaN(expires.getTime()) ? fail('application-password/expiry-past') : ok(expires)
}

/** Password of the caller that asks, and what it may do now. */
export type CallersPassword = {
	readonly grants: PosternGrants
	readonly expires: Date | null
	readonly addresses: readonly string[]
	readonly requestsPerMinute: number | null
	readonly scopes: ReadonlySet<Scope>
}

type Width = Pick<CallersPassword, 'expires' | 'requestsPerMinute'> & {
	readonly addresses?: readonly string[]
	readonly grants: PosternGrants
}

/** In what a password would be wider than that of the caller; undefined: in nothing. */
export function findWider(wanted: Width, caller: CallersPassword): string | undefined {
	const scope = [...withIncluded(wanted.grants.scopes)].find((one) => !holds(caller.scopes, one))
	if (scope !== undefined) return scope
	const { connectors } = caller.grants
	const isEverywhere = connectors === 'all'
	const wantedConnectors = wanted.grants.connectors
	if (!isEverywhere && (wantedConnectors === 'all' || !wantedConnectors.every((id) => connectors.includes(id))))
		return 'connectors'
	if (isAbove(wanted.expires?.getTime() ?? null, caller.expires?.getTime() ?? null)) return 'expiresAt'
	if (isAbove(wanted.requestsPerMinute, caller.requestsPerMinute)) return 'requestsPerMinute'
	if (isAbove(wanted.grants.writesPerDay, caller.grants.writesPerDay)) return 'writesPerDay'
	const addresses = wanted.addresses ?? []
	// The same rules or some of them; whether one network lies in another is not worth a mistake.
	const isFromAnywhere = addresses.length === 0 || !addresses.every((rule) => caller.addresses.includes(rule))
	return caller.addresses.length > 0 && isFromAnywhere ? 'addresses' : undefined
}

/** Null is no limit. */
function isAbove(wanted: number | null, limit: number | null): boolean {
	return limit !== null && (wanted === null || wanted > limit)
}
