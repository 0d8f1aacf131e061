import { createHash, X509Certificate } from 'node:crypto'
import { formatXmlRpcCall, readXmlRpcResponse, type XmlRpcAnswer, type XmlRpcValue } from '@postern/wordpress'
import { afterEach, describe, expect, it } from 'vitest'
import { certificates } from '../../packages/egress/src/testing/certificates.ts'
import { type FrontLogin, type HttpsFront, putHttpsInFront } from '../wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'
import { type ConnectedSite, type GatewayStage, type IssuedThere, openGatewayStage } from './gateway-stage.ts'

const certificate = certificates.selfSigned
const pin = createHash('sha256').update(new X509Certificate(certificate.cert).raw).digest('hex')
const login = { username: 'staging', password: 'open sesame' }
const staged = { edgeUsername: login.username, edgePassword: login.password, certificatePin: pin }

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
	for (const end of ends.splice(0).toReversed()) await end()
})

type Place = { readonly site: WordPressSite; readonly front: HttpsFront; readonly stage: GatewayStage }

/** A WordPress behind https with a certificate that nobody vouches for, and Postern. */
async function open(version: (typeof wordpressVersions)[number], asks?: FrontLogin): Promise<Place> {
	const site = await startWordPress({ version, permalinks: 'pretty', behaviours: ['behind-https'] })
	ends.push(() => site.stop())
	const front = await putHttpsInFront(site, certificate, asks === undefined ? {} : { login: asks })
	ends.push(() => front.stop())
	const stage = await openGatewayStage([site], { allowPrivate: `127.0.0.1:${new URL(front.url).port}` })
	ends.push(() => stage.stop())
	return { site, front, stage }
}

async function askRest({ url }: ConnectedSite, { basic }: IssuedThere, title?: string) {
	const headers = { ...basic, 'content-type': 'application/json' }
	const writing = title === undefined ? {} : { method: 'POST', body: JSON.stringify({ title, status: 'draft' }) }
	const response = await fetch(`${url}/wp-json/wp/v2/posts`, { headers, ...writing })
	const document: { id?: number; code?: string; data?: { problem?: string } } = await response.json()
	return { status: response.status, document }
}

async function call(
	{ url }: ConnectedSite,
	method: string,
	params: readonly XmlRpcValue[],
): Promise<{ readonly answer: XmlRpcAnswer; readonly text: string }> {
	const headers = { 'content-type': 'text/xml' }
	const response = await fetch(`${url}/xmlrpc.php`, { method: 'POST', headers, body: formatXmlRpcCall(method, params) })
	const text = await response.text()
	return { answer: readXmlRpcResponse(text), text }
}

const newPost = (there: ConnectedSite, { username, password }: IssuedThere, title: string) =>
	call(there, 'wp.newPost', [1, username, password, { post_title: title, post_content: '<p>x</p>' }])

const titleOf = ({ site }: Place, id: unknown) =>
	site.runPhp(`return get_post( ${Number(id)} )->post_status . ' ' . get_post( ${Number(id)} )->post_title;`)

const idOf = ({ answer, text }: Awaited<ReturnType<typeof call>>): unknown => {
	if (answer.kind !== 'value') throw new Error(text)
	return answer.value
}

describe.each(wordpressVersions)('through the gateway, WordPress %s', (version) => {
	it('whose certificate is pinned takes posts over REST and XML-RPC, and questions before a change', async () => {
		const place = await open(version)
		const { stage, site, front } = place
		const there = await stage.connect(site, { name: 'Pinned', address: front.url, reach: { certificatePin: pin } })
		const drafts = await stage.issue({ preset: 'drafts-only' })
		const written = await askRest(there, drafts, 'Over REST')
		expect(written.status).toBe(201)
		expect(await titleOf(place, written.document.id)).toBe('draft Over REST')
		const id = idOf(await newPost(there, drafts, 'Over XML-RPC'))
		expect(await titleOf(place, id)).toBe('draft Over XML-RPC')
		const { username, password } = drafts
		const edited = await call(there, 'wp.editPost', [1, username, password, Number(id), { post_title: 'Changed' }])
		expect(edited.answer).toEqual({ kind: 'value', value: true })
		expect(await titleOf(place, id)).toBe('draft Changed')
	})

	it('behind a staging login takes posts over XML-RPC, says by name that REST does not go, and blames no password for the login', async () => {
		const asked = { ...login, exempt: /^$/ }
		const place = await open(version, asked)
		const { stage, site, front } = place
		const reach = { ...staged, transport: 'xml-rpc' as const }
		const there = await stage.connect(site, { name: 'Staging', address: front.url, reach, role: 'author' })
		const drafts = await stage.issue({ preset: 'drafts-only' })
		site.forgetRequests()
		const id = idOf(await newPost(there, drafts, 'Behind the staging login'))
		expect(await titleOf(place, id)).toBe('draft Behind the staging login')
		const { username, password } = drafts
		const edited = await call(there, 'wp.editPost', [1, username, password, Number(id), { post_title: 'Changed' }])
		expect(edited.answer).toEqual({ kind: 'value', value: true })
		expect(new Set(site.requests().map(({ path }) => path.split('?')[0]))).toEqual(new Set(['/xmlrpc.php']))
		expect(await askRest(there, drafts)).toMatchObject({
			status: 501,
			document: { code: 'postern_gateway_xml_rpc_only', data: { problem: 'gateway/xml-rpc-only' } },
		})
		asked.password = 'another'
		for (let count = 0; count < 4; count += 1)
			expect((await newPost(there, drafts, 'Shut out')).text).toContain('edge/login-refused')
		asked.password = login.password
		expect(await titleOf(place, idOf(await newPost(there, drafts, 'Again')))).toBe('draft Again')
		const record = async () => JSON.stringify(await stage.records())
		await expect.poll(record).toContain('edge/login-refused')
		expect(await record()).not.toContain(login.password)
	})

	it('behind a staging login that exempts the API takes posts over REST, and over XML-RPC with both logins', async () => {
		const place = await open(version, { ...login, exempt: /^\/wp-json\// })
		const { stage, site, front } = place
		const there = await stage.connect(site, { name: 'Half open', address: front.url, reach: staged })
		const drafts = await stage.issue({ preset: 'drafts-only' })
		const written = await askRest(there, drafts, 'Past the login')
		expect(written.status).toBe(201)
		expect(await titleOf(place, written.document.id)).toBe('draft Past the login')
		expect(await titleOf(place, idOf(await newPost(there, drafts, 'With both')))).toBe('draft With both')
	})
})
