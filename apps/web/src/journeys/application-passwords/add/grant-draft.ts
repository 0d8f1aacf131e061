import type { contract, InputOf } from '@postern/api/contract'
import {
	isOfPostern,
	isScope,
	isStaticScope,
	presets,
	readDynamic,
	scopes,
	withIncluded,
	type Preset,
	type Scope,
} from '@postern/vocabulary'

const DAY_MS = 86_400_000

export const expiries = ['never', '7', '30', '90', '365', 'date'] as const
export type Expiry = (typeof expiries)[number]

/** What is chosen for a password that is not made yet. */
export type GrantDraft = {
	readonly preset: Preset | 'custom'
	/** Of `custom`: each with all that it includes. */
	readonly scopes: readonly Scope[]
	/** Beside *Everything*, which holds no routes of plugins. */
	readonly pluginScopes: readonly Scope[]
	readonly isEverythingConfirmed: boolean
	readonly connectors: 'all' | 'some'
	readonly connectorIds: readonly string[]
	readonly expiry: Expiry
	readonly requestsPerMinute: number | null
	readonly writesPerDay: number | null
}

/** What is typed for it. */
export type GrantTexts = { readonly name: string; readonly addresses: string; readonly expiresOn: string }

export const narrowDraft: GrantDraft = {
	preset: 'read-only',
	scopes: [],
	pluginScopes: [],
	isEverythingConfirmed: false,
	connectors: 'all',
	connectorIds: [],
	expiry: 'never',
	requestsPerMinute: null,
	writesPerDay: null,
}
export const noTexts: GrantTexts = { name: '', addresses: '', expiresOn: '' }

const byResource = ['posts', 'pages', 'media', 'comments', 'terms', 'blocks', 'search', 'site'] as const
const byResourceOfOwners = ['users', 'settings', 'plugins', 'themes', 'html'] as const
export const resources = [...byResource, ...byResourceOfOwners] as const
export const verbs = ['read', 'draft', 'write', 'publish', 'delete', 'others', 'unfiltered'] as const
export type Verb = (typeof verbs)[number]

export type ResourceScopes = {
	readonly resource: (typeof resources)[number]
	readonly verbs: readonly { readonly verb: Verb; readonly scope: Scope }[]
}

/** Scopes of sites by what they are about; those of Postern and `site:everything` are not among them. */
export function groupByResource(list: readonly Scope[]): readonly ResourceScopes[] {
	return resources
		.map((resource) => ({
			resource,
			verbs: verbs.flatMap((verb) => {
				const scope = `${resource}:${verb}`
				return isScope(scope) && list.includes(scope) ? [{ verb, scope }] : []
			}),
		}))
		.filter((group) => group.verbs.length > 0)
}

export type NamedScopes = { readonly name: string; readonly verbs: readonly Verb[] }

/** Scopes of custom types and of routes of plugins by what they are about, as the sites call it. */
export function groupByName(list: readonly Scope[]): readonly NamedScopes[] {
	const known = list.flatMap((scope) => {
		const dynamic = readDynamic(scope)
		if (dynamic === undefined) return []
		return [{ name: dynamic.kind === 'types' ? dynamic.base : dynamic.namespace, verb: dynamic.verb }]
	})
	return [...Map.groupBy(known, ({ name }) => name)].map(([name, of]) => ({
		name,
		verbs: verbs.filter((verb) => of.some((one) => one.verb === verb)),
	}))
}

export type Reach = { readonly scopes: readonly Scope[]; readonly isCut: boolean }

/** What a preset comes to where only these scopes may be issued; cut if that is less than it names. */
export function reachOf(preset: Preset, issuable: readonly Scope[]): Reach {
	const wanted = [...withIncluded(presets[preset])].filter((scope) => scope !== 'site:everything')
	const reached = wanted.filter((scope) => issuable.includes(scope))
	return { scopes: reached, isCut: reached.length < wanted.length }
}

/** Those of the chosen scopes that another chosen one brings along. */
export function broughtAlong(chosen: readonly Scope[]): ReadonlySet<Scope> {
	return new Set(chosen.filter((scope) => chosen.some((other) => other !== scope && withIncluded([other]).has(scope))))
}

export function toggleScope(chosen: readonly Scope[], scope: Scope, isOn: boolean): readonly Scope[] {
	const next = isOn ? withIncluded([...chosen, scope]) : new Set(chosen.filter((other) => other !== scope))
	const dynamic = [...next].filter((other) => !isStaticScope(other))
	return [...scopes.filter((other) => next.has(other)), ...dynamic]
}

/** Goes from a preset to choosing oneself: one begins with what the preset came to. */
export function customFrom(draft: GrantDraft, issuable: readonly Scope[]): GrantDraft {
	if (draft.preset === 'custom') return draft
	return { ...draft, preset: 'custom', scopes: reachOf(draft.preset, issuable).scopes }
}

export const posternScopes: readonly Scope[] = scopes.filter(isOfPostern)

export type Missing = 'everything' | 'scopes' | 'connectors' | 'expiry'

/** What is still to be chosen before it may be sent. */
export function missingIn(draft: GrantDraft, { expiresOn }: Pick<GrantTexts, 'expiresOn'>): Missing | undefined {
	if (draft.preset === 'everything' && !draft.isEverythingConfirmed) return 'everything'
	if (draft.preset === 'custom' && draft.scopes.length === 0) return 'scopes'
	if (draft.connectors === 'some' && draft.connectorIds.length === 0) return 'connectors'
	if (draft.expiry === 'date' && expiresOn === '') return 'expiry'
	return undefined
}

/** The end of the chosen day where the person is; `null` without an expiry. */
export function expiryOf(expiry: Expiry, expiresOn: string, nowMs: number): string | null {
	if (expiry === 'never') return null
	if (expiry !== 'date') return new Date(nowMs + Number(expiry) * DAY_MS).toISOString()
	const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = expiresOn.split('-').map(Number)
	const end = new Date(year, month - 1, day, 23, 59, 59)
	return Number.isNaN(end.getTime()) ? null : end.toISOString()
}

type Body = InputOf<typeof contract.createApplicationPassword>['body']

export function requestOf(draft: GrantDraft, texts: GrantTexts, nowMs: number): Body {
	return {
		name: texts.name.trim(),
		...grantOf(draft),
		connectors: draft.connectors === 'all' ? 'all' : [...draft.connectorIds],
		addresses: texts.addresses.split(/[\s,;、]+/).filter((address) => address !== ''),
		requestsPerMinute: draft.requestsPerMinute,
		writesPerDay: draft.writesPerDay,
		expiresAt: expiryOf(draft.expiry, texts.expiresOn, nowMs),
		...(draft.preset === 'everything' ? { confirmEverything: draft.isEverythingConfirmed } : {}),
	}
}

function grantOf({ preset, scopes: chosen, pluginScopes }: GrantDraft): Pick<Body, 'preset' | 'scopes'> {
	if (preset === 'custom') return { preset: null, scopes: fewest(chosen) }
	if (preset === 'everything' && pluginScopes.length > 0)
		return { preset: null, scopes: ['site:everything', ...fewest(pluginScopes)] }
	return { preset }
}

function fewest(chosen: readonly Scope[]): Scope[] {
	const along = broughtAlong(chosen)
	return chosen.filter((scope) => !along.has(scope))
}
