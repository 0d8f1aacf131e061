import { expect, it } from 'vitest'
import { xmlRpcUrl } from './xml-rpc-url.ts'

it('is beside wp-admin, on the origin that the credential is for, whatever host wp-admin names', () => {
	const origin = 'https://a.example'
	const urlOf = (adminUrl: string) => xmlRpcUrl({ origin, adminUrl }).href
	expect(urlOf('https://a.example/wp-admin/profile.php#passwords')).toBe('https://a.example/xmlrpc.php')
	expect(urlOf('https://a.example/blog/wp/wp-admin/')).toBe('https://a.example/blog/wp/xmlrpc.php')
	expect(urlOf('https://b.example/wp-admin/')).toBe('https://a.example/xmlrpc.php')
	expect(urlOf('https://a.example/')).toBe('https://a.example/xmlrpc.php')
})
