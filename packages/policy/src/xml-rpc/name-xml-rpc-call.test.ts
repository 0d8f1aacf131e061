import { findXmlRpcMethod, type XmlRpcValue } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { nameXmlRpcCall } from './name-xml-rpc-call.ts'

function named(name: string, ...params: readonly XmlRpcValue[]): string {
	const method = findXmlRpcMethod(name)
	if (method === undefined) throw new Error(`${name} is no method`)
	return nameXmlRpcCall({ method, params })
}

describe('how the record names a call', () => {
	it.each([
		['wp.editPost', [1, '', '', 7, { post_title: 'A' }]],
		['wp.getPost', [1, '', '', 7]],
		['wp.deleteFile', [1, '', '', 7]],
		['wp.getPage', [1, 7, '', '']],
		['wp.editPage', [1, 7, '', '', {}, false]],
		['wp.deletePage', [1, '', '', 7]],
		['wp.getMediaItem', [1, '', '', 7]],
		['wp.getRevisions', [1, '', '', 7]],
		['wp.restoreRevision', [1, '', '', 7]],
		['wp.getTerm', [1, '', '', 'category', 7]],
		['wp.editTerm', [1, '', '', 7, {}]],
		['wp.deleteTerm', [1, '', '', 'category', 7]],
		['wp.deleteCategory', [1, '', '', 7]],
		['wp.editComment', [1, '', '', 7, {}]],
		['wp.newComment', [1, '', '', 7, {}]],
		['wp.getUser', [1, '', '', 7]],
		['blogger.editPost', ['key', 7, '', '', 'A', true]],
		['metaWeblog.editPost', [7, '', '', {}, true]],
		['metaWeblog.deletePost', ['key', 7, '', '', true]],
		['mt.publishPost', [7, '', '']],
	] satisfies readonly (readonly [string, readonly XmlRpcValue[]])[])('%s says of what', (name, params) => {
		expect(named(name, ...params)).toBe(`${name} 7`)
	})

	it('leaves the number out where there is none, and takes no blog for a post', () => {
		expect(named('wp.newPost', 1, '', '', { post_title: 'A' })).toBe('wp.newPost')
		expect(named('metaWeblog.newPost', 1, '', '', {}, true)).toBe('metaWeblog.newPost')
		expect(named('wp.getPosts', 1, '', '')).toBe('wp.getPosts')
		expect(named('wp.editPost', 1, '', '')).toBe('wp.editPost')
	})

	it('writes one number in one way, and nothing else that a caller sends', () => {
		expect(named('wp.getPost', 1, '', '', '007')).toBe('wp.getPost 7')
		for (const id of ['7 x', '-7', -7, 0, 7.5, 1e300, '9'.repeat(400), '\n7', true, ['7'], { id: '7' }])
			expect(named('wp.getPost', 1, '', '', id)).toBe('wp.getPost')
		expect(named('wp.getPost', 1, '', '', '9'.repeat(15))).toBe(`wp.getPost ${'9'.repeat(15)}`)
	})
})
