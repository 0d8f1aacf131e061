import { Secret } from '@postern/vocabulary'
import { expect, it } from 'vitest'
import { formatBasicCredentials } from './basic-credentials.ts'

it('writes user-id and password in UTF-8, as RFC 7617 asks', () => {
	expect(formatBasicCredentials('Aladdin', new Secret('open sesame'))).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
	expect(formatBasicCredentials('test', new Secret('123£'))).toBe('Basic dGVzdDoxMjPCow==')
	expect(formatBasicCredentials('山田', new Secret('x'))).toBe(`Basic ${Buffer.from('山田:x').toString('base64')}`)
})
