import {
	hasRole,
	isOfPostern,
	isStaticScope,
	presetNames,
	presetWithin,
	scopes,
	scopesWithin,
	withIncluded,
	type Preset,
	type Role,
	type Scope,
} from '@postern/vocabulary'
import type { AskedAccess } from './asked-access.ts'

/** A preset, all that was asked for, or scopes ticked one by one. */
export type AccessChoice = Preset | 'asked' | 'custom'

export type OfferedAccess = {
	readonly choices: readonly AccessChoice[]
	/** The narrow one, or what was asked for; never everything. */
	readonly preselected: AccessChoice
	/** What may be ticked. */
	readonly tickable: readonly Scope[]
}

/** What can be done on the sites there are to choose from. */
export type OfSites = {
	readonly offered: ReadonlySet<Scope>
	/** Of several, what only some have would be a long list: it is shown to whoever is asked for it by name. */
	readonly isOneSite: boolean
}

/**
 * What somebody of this role may give to an application that asks for this: never more than it asks for, and nothing that none
 * of the sites can do, if that is known.
 */
export function offerAccess(role: Role, asked: AskedAccess['scopes'], sites?: OfSites): OfferedAccess {
	const limit = asked === undefined ? undefined : withIncluded(asked)
	const presets = presetNames.filter((preset) => isMeaningful(role, preset) && isWithin(role, preset, limit))
	const asksAll = asked?.includes('site:everything') === true
	// Everything by its own name says more than "what it asks for".
	const isPlain = asked === undefined || (asksAll && asked.length === 1)
	const choices: AccessChoice[] = [...(isPlain ? [] : ['asked' as const]), ...presets, 'custom']
	const ofOne = sites?.isOneSite === true ? [...sites.offered].filter((scope) => !isStaticScope(scope)) : []
	const reached = scopesWithin(role, asked ?? [...scopes.filter((scope) => !isOfPostern(scope)), ...ofOne])
	const isOffered = (scope: Scope) => sites === undefined || isOfPostern(scope) || sites.offered.has(scope)
	const named = [...scopes, ...[...reached].filter((scope) => !isStaticScope(scope))]
	const narrow = choices.find((choice) => choice !== 'asked' && choice !== 'everything') ?? 'custom'
	return {
		choices,
		preselected: asked === undefined || asksAll ? narrow : 'asked',
		tickable: named.filter((scope) => reached.has(scope) && isOffered(scope) && scope !== 'site:everything'),
	}
}

/** A preset that a role cuts down to something else is not offered under its name. */
function isMeaningful(role: Role, preset: Preset): boolean {
	return hasRole(role, leastRoles[preset])
}

const leastRoles: Readonly<Record<Preset, Role>> = {
	'read-only': 'viewer',
	'drafts-only': 'editor',
	author: 'editor',
	editor: 'editor',
	everything: 'admin',
}

function isWithin(role: Role, preset: Preset, limit: ReadonlySet<Scope> | undefined): boolean {
	return limit === undefined || presetWithin(role, preset).every((scope) => limit.has(scope))
}
