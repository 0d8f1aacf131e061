import { ok, presetNames, presets, roles, scopes, scopesWithin, withIncluded, type Role } from '@postern/vocabulary'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isApiLoginAllowed } from './api-login.ts'
import { findWider, readWanted, type CallersPassword } from './wanted-password.ts'

const noPage = ok({ connectors: [], total: 0, nextCursor: null })
const noConnectors = {
	connectors: { find: async () => undefined, page: async () => noPage },
} as unknown as Parameters<typeof readWanted>[2] // nothing else of it is asked here
const read = (typed: object, role: Role) =>
	readWanted({ name: 'x', ...typed }, { role, workspaceId: 'ws_a' }, noConnectors)

describe('a preset', () => {
	const cells = roles.flatMap((role) => presetNames.map((preset) => ({ role, preset })))

	it.each(cells)('$preset of a $role grants what both allow', async ({ role, preset }) => {
		const wanted = await read({ preset, confirmEverything: true }, role)
		if (!wanted.ok) throw new Error(wanted.problem.code)
		const { grants } = wanted.value
		expect(grants.preset).toBe(preset)
		expect(new Set(withIncluded(grants.scopes))).toEqual(new Set(scopesWithin(role, presets[preset])))
	})

	it('is named for scopes that are all of it, and for no others', async () => {
		const named = async (typed: object) => {
			const wanted = await read(typed, 'owner')
			return wanted.ok ? wanted.value.grants.preset : wanted.problem.code
		}
		expect(await named({ preset: 'drafts-only', scopes: [...presets['drafts-only']].toReversed() })).toBe('drafts-only')
		expect(await named({ preset: 'drafts-only', scopes: ['posts:draft'] })).toBeNull()
		expect(await named({ scopes: [...presets['drafts-only']] })).toBeNull()
		expect(await named({})).toBe('read-only')
		expect(await named({ scopes: [] })).toBeNull()
	})
})

const someScopes = fc.subarray([...scopes])
const limit = fc.option(fc.integer({ min: 1, max: 5 }))
const width = fc.record({
	scopes: someScopes,
	connectors: fc.oneof(fc.constant('all' as const), fc.subarray(['con_a', 'con_b', 'con_c'])),
	addresses: fc.subarray(['192.0.2.0/24', '198.51.100.7']),
	expires: fc.option(fc.integer({ min: 1, max: 5 }).map((day) => new Date(Date.UTC(2027, 0, day)))),
	requestsPerMinute: limit,
	writesPerDay: limit,
})
type Width = typeof width extends fc.Arbitrary<infer T> ? T : never

function callerOf({
	scopes: granted,
	connectors,
	addresses,
	expires,
	requestsPerMinute,
	writesPerDay,
}: Width): CallersPassword {
	const grants = { preset: null, scopes: granted, connectors, writesPerDay }
	return { grants, expires, addresses, requestsPerMinute, scopes: withIncluded(granted) }
}

/** Whether a request passes: one scope, connector, address, day, and a count each for a minute and a day. */
const request = fc.record({
	scope: fc.constantFrom(...scopes),
	connector: fc.constantFrom('con_a', 'con_b', 'con_c', 'con_d'),
	address: fc.constantFrom('192.0.2.0/24', '198.51.100.7', 'elsewhere'),
	at: fc.integer({ min: 1, max: 6 }).map((day) => new Date(Date.UTC(2027, 0, day))),
	count: fc.integer({ min: 1, max: 6 }),
})
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never

function passes(
	{ scopes: granted, connectors, addresses, expires, requestsPerMinute, writesPerDay }: Width,
	asked: Request,
): boolean {
	return (
		withIncluded(granted).has(asked.scope) &&
		(connectors === 'all' || connectors.includes(asked.connector)) &&
		(addresses.length === 0 || addresses.includes(asked.address)) &&
		(expires === null || asked.at < expires) &&
		asked.count <= (requestsPerMinute ?? Infinity) &&
		asked.count <= (writesPerDay ?? Infinity)
	)
}

describe('an application password made by another', () => {
	it('lets nothing through that the other would not', () => {
		fc.assert(
			fc.property(width, width, request, (child, parent, asked) => {
				const isWider = findWider(callerOf(child), callerOf(parent)) !== undefined
				expect(!isWider && passes(child, asked) && !passes(parent, asked)).toBe(false)
			}),
			{ numRuns: 2_000 },
		)
	})

	it('may be the same as the other', () => {
		fc.assert(fc.property(width, (one) => findWider(callerOf(one), callerOf(one)) === undefined))
	})
})

describe('the scopes that count', () => {
	it('are those of the role at this moment, never more than were granted', () => {
		fc.assert(
			fc.property(someScopes, fc.constantFrom(...roles), (granted, memberRole) => {
				const effective = scopesWithin(memberRole, granted)
				expect(new Set(scopesWithin(memberRole, [...effective]))).toEqual(effective)
				for (const scope of effective) expect(withIncluded(granted)).toContain(scope)
			}),
		)
	})
})

describe('API requests while two-factor is on', () => {
	it.each([
		['each-decides', null, true],
		['each-decides', true, true],
		['each-decides', false, false],
		['allowed', null, true],
		['allowed', false, true],
		['refused', null, false],
		['refused', true, false],
	] as const)('with the rule %s and the own choice %s: %s', (apiLoginRule, apiLogin, allowed) => {
		expect(isApiLoginAllowed({ hasSecondFactor: true, apiLogin, apiLoginRule })).toBe(allowed)
		expect(isApiLoginAllowed({ hasSecondFactor: false, apiLogin, apiLoginRule })).toBe(true)
	})
})
