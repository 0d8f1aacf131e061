import { expect, test } from 'vitest'
import { siteKey } from './site-key.ts'

test.each([
	['https://Blog.Example/', 'blog.example'],
	['  www.blog.example  ', 'blog.example'],
	['http://blog.example:8080/path?x', 'blog.example'],
	['blog.example.', 'blog.example'],
	['https://user:pass@blog.example/', 'blog.example'],
	['日本語.example', 'xn--wgv71a119e.example'],
	['0x7f.1', '127.0.0.1'],
	['https://[::1]:80/', '[::1]'],
	['https://', ''],
	['not an address', ''],
])('%j is counted as %j', (typed, key) => {
	expect(siteKey(typed)).toBe(key)
})
