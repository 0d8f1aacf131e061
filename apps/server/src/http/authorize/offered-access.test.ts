import { roles, scopesBeyond, scopesWithin, withIncluded, type Scope } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { readAskedAccess } from './asked-access.ts'
import { offerExpiries, unitsOf } from './expiries.ts'
import { offerAccess } from './offered-access.ts'
import { readChoice } from './read-choice.ts'

const asking = (query: string, ...all: (typeof roles)[number][]) =>
	readAskedAccess(query, all.length === 0 ? ['owner'] : all)

describe('what an application asks for', () => {
	it('is read from names with spaces between them, and seconds', () => {
		expect(asking('scope=posts:draft%20media:read+media:read&expires_in=3600').access).toEqual({
			scopes: ['posts:draft', 'media:read'],
			expiresInSeconds: 3600,
			site: undefined,
		})
		expect(asking('app_name=x').access).toEqual({ scopes: undefined, expiresInSeconds: undefined, site: undefined })
		expect(asking('scope=&expires_in=').access).toEqual({
			scopes: undefined,
			expiresInSeconds: undefined,
			site: undefined,
		})
	})

	it.each([
		['scope=posts:everything', 'scope_unknown'],
		['scope=constructor', 'scope_unknown'],
		['expires_in=59', 'expires_in_format'],
		['expires_in=-3600', 'expires_in_format'],
		['expires_in=1e4', 'expires_in_format'],
		['expires_in=999999999', 'expires_in_format'],
		['expires_in=60&expires_in=3600', 'duplicate_param'],
	])('is refused where it cannot be: %s', (query, code) => {
		expect(asking(query).faults.map((fault) => fault.code)).toEqual([code])
	})

	it('has to be within the role in at least one workspace', () => {
		expect(asking('scope=posts:draft', 'viewer').faults).toEqual([
			{ code: 'scope_beyond_role', scope: 'posts:draft', needed: 'editor' },
		])
		expect(asking('scope=posts:draft', 'viewer', 'editor').faults).toEqual([])
	})
})

describe('what is offered', () => {
	const asked: (readonly Scope[] | undefined)[] = [
		undefined,
		['posts:draft'],
		['posts:publish', 'media:write'],
		['site:everything'],
		['site:everything', 'postern:connectors:read'],
		['postern:activity:read'],
	]
	const cells = roles.flatMap((role) => asked.map((scopes) => [role, scopes] as const))

	it.each(cells)(
		'%s, %j: never more than asked or than the role may give; everything never preselected',
		(role, scopes) => {
			const { choices, preselected, tickable } = offerAccess(role, scopes)
			expect(choices).toContain(preselected)
			expect(preselected).not.toBe('everything')
			expect(preselected === 'asked' && scopes?.includes('site:everything')).toBe(false)
			expect(scopesBeyond(role, tickable)).toEqual([])
			const limit = scopes && withIncluded(scopes)
			expect(tickable.every((scope) => limit === undefined || limit.has(scope))).toBe(true)
			expect(tickable).not.toContain('site:everything')
			if (scopes === undefined) expect(tickable.some((scope) => scope.startsWith('postern:'))).toBe(false)
		},
	)

	it('is narrow where nothing is asked, and everything for whoever may give it', () => {
		expect(offerAccess('viewer', undefined).choices).toEqual(['read-only', 'custom'])
		expect(offerAccess('editor', undefined).choices).toEqual(['read-only', 'drafts-only', 'author', 'editor', 'custom'])
		expect(offerAccess('owner', undefined).choices).toContain('everything')
		for (const role of roles) expect(offerAccess(role, undefined).preselected).toBe('read-only')
	})

	it('names everything where everything is asked, and begins with reading', () => {
		const { choices, preselected } = offerAccess('owner', ['site:everything'])
		expect(choices).not.toContain('asked')
		expect([preselected, choices.includes('everything')]).toEqual(['read-only', true])
	})

	it('ends in ninety days unless the application asks for another end, and then no later', () => {
		expect(offerExpiries(undefined).preselected).toBe(90 * 86_400)
		const { expiries, preselected } = offerExpiries(10 * 86_400)
		expect(preselected).toBe(10 * 86_400)
		expect(expiries).toEqual([86_400, 7 * 86_400, 10 * 86_400])
	})

	it('says an end in whole units', () => {
		expect([60, 3600, 86_400, 90_000_000, 100_000].map(unitsOf)).toEqual([
			{ unit: 'minutes', count: 1 },
			{ unit: 'hours', count: 1 },
			{ unit: 'days', count: 1 },
			{ unit: 'hours', count: 25_000 },
			{ unit: 'minutes', count: 1667 },
		])
	})
})

describe('what is chosen', () => {
	const now = new Date('2026-11-22T12:00:00Z')
	const choose = (form: Record<string, unknown>, scopes?: readonly Scope[], role: (typeof roles)[number] = 'owner') =>
		readChoice(new Map(Object.entries(form)), {
			role,
			asked: { scopes, expiresInSeconds: undefined, site: undefined },
			now,
		})

	it('is what was preselected where a form says nothing', () => {
		expect(choose({})).toEqual({
			chosen: {
				preset: 'read-only',
				confirmEverything: false,
				connectors: 'all',
				expiresAt: '2027-02-20T12:00:00.000Z',
			},
		})
		expect(choose({}, ['posts:draft'])).toMatchObject({ chosen: { preset: null, scopes: ['posts:draft'] } })
	})

	it.each([
		[{ access: 'all' }, undefined, 'accessUnknown'],
		[{ access: 'author' }, ['posts:read'], 'accessUnknown'],
		[{ access: 'custom' }, undefined, 'nothingChosen'],
		[{ access: 'custom', scopes: ['posts:publish'] }, ['posts:draft'], 'notAsked'],
		[{ access: 'custom', scopes: ['app-passwords:manage'] }, undefined, 'notAsked'],
		[{ access: 'everything' }, undefined, 'everythingUnconfirmed'],
		[{ access: 'asked' }, ['site:everything', 'postern:activity:read'], 'everythingUnconfirmed'],
		[{ reach: 'some' }, undefined, 'noConnectorChosen'],
		[{ expires: '1' }, undefined, 'expiryUnknown'],
	] as const)('is refused beyond what was offered: %j of %j', (form, scopes, fault) => {
		expect(choose(form, scopes)).toEqual({ fault })
	})

	it('may be less than was asked, and for ever where no end was asked', () => {
		expect(choose({ access: 'custom', scopes: ['posts:read'], expires: 'never' }, ['posts:draft'])).toMatchObject({
			chosen: { scopes: ['posts:read'], expiresAt: null },
		})
	})

	it('never exceeds the role', () => {
		for (const role of roles)
			for (const access of offerAccess(role, undefined).choices.filter((choice) => choice !== 'custom')) {
				const read = choose({ access, confirm_everything: '1' }, undefined, role)
				expect('chosen' in read && read.chosen.preset).toBe(access)
			}
		expect(choose({ access: 'editor' }, undefined, 'viewer')).toEqual({ fault: 'accessUnknown' })
		expect(scopesWithin('viewer', ['posts:publish'])).toEqual(new Set(['posts:read']))
	})
})
