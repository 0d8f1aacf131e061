import { expect, it } from 'vitest'
import { findClosingPlugin, findDisablingPlugin, findEdge } from './fingerprints.ts'

it.each([
	[['wp/v2', 'wordfence/v1'], 'Wordfence'],
	[['wp/v2', 'hostinger-tools-plugin/v1'], 'Hostinger Tools'],
	[['fluent-auth'], 'FluentAuth'],
	[['solid-security/v1'], 'Solid Security'],
	[['hostinger-tools-plugin/v1', 'wordfence/v1'], 'Wordfence'],
])('names for %j the likeliest plugin', (namespaces, plugin) => {
	expect(findDisablingPlugin(namespaces)).toContain(plugin)
})

it('names no plugin without a mark of one', () => {
	expect(findDisablingPlugin(['wp/v2', 'my-wordfence/v1'])).toBe('')
	expect(findClosingPlugin({ code: 'rest_no_route', message: '' })).toBeUndefined()
	expect(findClosingPlugin({ code: 'toString', message: '' })).toBeUndefined()
	expect(findClosingPlugin({ code: 'wp_die', message: 'Error establishing a database connection' })).toBeUndefined()
	expect(findEdge(new Headers({ server: 'cloudflare' }), '<title>My blog</title>')).toBeUndefined()
})

it('keeps codes that many plugins share without a name', () => {
	expect(findClosingPlugin({ code: 'rest_forbidden', message: '' })).toBe('')
})
