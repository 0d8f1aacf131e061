import { holds, roles, scopes, scopesWithin, type Scope } from '@postern/vocabulary'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Access, Principal } from './access.ts'
import { decide } from './decide.ts'
import { ask, callerWith, request, said, site } from './decide.testing.ts'
import { refuseUnmet } from './refuse-unmet.ts'

const siteScopes = [...scopes, 'types:books:draft', 'types:books:publish', 'ns:wc/v3:write'] as const
const someScopes = fc.uniqueArray(fc.constantFrom<Scope>(...siteScopes), { maxLength: 6 })
const own = { id: 7, lookUp: { kind: 'rest', restBase: 'posts' }, isOwn: true } as const
const someNeed = fc.record(
	{ scopes: fc.uniqueArray(fc.constantFrom<Scope>(...siteScopes), { maxLength: 2 }), when: fc.constant(own) },
	{ requiredKeys: ['scopes'] },
)
const someAccesses = fc.array(
	fc.record<Access, 'needs' | 'isWrite'>(
		{ needs: fc.array(someNeed, { maxLength: 3 }), isWrite: fc.boolean(), embeds: fc.constant('author') },
		{ requiredKeys: ['needs', 'isWrite'] },
	),
	{ maxLength: 4 },
)
const asked = (accesses: readonly Access[]) => ({ request: 'x', accesses })

describe('decide', () => {
	it('never permits more when less is granted', () => {
		fc.assert(
			fc.property(someScopes, someAccesses, (granted, accesses) => {
				const fewer = decide(callerWith(...granted.slice(1)), 'c', asked(accesses))
				const all = decide(callerWith(...granted), 'c', asked(accesses))
				expect(fewer.ok && !all.ok).toBe(false)
				if (!fewer.ok || !all.ok) return
				expect(fewer.value.leftOut).toEqual(expect.arrayContaining([...all.value.leftOut]))
				// What is added to an answer may bring its own condition along.
				if (fewer.value.leftOut.length !== all.value.leftOut.length) return
				expect(all.value.conditions.length).toBeLessThanOrEqual(fewer.value.conditions.length)
			}),
		)
	})

	it('never names a scope in a permit that is not granted', () => {
		fc.assert(
			fc.property(someScopes, someAccesses, (granted, accesses) => {
				const permit = decide(callerWith(...granted), 'c', asked(accesses))
				const all = scopesWithin('owner', granted)
				return !permit.ok || permit.value.scopes.every((scope) => holds(all, scope))
			}),
		)
	})

	it('refuses what nothing admits to, and what does nothing', () => {
		const everyone: readonly Principal[] = [
			callerWith(...scopes),
			...roles.map((role) => ({ kind: 'member', role }) as const),
			{ kind: 'postern', purpose: 'health' },
		]
		for (const principal of everyone) {
			expect(decide(principal, 'c', asked([{ needs: [], isWrite: false }]))).toMatchObject({
				problem: { code: 'application-password/not-allowed-here' },
			})
			expect(decide(principal, 'c', asked([]))).toMatchObject({
				problem: { code: 'application-password/not-allowed-here' },
			})
		}
	})

	it('keeps to the connectors of a password, and says no more of the others than of none', () => {
		const caller: Principal = { kind: 'caller', scopes: scopesWithin('owner', ['posts:read']), connectors: ['a'] }
		const reading = asked([{ needs: [{ scopes: ['posts:read'] }], isWrite: false }])
		expect(decide(caller, 'a', reading).ok).toBe(true)
		expect(decide(caller, 'b', reading)).toMatchObject({ problem: { code: 'request/not-found' } })
	})

	it('refuses all where one thing is not granted', () => {
		const reading = { needs: [{ scopes: ['posts:read'] }], isWrite: false } as const
		const writing = { needs: [{ scopes: ['pages:write'] }], isWrite: true } as const
		expect(decide(callerWith('posts:read'), 'c', asked([reading, writing]))).toMatchObject({
			problem: { code: 'application-password/scope-missing', params: { scope: 'pages:write' } },
		})
	})

	it('names all the scopes that are missing, each once, and none of what is granted or may be left out', () => {
		const asking = (...needed: readonly Scope[]): Access => ({ needs: [{ scopes: needed }], isWrite: true })
		const wanted = [
			asking('posts:read'),
			asking('posts:publish', 'media:write'),
			{ needs: [{ scopes: ['users:read'] }], isWrite: false, embeds: 'author' },
			asking('media:write', 'terms:write'),
		] as const
		expect(decide(callerWith('posts:read'), 'c', asked(wanted))).toMatchObject({
			problem: { params: { scope: 'posts:publish, media:write, terms:write' } },
		})
	})

	it('drops conditions where a need without one is granted', () => {
		const access: Access = {
			needs: [{ scopes: ['posts:others'] }, { scopes: ['posts:read'], when: own }],
			isWrite: true,
		}
		expect(decide(callerWith('posts:read'), 'c', asked([access]))).toMatchObject({ value: { conditions: [[own]] } })
		expect(decide(callerWith('posts:read', 'posts:others'), 'c', asked([access]))).toMatchObject({
			value: { conditions: [], scopes: ['posts:others'], isWrite: true },
		})
	})

	it.each([
		['viewer', 'GET', '/wp/v2/posts', 'free'],
		['viewer', 'POST', '/wp/v2/posts', 'application-password/scope-missing posts:draft'],
		['editor', 'POST', '/wp/v2/posts', 'free'],
		['admin', 'GET', '/wp/v2/users', 'application-password/scope-missing users:read'],
		['owner', 'GET', '/wp/v2/users', 'free'],
		['owner', 'POST', '/wp/v2/users/me/application-passwords', 'application-password/not-allowed-here'],
	] as const)('holds a member to the role: %s %s %s is %s', (role, method, route, outcome) => {
		expect(said(ask({ kind: 'member', role }, request(method, route)))).toBe(outcome)
	})

	it.each([
		['GET', '/wp/v2/users/me', true],
		['GET', '/wp/v2/posts', true],
		['GET', '/', true],
		['POST', '/wp/v2/posts', false],
		['GET', '/wp/v2/settings', false],
		['GET', '/wc/v3/orders', false],
	] as const)('lets Postern look for itself, and no more: %s %s %s', (method, route, isPermitted) => {
		expect(ask({ kind: 'postern', purpose: 'health' }, request(method, route)).ok).toBe(isPermitted)
	})
})

describe('a condition', () => {
	const condition = { id: 7, lookUp: { kind: 'xml-rpc' }, types: ['post'], statuses: ['draft'], isOwn: true } as const
	it.each([
		[{ type: 'post', status: 'draft', authorId: 3 }, undefined],
		[{ type: 'post', status: 'publish', authorId: 3 }, 'application-password/drafts-only'],
		[{ type: 'post', status: 'draft', authorId: 4 }, 'application-password/not-own'],
		[{ type: 'page', status: 'draft', authorId: 3 }, 'application-password/wrong-type'],
		[undefined, 'request/not-found'],
	] as const)('on %j ends with %s', (found, code) => {
		const outcome = refuseUnmet(condition, found, site)
		expect(outcome.ok ? undefined : outcome.problem.code).toBe(code)
	})

	it('without members holds for any post', () => {
		const { id, lookUp } = condition
		expect(refuseUnmet({ id, lookUp }, { type: 'x', status: 'publish', authorId: 9 }, site).ok).toBe(true)
	})
})
