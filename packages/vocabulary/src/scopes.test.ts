import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasRole, roles, type Role } from './roles.ts'
import {
	holds,
	isDangerousNamespace,
	isOfPostern,
	isScope,
	presetNames,
	presets,
	presetWithin,
	roleOf,
	scopes,
	scopesBeyond,
	scopesWithin,
	typeVerbs,
	withIncluded,
	type Scope,
} from './scopes.ts'
import { scopeText } from './texts.ts'

/** The rule in words, cell by cell, written without the table it judges. */
function mayIssue(role: Role, scope: Scope): boolean {
	if (role === 'owner') return true
	if (scope === 'site:everything' || /^(users|settings|plugins|themes|html):/.test(scope)) return false
	if (/^ns:.*:write$/.test(scope)) return false
	if (role === 'admin') return true
	if (scope.startsWith('ns:')) return false
	if (scope.endsWith(':read')) return true
	if (isOfPostern(scope) || role === 'viewer') return false
	return scope.startsWith('media:') || /:(draft|write|publish|others)$/.test(scope)
}

const dynamic: readonly Scope[] = [
	...typeVerbs.map((verb): Scope => `types:books:${verb}`),
	'ns:wc/v3:read',
	'ns:wc/v3:write',
]
const cells = roles.flatMap((role) => [...scopes, ...dynamic].map((scope) => [role, scope] as const))

describe('what a role may issue', () => {
	it.each(cells)('%s, %s', (role, scope) => {
		expect(hasRole(role, roleOf(scope))).toBe(mayIssue(role, scope))
		expect(scopesBeyond(role, [scope])).toEqual(mayIssue(role, scope) ? [] : [scope])
		expect(scopesWithin(role, [scope]).has(scope)).toBe(mayIssue(role, scope))
	})

	it('leaves the narrower ones of a password whose owner fell to viewer', () => {
		expect([...scopesWithin('viewer', ['posts:publish', 'posts:delete', 'users:read'])]).toEqual(['posts:read'])
	})

	it('leaves an administrator everything but what only owners may, of Everything', () => {
		const left = scopesWithin('admin', ['site:everything'])
		expect(left.has('posts:delete')).toBe(true)
		expect([...left].filter((scope) => /^(users|settings|plugins|themes|html|site:every)/.test(scope))).toEqual([])
	})
})

const someScopes = fc.uniqueArray(fc.constantFrom(...scopes, ...dynamic))

describe('scopes', () => {
	it('include what is narrower: publish, write, draft, read', () => {
		expect([...withIncluded(['posts:publish'])]).toEqual(['posts:publish', 'posts:write', 'posts:draft', 'posts:read'])
		expect([...withIncluded(['posts:delete'])]).toEqual(['posts:delete'])
	})

	it('never come to more with less', () => {
		fc.assert(
			fc.property(someScopes, fc.constantFrom(...roles), (granted, role) => {
				const all = scopesWithin(role, granted)
				return [...scopesWithin(role, granted.slice(1))].every((scope) => all.has(scope))
			}),
		)
	})

	it('never come to more with a lower role', () => {
		fc.assert(
			fc.property(someScopes, fc.constantFrom(...roles), fc.constantFrom(...roles), (granted, one, other) => {
				if (!hasRole(one, other)) return true
				const higher = scopesWithin(one, granted)
				return [...scopesWithin(other, granted)].every((scope) => higher.has(scope))
			}),
		)
	})

	it('of Postern are in no preset, and not in Everything', () => {
		for (const preset of presetNames) expect([...withIncluded(presets[preset])].filter(isOfPostern)).toEqual([])
	})
})

describe('scopes that only some sites have', () => {
	it.each([
		'types:books:read',
		'types:wp_thing-2:others',
		'ns:wc/v3:read',
		'ns:mcp:write',
		'ns:my.plugin/v1.0/deep:read',
	])('%s is one', (text) => {
		expect(isScope(text)).toBe(true)
	})

	it.each([
		'types::read',
		'types:Books:read',
		'types:a/b:read',
		'types:books',
		'types:books:manage',
		'types:books:read ',
		'types:a:b:read',
		`types:${'a'.repeat(65)}:read`,
		'ns::read',
		'ns:wc/v3:draft',
		'ns:WC/v3:read',
		'ns:/wc:read',
		'ns:wc/:read',
		'ns:wc//v3:read',
		`ns:${'a'.repeat(101)}:read`,
		'ns:a b:read',
		'posts:',
		'constructor',
		'types:books:read:read',
	])('%s is none', (text) => {
		expect(isScope(text)).toBe(false)
	})

	it('include what is narrower, of the same type only', () => {
		expect([...withIncluded(['types:books:write'])]).toEqual([
			'types:books:write',
			'types:books:draft',
			'types:books:read',
		])
		expect([...withIncluded(['ns:wc/v3:write'])]).toEqual(['ns:wc/v3:write', 'ns:wc/v3:read'])
		expect([...withIncluded(['types:books:delete', 'types:books:others'])]).toHaveLength(2)
	})

	it('T32 are below Everything if of a custom type, but a namespace only where it is ticked', () => {
		const all = scopesWithin('owner', ['site:everything'])
		expect(typeVerbs.every((verb) => holds(all, `types:books:${verb}`))).toBe(true)
		expect([holds(all, 'ns:wc/v3:read'), holds(all, 'ns:mcp:write')]).toEqual([false, false])
		expect(holds(scopesWithin('owner', ['site:everything', 'ns:wc/v3:write']), 'ns:wc/v3:read')).toBe(true)
		expect(holds(scopesWithin('owner', ['posts:publish']), 'types:books:read')).toBe(false)
		expect(holds(scopesWithin('admin', ['site:everything']), 'types:books:read')).toBe(false)
	})

	it('are labelled where they can run anything', () => {
		expect(
			['mcp', 'mcp/v1', 'wp-abilities/v1', 'graphql', 'wp-graphql/v1'].filter((name) => !isDangerousNamespace(name)),
		).toEqual([])
		expect(['wc/v3', 'contact-form-7/v1', 'yoast/v1'].filter(isDangerousNamespace)).toEqual([])
		expect(scopeText('ns:mcp:write', 'en')).toMatch(/as good as everything/)
		expect(scopeText('ns:wc/v3:read', 'ja')).toContain('wc/v3')
		expect(scopeText('types:books:others', 'en')).toBe('Also touch books of other authors.')
	})
})

describe('a preset', () => {
	it('Author and Drafts only keep to their own posts; Editor and Everything do not', () => {
		const reaching = presetNames.filter((preset) => withIncluded(presets[preset]).has('posts:others'))
		expect(reaching).toEqual(['editor', 'everything'])
	})

	it('T31 stores no scripts, but for Everything', () => {
		expect(presetNames.filter((preset) => withIncluded(presets[preset]).has('html:unfiltered'))).toEqual(['everything'])
	})
})

describe('a preset as far as a role reaches', () => {
	it.each(roles.flatMap((role) => presetNames.map((preset) => [role, preset] as const)))('%s, %s', (role, preset) => {
		const offered = presetWithin(role, preset)
		expect(scopesBeyond(role, offered)).toEqual([])
		expect(scopesWithin(role, offered)).toEqual(scopesWithin(role, presets[preset]))
	})
})
