import { Secret } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { edgeAuthorization, failOf401 } from './edge-login.ts'

const edge = { username: 'staging', password: new Secret('open sesame') }
const credential = { username: 'yuki', password: new Secret('abcdEFGH1234ijklMNOP5678'), edge }
const asked = { host: 'blog.example', contentType: 'text/html; charset=utf-8', credential, hasEdgeLogin: true }
const challenge = 'Basic realm="Staging area"'
const codeOf = (more: Partial<Parameters<typeof failOf401>[0]>) => failOf401({ ...asked, challenge, ...more }).problem

describe('a 401', () => {
	it('with a page and a challenge is of a web server in front, which got its login or did not', () => {
		expect(codeOf({})).toMatchObject({ code: 'edge/login-refused', params: { realm: 'Staging area' } })
		expect(codeOf({ hasEdgeLogin: false })).toMatchObject({ code: 'edge/basic-auth' })
		expect(codeOf({ contentType: undefined, challenge: 'Negotiate, basic realm=""' })).toMatchObject({
			code: 'edge/login-refused',
		})
	})

	it.each([
		['no challenge', { challenge: undefined }],
		['a challenge of another kind', { challenge: 'Bearer realm="basically"' }],
		['JSON', { contentType: 'application/json; charset=UTF-8' }],
		['XML', { contentType: 'text/xml' }],
	])('with %s is of WordPress', (_what, more) => {
		expect(codeOf(more)).toMatchObject({ code: 'site-credential/rejected', params: { username: 'yuki' } })
	})

	it('names a realm in one line, and none that holds a secret', () => {
		expect(codeOf({ challenge: `Basic realm="a\tb ${'x'.repeat(90)}"` }).params['realm']).toMatch(/^a b x{1,56}…?$/)
		const pairs = [credential, edge].map((login) => formatBasicCredentials(login.username, login.password))
		const secrets = [...pairs, edge.password.reveal(), credential.password.reveal()]
		for (const secret of secrets)
			expect(codeOf({ challenge: `Basic realm="is ${secret} yours"` }).params['realm']).toBe('')
	})
})

it('a staging login goes out over https, and only where there is one', () => {
	const pair = formatBasicCredentials(edge.username, edge.password)
	expect(edgeAuthorization(credential, new URL('https://blog.example/xmlrpc.php'))).toBe(pair)
	expect(edgeAuthorization(credential, new URL('http://blog.example/xmlrpc.php'))).toBeUndefined()
	expect(edgeAuthorization({ ...credential, edge: undefined }, new URL('https://blog.example/'))).toBeUndefined()
})
