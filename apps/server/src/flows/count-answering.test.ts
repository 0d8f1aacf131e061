import { fail, ok } from '@postern/vocabulary'
import { expect, test } from 'vitest'
import type { ConnectorType, FoundSite } from '../connectors/connector-type.ts'
import { wordpressApp } from '../connectors/wordpress/wordpress-app.ts'
import { plainReach } from '../store/connector/reach.ts'
import { countAnswering } from './count-answering.ts'

const ports = {
	ask: async () => fail('network/refused', { params: { host: 'nobody', port: 443 } }),
	clock: () => 0,
	ownOrigins: [],
	extraPorts: [],
	reach: plainReach,
}

/** Leads wherever it is asked to one site, which says where its home is. */
function leadingTo(url: string, homeUrl: string): ConnectorType {
	const { host } = new URL(url)
	const places = { apiRoot: `${url}wp-json/`, apiStyle: 'path', adminUrl: `${url}wp-admin/` } as const
	const versions = { version: '6.8.3', wordpressVersion: '6.8.3', applicationPasswords: 'on' } as const
	const document = { url, host, title: 'Blog', ...places, ...versions, authorizationEndpoint: null, notes: [] }
	const verify = () => expect.fail('nothing is proven here')
	const value: FoundSite = { document, homeUrl, approval: undefined, evidence: [], verify }
	return { ...wordpressApp, find: async () => ({ ok: true, value }) }
}

const typed = ['https://a1.example/', 'https://a2.example/', 'https://victim.example/', 'www.victim.example:8443']

test.each([
	['where they lead to', 'https://victim.example/', 'https://victim.example/'],
	['what the site calls itself, where every host answers', 'https://any.example/', 'https://www.victim.example/'],
])('addresses of one site are counted by %s', async (_, url, home) => {
	const taken: string[] = []
	for (const address of typed) {
		const type = countAnswering({ type: leadingTo(url, home), address }, (site) => {
			taken.push(site)
			return ok()
		})
		expect((await type.find(address, ports)).ok).toBe(true)
	}
	// Those that were typed so were counted before.
	expect(taken.filter((site) => site === 'victim.example')).toHaveLength(2)
})

test('a site that was tried too often is refused before anything of the account goes there', async () => {
	const type = leadingTo('https://victim.example/', 'https://victim.example/')
	const counting = countAnswering({ type, address: 'https://a1.example/' }, () =>
		fail('request/throttled', { params: { seconds: 3 } }),
	)
	const found = await counting.find('https://a1.example/', ports)
	expect(found).toMatchObject({ ok: false, diagnosis: { code: 'request/throttled', params: { seconds: 3 } } })
})
