import { localProblem } from '@postern/api/client'
import type { SiteDocument } from '@postern/api/contract'
import { describe, expect, it } from 'vitest'
import { plainReach } from '../reach/typed-reach.ts'
import { judgeApproval } from './why-not.ts'

const site: SiteDocument = {
	url: 'https://blog.example/',
	host: 'blog.example',
	title: 'Blog',
	apiRoot: 'https://blog.example/wp-json/',
	apiStyle: 'path',
	applicationPasswords: 'on',
	authorizationEndpoint: 'https://blog.example/wp-admin/authorize-application.php',
	adminUrl: 'https://blog.example/wp-admin/profile.php',
	version: '6.5.5',
	wordpressVersion: '6.5.5',
	notes: [],
}
const known = { site, problem: undefined, reach: plainReach }

describe('approving with one click', () => {
	it('is offered where the site names its page for it', () => {
		expect(judgeApproval(known)).toBe('offered')
	})

	it('is not judged before the site was looked at', () => {
		expect(judgeApproval({ ...known, site: undefined })).toBe('unknown')
	})

	it('is not offered where the site has no such page, or no application passwords', () => {
		expect(judgeApproval({ ...known, site: { ...site, authorizationEndpoint: null } })).toBe('not-offered')
		expect(judgeApproval({ ...known, site: { ...site, applicationPasswords: 'off' } })).toBe('off')
		const problem = localProblem('application-passwords/off', { host: 'blog.example', plugin: '' })
		expect(judgeApproval({ ...known, site: undefined, problem })).toBe('off')
	})

	it('is not offered behind a staging login, nor over XML-RPC', () => {
		const edge = { username: 'staging', password: '' }
		expect(judgeApproval({ ...known, reach: { ...plainReach, edge } })).toBe('staging-login')
		expect(judgeApproval({ ...known, reach: { ...plainReach, edge: 'kept' } })).toBe('staging-login')
		expect(judgeApproval({ ...known, reach: { ...plainReach, transport: 'xml-rpc' } })).toBe('xml-rpc')
	})
})
