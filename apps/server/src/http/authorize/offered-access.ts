import {
	hasRole,
	isOfPostern,
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

/** What somebody of this role may give to an application that asks for this: never more than it asks for. */
export function offerAccess(role: Role, asked: AskedAccess['scopes']): OfferedAccess {
	const limit = asked === undefined ? undefined : withIncluded(asked)
	const presets = presetNames.filter((preset) => isMeaningful(role, preset) && isWithin(role, preset, limit))
	const asksAll = asked?.includes('site:everything') === true
	// Everything by its own name says more than "what it asks for".
	const isPlain = asked === undefined || (asksAll && asked.length === 1)
	const choices: AccessChoice[] = [...(isPlain ? [] : ['asked' as const]), ...presets, 'custom']
	const reached = scopesWithin(role, asked ?? scopes.filter((scope) => !isOfPostern(scope)))
	const narrow = choices.find((choice) => choice !== 'asked' && choice !== 'everything') ?? 'custom'
	return {
		choices,
		preselected: asked === undefined || asksAll ? narrow : 'asked',
		tickable: scopes.filter((scope) => reached.has(scope) && scope !== 'site:everything'),
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
