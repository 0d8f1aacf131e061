import type { ConnectorDocument } from '@postern/api/contract'
import {
	isDangerousNamespace,
	isOfPostern,
	namespaceVerbs,
	readDynamic,
	typeVerbs,
	type Scope,
} from '@postern/vocabulary'
import type { GrantDraft, Verb } from './grant-draft.ts'

type Offering = Pick<ConnectorDocument, 'postTypes' | 'offeredScopes'>

/** A part of the scopes to choose from: a resource of every site, a custom type of some, a plugin's routes. */
export type ScopeRow = {
	readonly key: string
	/** Of a custom type or namespace, as the site calls it. */
	readonly name: string
	readonly choices: readonly { readonly verb: Verb; readonly scope: Scope }[]
	/** Whether a chosen site has it. */
	readonly isThere: boolean
	readonly isDangerous: boolean
}

/** What the accounts on the chosen sites can do at all. */
export type Offer = {
	/** `undefined`: not to be told, because it is about all sites, also those added later. */
	readonly offered: ReadonlySet<Scope> | undefined
	readonly types: readonly ScopeRow[]
	readonly namespaces: readonly ScopeRow[]
}

/** Puts together what the chosen connectors offer, and what is chosen already: that can always be taken away. */
export function offerOf(
	draft: Pick<GrantDraft, 'connectors' | 'scopes' | 'pluginScopes'>,
	connectors: readonly Offering[],
	mayIssue: (scope: Scope) => boolean,
): Offer {
	const offered = new Set(connectors.flatMap(({ offeredScopes }) => offeredScopes))
	const chosen = [...draft.scopes, ...draft.pluginScopes]
	const issuable = (rows: readonly ScopeRow[]) =>
		rows
			.map((row) => ({ ...row, choices: row.choices.filter(({ scope }) => mayIssue(scope)) }))
			.filter(({ choices }) => choices.length > 0)
	return {
		offered: draft.connectors === 'all' || connectors.length === 0 ? undefined : offered,
		types: issuable(typeRows(connectors, chosen)),
		namespaces: issuable(namespaceRows(offered, chosen)),
	}
}

export function isOffered({ offered }: Pick<Offer, 'offered'>, scope: Scope): boolean {
	return offered === undefined || isOfPostern(scope) || offered.has(scope)
}

function typeRows(connectors: readonly Offering[], chosen: readonly Scope[]): readonly ScopeRow[] {
	const names = new Map(
		connectors.flatMap(({ postTypes }) => postTypes.map(({ restBase, name }) => [restBase, name] as const)),
	)
	const bases = chosen.flatMap((scope) => {
		const dynamic = readDynamic(scope)
		return dynamic?.kind === 'types' ? [dynamic.base] : []
	})
	return [...new Set([...names.keys(), ...bases])].map((base) => ({
		key: `types:${base}`,
		name: names.get(base) ?? base,
		choices: choicesOf(typeVerbs, (verb) => `types:${base}:${verb}`),
		isThere: names.has(base),
		isDangerous: false,
	}))
}

function namespaceRows(offered: ReadonlySet<Scope>, chosen: readonly Scope[]): readonly ScopeRow[] {
	const there = new Set([...offered].flatMap(namespaceOf))
	return [...new Set([...there, ...chosen.flatMap(namespaceOf)])].toSorted().map((namespace) => ({
		key: `ns:${namespace}`,
		name: namespace,
		choices: choicesOf(namespaceVerbs, (verb) => `ns:${namespace}:${verb}`),
		isThere: there.has(namespace),
		isDangerous: isDangerousNamespace(namespace),
	}))
}

function namespaceOf(scope: Scope): readonly string[] {
	const dynamic = readDynamic(scope)
	return dynamic?.kind === 'ns' ? [dynamic.namespace] : []
}

function choicesOf<V extends Verb>(of: readonly V[], scopeOf: (verb: V) => Scope): ScopeRow['choices'] {
	return of.map((verb) => ({ verb, scope: scopeOf(verb) }))
}
