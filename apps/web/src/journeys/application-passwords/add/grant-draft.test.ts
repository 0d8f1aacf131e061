import { presetNames, scopes, scopesWithin, type Role } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import {
	broughtAlong,
	customFrom,
	expiryOf,
	groupByName,
	groupByResource,
	missingIn,
	narrowDraft,
	noTexts,
	posternScopes,
	reachOf,
	requestOf,
	toggleScope,
} from './grant-draft.ts'

const issuable = (role: Role) => [...scopesWithin(role, scopes)]
const now = Date.parse('2026-11-22T12:00:00Z')

describe('the scopes to choose from', () => {
	it('are all there are: of sites by resource, of Postern apart, and Everything only as a preset', () => {
		const ofSites = groupByResource(scopes).flatMap((group) => group.verbs.map(({ scope }) => scope))
		expect(new Set([...ofSites, ...posternScopes, 'site:everything'])).toEqual(new Set(scopes))
		expect(ofSites.some((scope) => posternScopes.includes(scope))).toBe(false)
	})

	it('name custom types and plugins as the sites do, each once', () => {
		expect(groupByName(['ns:wc/v3:read', 'posts:read', 'types:recipes:draft', 'types:recipes:read'])).toEqual([
			{ name: 'wc/v3', verbs: ['read'] },
			{ name: 'recipes', verbs: ['read', 'draft'] },
		])
	})

	it('bring along what they include, and let go of nothing that another one includes', () => {
		const chosen = toggleScope([], 'posts:publish', true)
		expect(chosen).toEqual(['posts:read', 'posts:draft', 'posts:write', 'posts:publish'])
		expect(broughtAlong(chosen)).toEqual(new Set(['posts:read', 'posts:draft', 'posts:write']))
		expect(toggleScope(chosen, 'posts:publish', false)).toEqual(['posts:read', 'posts:draft', 'posts:write'])
	})
})

describe('a preset', () => {
	it('is cut down to what the role may issue, and says so', () => {
		expect(presetNames.filter((preset) => reachOf(preset, issuable('owner')).isCut)).toEqual([])
		expect(presetNames.filter((preset) => reachOf(preset, issuable('viewer')).isCut)).toEqual([
			'drafts-only',
			'author',
			'editor',
			'everything',
		])
		expect(reachOf('everything', issuable('viewer')).scopes.every((scope) => scope.endsWith(':read'))).toBe(true)
	})

	it('never contains a scope of Postern', () => {
		const reached = presetNames.flatMap((preset) => reachOf(preset, issuable('owner')).scopes)
		expect(posternScopes.filter((scope) => reached.includes(scope))).toEqual([])
	})

	it('is where choosing oneself begins', () => {
		const draft = customFrom({ ...narrowDraft, preset: 'drafts-only' }, issuable('editor'))
		expect(draft.scopes).toContain('posts:draft')
		expect(draft.scopes).not.toContain('posts:publish')
	})
})

describe('what is sent', () => {
	it('is the narrow preset and nothing more, where only a name was typed', () => {
		expect(requestOf(narrowDraft, { ...noTexts, name: ' WordPress Mobile App on iPhone 12 ' }, now)).toEqual({
			name: 'WordPress Mobile App on iPhone 12',
			preset: 'read-only',
			connectors: 'all',
			addresses: [],
			requestsPerMinute: null,
			writesPerDay: null,
			expiresAt: null,
		})
	})

	it('names the fewest scopes, and reads addresses as they are typed', () => {
		const draft = { ...narrowDraft, preset: 'custom', scopes: toggleScope([], 'posts:write', true) } as const
		const body = requestOf(draft, { ...noTexts, name: 'x', addresses: '203.0.113.7, 2001:db8::/32  ' }, now)
		expect(body).toMatchObject({ preset: null, scopes: ['posts:write'], addresses: ['203.0.113.7', '2001:db8::/32'] })
	})

	it('adds the ticked routes of plugins to Everything, which does not hold them', () => {
		const draft = { ...narrowDraft, preset: 'everything', isEverythingConfirmed: true } as const
		expect(requestOf(draft, noTexts, now)).toMatchObject({ preset: 'everything', confirmEverything: true })
		const withShop = { ...draft, pluginScopes: toggleScope([], 'ns:wc/v3:write', true) }
		expect(requestOf(withShop, noTexts, now)).toMatchObject({
			preset: null,
			scopes: ['site:everything', 'ns:wc/v3:write'],
			confirmEverything: true,
		})
	})

	it('names custom types and routes of plugins, too', () => {
		const chosen = toggleScope(toggleScope([], 'types:recipes:write', true), 'ns:wc/v3:read', true)
		const body = requestOf({ ...narrowDraft, preset: 'custom', scopes: chosen }, noTexts, now)
		expect(body.scopes).toEqual(['types:recipes:write', 'ns:wc/v3:read'])
		expect(toggleScope(chosen, 'types:recipes:write', false)).toEqual([
			'types:recipes:draft',
			'types:recipes:read',
			'ns:wc/v3:read',
		])
	})

	it('waits until Everything is confirmed, and until there are a scope, a connector and a day', () => {
		expect(missingIn(narrowDraft, noTexts)).toBeUndefined()
		expect(missingIn({ ...narrowDraft, preset: 'everything' }, noTexts)).toBe('everything')
		expect(missingIn({ ...narrowDraft, preset: 'everything', isEverythingConfirmed: true }, noTexts)).toBeUndefined()
		expect(missingIn({ ...narrowDraft, preset: 'custom' }, noTexts)).toBe('scopes')
		expect(missingIn({ ...narrowDraft, connectors: 'some' }, noTexts)).toBe('connectors')
		expect(missingIn({ ...narrowDraft, expiry: 'date' }, noTexts)).toBe('expiry')
	})

	it('lets a password live through its last day', () => {
		expect(expiryOf('never', '', now)).toBeNull()
		expect(expiryOf('7', '', now)).toBe('2026-11-29T12:00:00.000Z')
		const end = new Date(expiryOf('date', '2026-12-24', now) ?? '')
		expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2026, 11, 24, 23])
	})
})
