import { localProblem } from '@postern/api/client'
import { describe, expect, it } from 'vitest'
import { plainReach } from './typed-reach.ts'
import { certificateOf, mayUseXmlRpc } from './ways-out.ts'

const can = {
	approve: true,
	gateway: true,
	rotate: true,
	revoke: true,
	tryDraft: true,
	xmlRpc: true,
	listSites: true,
	posts: true,
}
const stripped = localProblem('site-credential/header-stripped', { host: 'blog.example', username: 'ann', server: '' })

describe('a way out of a failure', () => {
	it('is XML-RPC where the login does not get through over REST', () => {
		expect(mayUseXmlRpc(stripped, { can }, plainReach)).toBe(true)
	})

	it('is not XML-RPC where that is used already, where the type has none, or where a password is simply wrong', () => {
		expect(mayUseXmlRpc(stripped, { can }, { ...plainReach, transport: 'xml-rpc' })).toBe(false)
		expect(mayUseXmlRpc(stripped, { can: { ...can, xmlRpc: false } }, plainReach)).toBe(false)
		const wrong = localProblem('site-credential/rejected', { host: 'blog.example', username: 'ann' })
		expect(mayUseXmlRpc(wrong, { can }, plainReach)).toBe(false)
	})

	it('is not XML-RPC where it lets nobody sign in', () => {
		const unknown = localProblem('site-credential/rejected-or-stripped', { host: 'blog.example', username: 'ann' })
		const heard = (takesXmlRpcLogins: boolean) => ({
			...unknown,
			diagnosis: {
				code: unknown.code,
				params: {},
				certainty: 'likely' as const,
				rung: 'login' as const,
				alternatives: [],
				evidence: [],
				takesXmlRpcLogins,
			},
		})
		expect(mayUseXmlRpc(unknown, { can }, plainReach)).toBe(true)
		expect(mayUseXmlRpc(heard(true), { can }, plainReach)).toBe(true)
		expect(mayUseXmlRpc(heard(false), { can }, plainReach)).toBe(false)
	})

	it('is to trust a certificate only where the site showed the one that failed', () => {
		const certificate = {
			sha256: 'ab'.repeat(32),
			subject: 'CN=nas',
			issuer: 'CN=nas',
			validTo: '2030-01-01T00:00:00Z',
		}
		const diagnosis = { params: {}, certainty: 'sure', alternatives: [], evidence: [] } as const
		const at = { rung: 'secure-connection' } as const
		const self = localProblem('tls/self-signed', { host: 'nas.example' })
		const shown = { ...diagnosis, ...at, alternatives: [], evidence: [], code: self.code, certificate }
		expect(certificateOf({ ...self, diagnosis: shown })).toEqual(certificate)
		expect(certificateOf(self)).toBeUndefined()
		for (const code of ['tls/expired', 'tls/wrong-name', 'tls/incomplete-chain', 'tls/failed'] as const)
			expect(certificateOf({ ...self, code, diagnosis: { ...shown, code } }), code).toBeUndefined()
		expect(certificateOf({ ...self, code: 'tls/pin-mismatch', diagnosis: shown })).toEqual(certificate)
	})
})
