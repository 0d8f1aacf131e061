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
	'posts:others': 'editor',
	'pages:read': 'viewer',
	'pages:draft': 'editor',
	'pages:write': 'editor',
	'pages:publish': 'editor',
	'pages:delete': 'admin',
	'pages:others': 'editor',
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
	'html:unfiltered': 'owner',
	'site:everything': 'owner',
	// Postern itself; in no preset.
	'app-passwords:manage': 'admin',
	'postern:connectors:read': 'viewer',
	'postern:connectors:manage': 'admin',
	'postern:passwords:read': 'viewer',
	'postern:passwords:manage': 'admin',
	'postern:activity:read': 'viewer',
} as const satisfies Record<string, Role>

export type StaticScope = keyof typeof scopeRoles
/** Of a custom post type, by the base of its routes. */
export type TypeScope = `types:${string}:${TypeVerb}`
/** Of a plugin's routes: `ns:wc/v3:read`. */
export type NamespaceScope = `ns:${string}:${NamespaceVerb}`
export type Scope = StaticScope | TypeScope | NamespaceScope

/** Those that every site has, and those of Postern. */
export const scopes = Object.keys(scopeRoles).filter(isStaticScope)

/** What concerns Postern, not a site. */
export type PosternScope = Extract<StaticScope, `postern:${string}`>

export const typeVerbs = ['read', 'draft', 'write', 'publish', 'delete', 'others'] as const
export type TypeVerb = (typeof typeVerbs)[number]
export const namespaceVerbs = ['read', 'write'] as const
export type NamespaceVerb = (typeof namespaceVerbs)[number]

/** Every scope also grants those it names here, and theirs. `delete` stands alone. */
const included: Partial<Record<StaticScope, readonly StaticScope[]>> = {
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
		'posts:others',
		'pages:publish',
		'pages:delete',
		'pages:others',
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
} as const satisfies Record<string, readonly StaticScope[]>

export type Preset = keyof typeof presets
export const presetNames = Object.keys(presets).filter((name): name is Preset => Object.hasOwn(presets, name))

export function isScope(text: string): text is Scope {
	return isStaticScope(text) || readDynamic(text) !== undefined
}

export function isStaticScope(text: string): text is StaticScope {
	return Object.hasOwn(scopeRoles, text)
}

/** What a scope that only some sites have is about; undefined for any other text. */
export type DynamicScope =
	| { readonly kind: 'types'; readonly base: string; readonly verb: TypeVerb }
	| { readonly kind: 'ns'; readonly namespace: string; readonly verb: NamespaceVerb }

export function readDynamic(text: string): DynamicScope | undefined {
	if (text.length > 120) return undefined
	const end = text.lastIndexOf(':')
	const name = text.slice(text.indexOf(':') + 1, end)
	const verb = text.slice(end + 1)
	if (text.startsWith('types:') && isTypeBase(name) && isOneOf(verb, typeVerbs))
		return { kind: 'types', base: name, verb }
	if (text.startsWith('ns:') && isNamespace(name) && isOneOf(verb, namespaceVerbs))
		return { kind: 'ns', namespace: name, verb }
	return undefined
}

/** A base of routes that a scope can name. */
export function isTypeBase(text: string): boolean {
	return /^[a-z0-9_-]{1,64}$/.test(text)
}

/** A namespace of routes that a scope can name; in lower case, because WordPress takes any. */
export function isNamespace(text: string): boolean {
	return text.length <= 100 && text.split('/').every((segment) => /^[a-z0-9_.-]+$/.test(segment))
}

/** Namespaces whose routes can run anything: as good as everything. */
export function isDangerousNamespace(namespace: string): boolean {
	const [first = ''] = namespace.split('/')
	return dangerousNamespaces.some((name) => first === name || first.startsWith(`${name}-`))
}

const dangerousNamespaces = [
	'mcp',
	'wp-abilities',
	'graphql',
	'wp-graphql',
	'wpgraphql',
	'code-snippets',
	'wp-cli',
	'jetpack',
	'file-manager',
	'elementor',
	'bricks',
	'ai1wm',
	'updraftplus',
	'mainwp',
	'wpvivid',
]

/** Whether it is about Postern and its passwords: never part of *Everything*, and its issue wants a fresh proof. */
export function isOfPostern(scope: Scope): boolean {
	return scope.startsWith('postern:') || scope === 'app-passwords:manage'
}

/** The least role of an owner for it: custom types are as posts, and what plugins do is beyond what we can know. */
export function roleOf(scope: Scope): Role {
	if (isStaticScope(scope)) return scopeRoles[scope]
	const dynamic = readDynamic(scope)
	if (dynamic?.kind === 'types') return scopeRoles[`posts:${dynamic.verb}`]
	return dynamic?.verb === 'read' ? 'admin' : 'owner'
}

/** These scopes and all that they include, as far as that can be listed: see `holds`. */
export function withIncluded(granted: readonly Scope[]): ReadonlySet<Scope> {
	const all = new Set<Scope>(granted)
	// A set goes on to what is added while it is walked.
	for (const scope of all) for (const more of includedIn(scope)) all.add(more)
	return all
}

function includedIn(scope: Scope): readonly Scope[] {
	if (isStaticScope(scope)) return included[scope] ?? []
	const dynamic = readDynamic(scope)
	if (dynamic?.kind === 'ns') return dynamic.verb === 'write' ? [`ns:${dynamic.namespace}:read`] : []
	const narrower = dynamic && verbBelow[dynamic.verb]
	return dynamic === undefined || narrower === undefined ? [] : [`types:${dynamic.base}:${narrower}`]
}

const verbBelow: Partial<Record<TypeVerb, TypeVerb>> = { publish: 'write', write: 'draft', draft: 'read' }

/**
 * Whether scopes as they come out of `scopesWithin` reach another: *Everything* reaches every custom type, but a namespace
 * only where that is granted, too.
 */
export function holds(granted: ReadonlySet<Scope>, wanted: Scope): boolean {
	return granted.has(wanted) || (granted.has('site:everything') && wanted.startsWith('types:'))
}

/** What is left of granted scopes for an owner of this role, included ones written out. */
export function scopesWithin(role: Role, granted: readonly Scope[]): ReadonlySet<Scope> {
	return new Set([...withIncluded(granted)].filter((scope) => hasRole(role, roleOf(scope))))
}

/** Those of the wanted scopes that an owner of this role may not issue. */
export function scopesBeyond(role: Role, wanted: readonly Scope[]): readonly Scope[] {
	return wanted.filter((scope) => !hasRole(role, roleOf(scope)))
}

/** A preset as far as the role reaches, written with the fewest scopes. */
export function presetWithin(role: Role, preset: Preset): readonly Scope[] {
	const reached = [...scopesWithin(role, presets[preset])]
	return reached.filter((scope) => !reached.some((other) => other !== scope && withIncluded([other]).has(scope)))
}

function isOneOf<Name extends string>(text: string, names: readonly Name[]): text is Name {
	return names.some((name) => name === text)
}
