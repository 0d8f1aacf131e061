import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasRole, roles, type Role } from './roles.ts'
import {
	isOfPostern,
	presetNames,
	presets,
	presetWithin,
	scopeRoles,
	scopes,
	scopesBeyond,
	scopesWithin,
	withIncluded,
	type Scope,
} from './scopes.ts'

/** The rule in words, cell by cell, written without the table it judges. */
function mayIssue(role: Role, scope: Scope): boolean {
	if (role === 'owner') return true
	if (scope === 'site:everything' || /^(users|settings|plugins|themes):/.test(scope)) return false
	if (role === 'admin') return true
	if (scope.endsWith(':read')) return true
	if (isOfPostern(scope) || role === 'viewer') return false
	return scope.startsWith('media:') || /:(draft|write|publish)$/.test(scope)
}

const cells = roles.flatMap((role) => scopes.map((scope) => [role, scope] as const))

describe('what a role may issue', () => {
	it.each(cells)('%s, %s', (role, scope) => {
		expect(hasRole(role, scopeRoles[scope])).toBe(mayIssue(role, scope))
		expect(scopesBeyond(role, [scope])).toEqual(mayIssue(role, scope) ? [] : [scope])
		expect(scopesWithin(role, [scope]).has(scope)).toBe(mayIssue(role, scope))
	})

	it('leaves the narrower ones of a password whose owner fell to viewer', () => {
		expect([...scopesWithin('viewer', ['posts:publish', 'posts:delete', 'users:read'])]).toEqual(['posts:read'])
	})

	it('leaves an administrator everything but what only owners may, of Everything', () => {
		const left = scopesWithin('admin', ['site:everything'])
		expect(left.has('posts:delete')).toBe(true)
		expect([...left].filter((scope) => /^(users|settings|plugins|themes|site:every)/.test(scope))).toEqual([])
	})
})

const someScopes = fc.uniqueArray(fc.constantFrom(...scopes))

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

describe('a preset as far as a role reaches', () => {
	it.each(roles.flatMap((role) => presetNames.map((preset) => [role, preset] as const)))('%s, %s', (role, preset) => {
		const offered = presetWithin(role, preset)
		expect(scopesBeyond(role, offered)).toEqual([])
		expect(scopesWithin(role, offered)).toEqual(scopesWithin(role, presets[preset]))
	})
})
