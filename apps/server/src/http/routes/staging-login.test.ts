import { X509Certificate } from 'node:crypto'
import { certificates } from '@postern/egress/testing/certificates'
import { enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, PASSWORD, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, onTestFinished, test } from 'vitest'
import { startTestServer } from './test-server.testing.ts'

const stage = { edgeUsername: 'stage', edgePassword: 'let me: in' }
const door = `Basic ${Buffer.from('stage:let me: in').toString('base64')}`

/** As people copy it. */
const certificatePin = new X509Certificate(certificates.selfSigned.cert).fingerprint256
const fingerprint = certificatePin.replaceAll(':', '').toLowerCase()

/** A WordPress behind a login of its web server, which only XML-RPC can carry along, and with a certificate of its own making. */
async function open() {
	const { animal } = wordpress({ applicationPasswords: 'on' })
	let isClosed = false
	let isGuarded = true
	const { httpsPort } = await enclose((visit) => {
		if (isClosed && visit.url.startsWith('/xmlrpc.php')) return { status: 403, body: '' }
		if (!isGuarded) return animal(visit)
		if (visit.headers.authorization === door)
			return animal({ ...visit, headers: { ...visit.headers, authorization: undefined } })
		return { status: 401, headers: { 'www-authenticate': 'Basic realm="Staging"' }, body: '' }
	}, certificates.selfSigned)
	const server = await startTestServer({ environ: { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${httpsPort}` } })
	onTestFinished(() => server.stop())
	const browser = server.browser()
	const account = { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' }
	const me = await browser.call('POST', '/setup', { ...account, workspaceName: 'Ada' })
	const base = `/workspaces/${me.body.memberships[0].workspace.id}`
	const site = { type: 'wordpress-app', address: `https://127.0.0.1:${httpsPort}`, certificatePin }
	const authorize = async (changes: object) => {
		const body = { ...site, username: USERNAME, applicationPassword: GROUPED, ...changes }
		const answer = await browser.call('POST', `${base}/connectors/verify`, body)
		const last = answer.text.split('\n\n').findLast((block) => block.startsWith('data: '))
		return last === undefined ? answer.body : JSON.parse(last.slice(6))
	}
	const rows = () => server.store.kysely.selectFrom('connector').selectAll().execute()
	return {
		server,
		browser,
		base,
		site,
		authorize,
		rows,
		openDoor: () => void (isGuarded = false),
		closeXmlRpc: () => void (isClosed = true),
	}
}

test('a staging login is sealed with the connector, used at each check, and kept when only the password is typed anew', async () => {
	const { server, browser, base, authorize, rows } = await open()
	expect((await authorize({ transport: 'xml-rpc' })).problem.code).toBe('edge/basic-auth')
	const { connector } = await authorize({ transport: 'xml-rpc', ...stage })
	expect(connector).toMatchObject({
		transport: 'xml-rpc',
		hasEdgeLogin: true,
		certificatePin: fingerprint,
		account: { username: USERNAME },
	})
	const at = `${base}/connectors/${connector.id}`
	expect((await browser.call('POST', `${at}/save`, { name: 'Staging' })).status).toBe(200)
	expect((await browser.call('POST', `${at}/check`)).body).toMatchObject({ state: 'healthy', diagnosis: null })
	const again = await authorize({ connectorId: connector.id, certificatePin: undefined })
	expect(again).toMatchObject({
		kind: 'verified',
		connector: { id: connector.id, transport: 'xml-rpc', hasEdgeLogin: true },
	})
	expect((await browser.call('POST', `${at}/check`)).body).toMatchObject({ diagnosis: null })
	const [row] = await rows()
	expect(row).toMatchObject({ edge_username: 'stage', certificate_pin: fingerprint, seal_version: 2 })
	const everything = JSON.stringify(await rows()) + Buffer.from(row?.edge_sealed ?? []).toString('latin1')
	for (const secret of [PASSWORD, stage.edgePassword]) expect(everything + server.logged.join('')).not.toContain(secret)
})

test('a staging login opens in its own place only, and goes where an empty one is typed', async () => {
	const { server, browser, base, authorize, rows, openDoor } = await open()
	const { connector } = await authorize({ transport: 'xml-rpc', ...stage })
	const at = `${base}/connectors/${connector.id}`
	await browser.call('POST', `${at}/save`, { name: 'Staging' })
	const [row] = await rows()
	await server.store.kysely
		.updateTable('connector')
		.set({ edge_sealed: row?.sealed ?? null })
		.execute()
	expect((await browser.call('POST', `${at}/check`)).body.diagnosis.code).toBe('vault/cannot-open')
	openDoor()
	const without = { connectorId: connector.id, edgeUsername: '', edgePassword: '', transport: 'rest' }
	expect(await authorize(without)).toMatchObject({ connector: { hasEdgeLogin: false, transport: 'rest' } })
	expect((await rows())[0]).toMatchObject({ edge_username: null, edge_sealed: null })
})

test.each([
	[{ edgeUsername: 'stage' }, 'edge/login-malformed'],
	[{ edgeUsername: 'a:b', edgePassword: 'c' }, 'edge/login-malformed'],
	[{ certificatePin: 'abc' }, 'request/type-error'],
	[{ transport: 'gopher' }, 'request/type-error'],
])('%j is refused before anything is asked', async (reach, code) => {
	const { browser, base, site, authorize } = await open()
	expect(await authorize(reach)).toMatchObject({ code })
	expect((await browser.call('POST', `${base}/sites/discover`, { ...site, ...reach })).body).toMatchObject({ code })
})

test('an address is looked at through the staging login that is typed beside it', async () => {
	const { browser, base, site } = await open()
	const look = (reach: object) => browser.call('POST', `${base}/sites/discover`, { ...site, ...reach })
	expect((await look({})).body).toMatchObject({ code: 'edge/basic-auth' })
	expect((await look(stage)).body).toMatchObject({ apiStyle: 'path' })
	expect((await look({ ...stage, edgePassword: 'wrong' })).body).toMatchObject({ code: 'edge/login-refused' })
})

test('T10 a staging login and a certificate stay with the host they were typed for, wherever that sends us', async () => {
	const { animal } = wordpress({ applicationPasswords: 'on' })
	const site = await enclose(animal)
	const elsewhere = `http://127.0.0.1:${site.httpPort}`
	const typed = await enclose(() => ({ status: 301, headers: { location: `${elsewhere}/` }, body: '' }))
	const environ = { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${site.httpPort} 127.0.0.1:${typed.httpPort}` }
	const server = await startTestServer({ environ })
	onTestFinished(() => server.stop())
	const browser = server.browser()
	const account = { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' }
	const me = await browser.call('POST', '/setup', { ...account, workspaceName: 'Ada' })
	const login = { type: 'wordpress-app', username: USERNAME, applicationPassword: GROUPED, ...stage, certificatePin }
	const answer = await browser.call('POST', `/workspaces/${me.body.memberships[0].workspace.id}/connectors/verify`, {
		...login,
		address: `http://127.0.0.1:${typed.httpPort}`,
	})
	expect(answer.text).toContain('"kind":"verified"')
	const rows = await server.store.kysely.selectFrom('connector').selectAll().execute()
	expect(rows).toMatchObject([
		{ site_origin: elsewhere, edge_username: null, edge_sealed: null, certificate_pin: null },
	])
})

test('a site that is asked over XML-RPC may say what only that says', async () => {
	const { browser, base, site, openDoor, closeXmlRpc } = await open()
	openDoor()
	closeXmlRpc()
	const found = await browser.call('POST', `${base}/sites/discover`, { ...site, transport: 'xml-rpc' })
	expect(found.body.code).toBe('xml-rpc/blocked')
})
