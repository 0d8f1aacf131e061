import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capabilitiesWithin, scopeCapabilities, scopesOffered } from './scope-capabilities.ts'
import { isOfPostern, scopes, scopesWithin, type Scope } from './scopes.ts'

/** What WordPress gives its roles, as far as scopes are about it. */
const contributor = ['read', 'edit_posts', 'delete_posts', 'level_1']
const author = [...contributor, 'edit_published_posts', 'publish_posts', 'delete_published_posts', 'upload_files']
const ofEditors = ['edit_others_posts', 'moderate_comments', 'manage_categories', 'edit_pages', 'edit_published_pages']
const editor = [...author, ...ofEditors, 'publish_pages', 'delete_pages', 'edit_others_pages', 'unfiltered_html']
const bare = { postTypes: [], namespaces: [] }
const offered = (capabilities: readonly string[]) => scopesOffered({ ...bare, capabilities: new Set(capabilities) })

describe('the scopes offered for a site', () => {
	it('are those that its account can make use of', () => {
		expect(offered([])).toEqual([])
		expect(offered(['read'])).not.toContain('posts:draft')
		expect(offered(contributor)).toContain('posts:draft')
		expect(offered(contributor)).not.toContain('posts:publish')
		expect(offered(author)).toContain('posts:publish')
		expect(offered(author)).not.toContain('posts:others')
		expect(offered(author)).not.toContain('pages:draft')
		expect(offered(editor)).toEqual(expect.arrayContaining(['posts:others', 'comments:write', 'html:unfiltered']))
		expect(offered(editor).filter((scope) => /^(users|settings|plugins|themes):/.test(scope))).toEqual([])
	})

	it('are all of them where the account may do all, and none of Postern', () => {
		const all = offered(Object.values(scopeCapabilities).flat())
		expect(all).toEqual(scopes.filter((scope) => !isOfPostern(scope)))
	})

	it('have those of its own types and plugins, but not of routes that have scopes already', () => {
		const names = scopesOffered({
			capabilities: new Set(contributor),
			postTypes: [{ restBase: 'books' }, { restBase: 'Strange base' }],
			namespaces: ['wp/v2', 'oembed/1.0', 'WC/v3', 'no good'],
		})
		expect(names.filter((scope) => /^(types|ns):/.test(scope))).toEqual([
			'types:books:read',
			'types:books:draft',
			'types:books:delete',
			'ns:wc/v3:read',
			'ns:wc/v3:write',
		])
	})
})

describe('the capabilities that a client is shown', () => {
	const shown = (...granted: readonly Scope[]) =>
		capabilitiesWithin(scopesWithin('owner', granted), [...editor, 'administrator', 'edit_products'])

	it('are what the scopes reach', () => {
		expect(shown()).toEqual([])
		expect(shown('postern:connectors:read')).toEqual([])
		expect(shown('posts:read')).toEqual(['read'])
		expect(shown('posts:draft')).toEqual(['read', 'edit_posts'])
		expect(shown('posts:publish')).toEqual(['read', 'edit_posts', 'edit_published_posts', 'publish_posts'])
		expect(shown('posts:write', 'posts:others')).toContain('edit_others_posts')
		expect(shown('posts:others')).not.toContain('edit_others_posts')
		expect(shown('site:everything')).toEqual([...editor, 'administrator', 'edit_products'])
	})

	it('never come to more than the account has, nor to more with less', () => {
		const some = fc.uniqueArray(fc.constantFrom(...scopes))
		fc.assert(
			fc.property(some, fc.subarray(editor), (granted, capabilities) => {
				const all = capabilitiesWithin(scopesWithin('owner', granted), capabilities)
				const fewer = capabilitiesWithin(scopesWithin('owner', granted.slice(1)), capabilities)
				return all.every((name) => capabilities.includes(name)) && fewer.every((name) => all.includes(name))
			}),
		)
	})
})
