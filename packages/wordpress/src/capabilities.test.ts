import { expect, it } from 'vitest'
import { grantedCapabilities, summarizeCapabilities } from './capabilities.ts'

it('sums up what each role of a fresh WordPress may do', () => {
	const subscriber = { read: true, level_0: true, subscriber: true }
	const contributor = { ...subscriber, edit_posts: true, delete_posts: true }
	const author = { ...contributor, upload_files: true, publish_posts: true, edit_published_posts: true }
	const editor = {
		...author,
		moderate_comments: true,
		manage_categories: true,
		edit_others_posts: true,
		edit_pages: true,
	}
	const administrator = { ...editor, edit_users: true, manage_options: true }
	expect(summarizeCapabilities(subscriber)).toEqual(['read'])
	expect(summarizeCapabilities(contributor)).toEqual(['read', 'draft'])
	expect(summarizeCapabilities(author)).toEqual(['read', 'draft', 'publish', 'upload'])
	expect(summarizeCapabilities(editor)).toHaveLength(8)
	expect(summarizeCapabilities(administrator)).toHaveLength(10)
})

it('reads values that plugins put in place of booleans as WordPress does, and the empty list as nobody', () => {
	const odd = {
		read: '1',
		edit_posts: 1,
		publish_posts: 'yes',
		upload_files: '0',
		edit_pages: null,
		edit_users: [],
		x: { a: 1 },
	}
	expect(grantedCapabilities(odd)).toEqual(['edit_posts', 'publish_posts', 'read', 'x'])
	expect(summarizeCapabilities(odd)).toEqual(['read', 'draft', 'publish'])
	expect(grantedCapabilities([])).toEqual([])
	expect(grantedCapabilities('all')).toEqual([])
})

it('keeps 500 capabilities at most, and none with a name that no capability has', () => {
	const many = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`cap_${index}`, true]))
	expect(grantedCapabilities(many)).toHaveLength(500)
	expect(grantedCapabilities({ '<img src=x>': true, 'a b': true })).toEqual([])
})
