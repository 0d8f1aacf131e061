import { describe, expect, it } from 'vitest'
import { readSiteIndex } from './site-index.ts'

const endpoint = 'https://a.example/wp-admin/authorize-application.php'
const index = {
	name: 'Blog',
	description: '',
	url: 'https://a.example/wp',
	home: 'https://a.example',
	gmt_offset: '9',
	namespaces: ['oembed/1.0', 'wp/v2'],
	authentication: { 'application-passwords': { endpoints: { authorization: endpoint } } },
}

describe('readSiteIndex', () => {
	it('reads what a real WordPress sends', () => {
		expect(readSiteIndex(index)).toEqual({
			name: 'Blog',
			description: '',
			url: 'https://a.example/wp',
			home: 'https://a.example',
			gmtOffset: 9,
			namespaces: ['oembed/1.0', 'wp/v2'],
			offersApplicationPasswords: true,
			authorizationEndpoint: endpoint,
		})
	})

	it.each([[[]], [{}], [undefined], [null], [{ oauth1: {} }]])(
		'reads authentication %j as: application passwords are off',
		(authentication) => {
			expect(readSiteIndex({ ...index, authentication })).toMatchObject({ offersApplicationPasswords: false })
		},
	)

	it.each([
		[9, 9],
		['-3.5', -3.5],
		[5.75, 5.75],
		['', 0],
		[null, 0],
		['Tokyo', 0],
	])('reads the offset %j as %d hours', (sent, hours) =>
		expect(readSiteIndex({ ...index, gmt_offset: sent })?.gmtOffset).toBe(hours),
	)

	it.each([[null], [[]], ['text'], [{ name: 'x' }], [{ namespaces: [] }], [{ namespaces: [1] }]])(
		'takes %j for no index',
		(value) => expect(readSiteIndex(value)).toBeUndefined(),
	)
})
