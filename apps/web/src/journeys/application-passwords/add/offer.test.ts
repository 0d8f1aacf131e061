import type { Scope } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { isOffered, offerOf } from './offer.ts'

const any = () => true
const garden = {
	postTypes: [{ restBase: 'recipes', name: 'Recipes', slug: 'recipe' }],
	offeredScopes: ['posts:read', 'posts:draft', 'types:recipes:read', 'ns:wc/v3:read', 'ns:wc/v3:write'] as Scope[],
}
const kitchen = { postTypes: [], offeredScopes: ['posts:read', 'posts:publish', 'ns:mcp:write'] as Scope[] }
const some = { connectors: 'some', scopes: [] as Scope[], pluginScopes: [] as Scope[] } as const

describe('what the chosen connectors offer', () => {
	it('is what any of them can do, and no more', () => {
		const offer = offerOf(some, [garden, kitchen], any)
		expect(isOffered(offer, 'posts:publish')).toBe(true)
		expect(isOffered(offer, 'posts:delete')).toBe(false)
		expect(isOffered(offerOf(some, [garden], any), 'posts:publish')).toBe(false)
	})

	it('never stands in the way of a scope of Postern', () => {
		expect(isOffered(offerOf(some, [garden], any), 'postern:activity:read')).toBe(true)
	})

	it('shuts nothing out for all connectors, because later ones may offer it', () => {
		expect(isOffered(offerOf({ ...some, connectors: 'all' }, [garden], any), 'posts:delete')).toBe(true)
	})

	it('shuts nothing out before a connector is chosen', () => {
		expect(isOffered(offerOf(some, [], any), 'posts:delete')).toBe(true)
	})

	it('names custom types as the site does, and plugins by their namespaces', () => {
		const offer = offerOf(some, [garden, kitchen], any)
		expect(offer.types.map(({ name, choices }) => [name, choices.length])).toEqual([['Recipes', 6]])
		expect(offer.namespaces.map(({ name, isDangerous }) => [name, isDangerous])).toEqual([
			['mcp', true],
			['wc/v3', false],
		])
	})

	it('keeps what is chosen in sight when its connector is chosen no more, so that it can be taken away', () => {
		const chosen: Scope[] = ['types:books:read', 'ns:old/v1:read']
		const offer = offerOf({ ...some, scopes: chosen }, [kitchen], any)
		expect(offer.types.map(({ name, isThere }) => [name, isThere])).toEqual([['books', false]])
		expect(offer.namespaces.map(({ name, isThere }) => [name, isThere])).toEqual([
			['mcp', true],
			['old/v1', false],
		])
		expect(isOffered(offer, 'types:books:read')).toBe(false)
	})

	it('leaves out what the role may not issue', () => {
		const offer = offerOf(some, [garden, kitchen], (scope) => !scope.startsWith('ns:'))
		expect(offer.namespaces).toEqual([])
		expect(offer.types).toHaveLength(1)
	})
})
