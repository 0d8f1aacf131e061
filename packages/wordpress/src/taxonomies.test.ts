import { describe, expect, it } from 'vitest'
import { readTaxonomies } from './taxonomies.ts'

const genre = {
	name: 'Genres',
	slug: 'genre',
	types: ['book'],
	rest_base: 'genres',
	rest_namespace: 'wp/v2',
	visibility: { public: true },
}

describe('readTaxonomies', () => {
	it('reads custom taxonomies, and leaves out those of WordPress itself', () => {
		const taxonomies = {
			category: { ...genre, slug: 'category', rest_base: 'categories' },
			nav_menu: { ...genre, slug: 'nav_menu', rest_base: 'menus' },
			wp_pattern_category: { ...genre, slug: 'wp_pattern_category', rest_base: 'wp_pattern_category' },
			genre,
			old: { slug: 'old', rest_base: 'old' },
		}
		expect(readTaxonomies(taxonomies)).toEqual([
			{ restBase: 'genres', slug: 'genre' },
			{ restBase: 'old', slug: 'old' },
		])
	})

	it.each([
		['lives in another namespace', { rest_namespace: 'shop/v1' }],
		['is shown to nobody', { visibility: { public: false } }],
		['says to live where users do', { rest_base: 'users' }],
		['says to be menus', { slug: 'nav_menu' }],
		['has a base with a slash', { rest_base: 'genres/all' }],
		['has a base that is no text', { rest_base: 7 }],
		['has a base that is too long', { rest_base: 'a'.repeat(65) }],
		['has no name of its own', { slug: '' }],
	])('leaves out one that %s', (_, odd) => expect(readTaxonomies({ genre: { ...genre, ...odd } })).toEqual([]))

	it.each([[undefined], [null], [[]], ['text'], [{ code: 'rest_cannot_view', data: { status: 403 } }]])(
		'finds none in %j',
		(value) => expect(readTaxonomies(value)).toEqual([]),
	)

	it('takes a hundred at most', () => {
		const many = Array.from({ length: 500 }, (_, at) => [`t${at}`, { ...genre, slug: `t${at}`, rest_base: `t${at}` }])
		expect(readTaxonomies(Object.fromEntries(many))).toHaveLength(100)
	})
})
