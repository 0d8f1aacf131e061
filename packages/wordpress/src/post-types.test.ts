import { describe, expect, it } from 'vitest'
import { readPostTypes } from './post-types.ts'

const book = { name: 'Books', slug: 'book', viewable: true, rest_base: 'books', rest_namespace: 'wp/v2' }

describe('readPostTypes', () => {
	it('reads custom types, and leaves out those of WordPress itself', () => {
		const types = {
			post: { ...book, slug: 'post', rest_base: 'posts' },
			wp_block: { ...book, slug: 'wp_block', rest_base: 'blocks' },
			wp_font_face: { ...book, slug: 'wp_font_face', rest_base: 'font-families/(?P<font_family_id>[\\d]+)/font-faces' },
			book,
			old: { name: 'Old', slug: 'old', rest_base: 'old' },
		}
		expect(readPostTypes(types)).toEqual([
			{ restBase: 'books', name: 'Books', slug: 'book' },
			{ restBase: 'old', name: 'Old', slug: 'old' },
		])
	})

	it.each([
		['lives in another namespace', { rest_namespace: 'shop/v1' }],
		['is shown to nobody', { viewable: false }],
		['says to live where users do', { rest_base: 'users' }],
		['has a base with a slash', { rest_base: 'books/all' }],
		['has a base that is no text', { rest_base: 7 }],
		['has a base that is too long', { rest_base: 'a'.repeat(65) }],
		['has no name of its own', { slug: '' }],
	])('leaves out a type that %s', (_, odd) => expect(readPostTypes({ book: { ...book, ...odd } })).toEqual([]))

	it.each([[undefined], [null], [[]], ['text'], [{ code: 'rest_cannot_view', data: { status: 401 } }]])(
		'finds none in %j',
		(value) => expect(readPostTypes(value)).toEqual([]),
	)

	it('takes a hundred at most', () => {
		const many = Object.fromEntries(
			Array.from({ length: 500 }, (_, index) => [`t${index}`, { ...book, slug: `t${index}`, rest_base: `t${index}` }]),
		)
		expect(readPostTypes(many)).toHaveLength(100)
	})
})
