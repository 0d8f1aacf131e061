import { expect, it } from 'vitest'
import { defaultCapabilities } from './default-capabilities.ts'

const { administrator, editor, author, contributor, subscriber } = defaultCapabilities

// That they are WordPress' own is proved in conformance/wire-rules.read.test.ts.
it('grants to each role all that the next one may do, and more, the user levels apart', () => {
	const ladder = [administrator, editor, author, contributor, subscriber]
	for (const [index, smaller] of ladder.slice(1).entries()) {
		const larger = ladder[index] ?? []
		expect(larger).toEqual(expect.arrayContaining([...smaller]))
		expect(larger.length).toBeGreaterThan(smaller.length)
	}
})

it('lets editors unpublish, authors upload, contributors draft and subscribers read', () => {
	expect(editor).toContain('edit_others_posts')
	expect(editor).not.toContain('edit_users')
	expect(author).toContain('upload_files')
	expect(author).not.toContain('edit_others_posts')
	expect(contributor).toEqual(['edit_posts', 'read', 'level_1', 'level_0', 'delete_posts'])
	expect(subscriber).toEqual(['read', 'level_0'])
})
