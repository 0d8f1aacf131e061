import { hasRole, type Role } from './roles.ts'

/**
 * What an application password may be granted, and the least role of its owner for it. A role lowered later lowers every
 * password at its next request. Viewers read; editors also draft, write, publish and handle media; administrators do
 * everything but users, settings, plugins and themes; owners do all.
 */
export const scopeRoles = {
	'posts:read': 'viewer',
	'posts:draft': 'editor',
	'posts:write': 'editor',
	'posts:publish': 'editor',
	'posts:delete': 'admin',
	'pages:read': 'viewer',
	'pages:draft': 'editor',
	'pages:write': 'editor',
	'pages:publish': 'editor',
	'pages:delete': 'admin',
	'media:read': 'viewer',
	'media:write': 'editor',
	'media:delete': 'editor',
	'comments:read': 'viewer',
	'comments:write': 'editor',
	'comments:delete': 'admin',
	'terms:read': 'viewer',
	'terms:write': 'editor',
	'terms:delete': 'admin',
	'blocks:read': 'viewer',
	'blocks:write': 'editor',
	'blocks:delete': 'admin',
	'search:read': 'viewer',
	'site:read': 'viewer',
	'users:read': 'owner',
	'users:write': 'owner',
	'users:delete': 'owner',
	'settings:read': 'owner',
	'settings:write': 'owner',
	'plugins:read': 'owner',
	'plugins:write': 'owner',
	'themes:read': 'owner',
	'themes:write': 'owner',
	'site:everything': 'owner',
	// Postern itself; in no preset.
	'app-passwords:manage': 'admin',
	'postern:connectors:read': 'viewer',
	'postern:connectors:manage': 'admin',
	'postern:passwords:read': 'viewer',
	'postern:passwords:manage': 'admin',
	'postern:activity:read': 'viewer',
} as const satisfies Record<string, Role>

export type Scope = keyof typeof scopeRoles
export const scopes = Object.keys(scopeRoles).filter(isScope)

/** What concerns Postern, not a site. */
export type PosternScope = Extract<Scope, `postern:${string}`>

/** Every scope also grants those it names here, and theirs. `delete` stands alone. */
const included: Partial<Record<Scope, readonly Scope[]>> = {
	'posts:publish': ['posts:write'],
	'posts:write': ['posts:draft'],
	'posts:draft': ['posts:read'],
	'pages:publish': ['pages:write'],
	'pages:write': ['pages:draft'],
	'pages:draft': ['pages:read'],
	'media:write': ['media:read'],
	'comments:write': ['comments:read'],
	'terms:write': ['terms:read'],
	'blocks:write': ['blocks:read'],
	'users:write': ['users:read'],
	'settings:write': ['settings:read'],
	'plugins:write': ['plugins:read'],
	'themes:write': ['themes:read'],
	'site:everything': scopes.filter((scope) => !isOfPostern(scope) && scope !== 'site:everything'),
	'postern:connectors:manage': ['postern:connectors:read'],
	'postern:passwords:manage': ['postern:passwords:read'],
}

export const presets = {
	'read-only': [
		'posts:read',
		'pages:read',
		'media:read',
		'comments:read',
		'terms:read',
		'blocks:read',
		'search:read',
		'site:read',
	],
	'drafts-only': ['posts:draft', 'media:read', 'terms:read', 'search:read', 'site:read'],
	author: ['posts:publish', 'posts:delete', 'media:write', 'terms:read', 'search:read', 'site:read'],
	editor: [
		'posts:publish',
		'posts:delete',
		'pages:publish',
		'pages:delete',
		'media:write',
		'media:delete',
		'comments:write',
		'comments:delete',
		'terms:write',
		'terms:delete',
		'blocks:write',
		'blocks:delete',
		'search:read',
		'site:read',
	],
	everything: ['site:everything'],
} as const satisfies Record<string, readonly Scope[]>

export type Preset = keyof typeof presets
export const presetNames = Object.keys(presets).filter((name): name is Preset => Object.hasOwn(presets, name))

export function isScope(text: string): text is Scope {
	return Object.hasOwn(scopeRoles, text)
}

/** Whether it is about Postern and its passwords: never part of *Everything*, and its issue wants a fresh proof. */
export function isOfPostern(scope: Scope): boolean {
	return scope.startsWith('postern:') || scope === 'app-passwords:manage'
}

/** These scopes and all that they include. */
export function withIncluded(granted: readonly Scope[]): ReadonlySet<Scope> {
	const all = new Set<Scope>(granted)
	// A set goes on to what is added while it is walked.
	for (const scope of all) for (const more of included[scope] ?? []) all.add(more)
	return all
}

/** What is left of granted scopes for an owner of this role, included ones written out. */
export function scopesWithin(role: Role, granted: readonly Scope[]): ReadonlySet<Scope> {
	return new Set([...withIncluded(granted)].filter((scope) => hasRole(role, scopeRoles[scope])))
}

/** Those of the wanted scopes that an owner of this role may not issue. */
export function scopesBeyond(role: Role, wanted: readonly Scope[]): readonly Scope[] {
	return wanted.filter((scope) => !hasRole(role, scopeRoles[scope]))
}

/** A preset as far as the role reaches, written with the fewest scopes. */
export function presetWithin(role: Role, preset: Preset): readonly Scope[] {
	const reached = [...scopesWithin(role, presets[preset])]
	return reached.filter((scope) => !reached.some((other) => other !== scope && withIncluded([other]).has(scope)))
}
