import { X509Certificate } from 'node:crypto'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod/mini'
import { startPostern, type Postern } from '../e2e/testing/start-postern.ts'
import { setUpByProgram } from '../e2e/testing/founder.ts'
import { certificates } from '../packages/egress/src/testing/certificates.ts'
import { basic } from './targets/ask-place.ts'
import { linksOf, openPage, press, redirectOf } from './targets/authorize-page.ts'
import { signInToWordPress, wordpressSession } from './targets/wordpress-session.ts'
import { putHttpsInFront } from './wordpress/https-front.ts'
import { phpValue } from './wordpress/launch-site.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions, type WordPressOptions, type WordPressVersion } from './wordpress/wordpress-options.ts'

type Scene = {
	readonly site: WordPressSite
	readonly postern: Postern
	readonly workspaceId: string
	readonly client: ReturnType<Postern['openClient']>
	readonly cookie: () => string
}

type ListedPassword = { readonly uuid: string; readonly name: string; readonly app_id: string }

async function openScene(
	version: WordPressVersion,
	options: Partial<WordPressOptions> = {},
	more = '',
): Promise<Scene> {
	const site = await startWordPress({ version, permalinks: 'pretty', ...options })
	const postern = await startPostern({ allowPrivate: [`127.0.0.1:${site.port}`, more].filter(Boolean).join(',') })
	const { client, cookie } = postern.openSession()
	const { workspaceId } = await setUpByProgram({ ...postern, openClient: () => client })
	return { site, postern, workspaceId, client, cookie }
}

/** What the person sees who is sent to WordPress, signed in there. */
async function visit({ site }: Scene, approveUrl: string, url = site.url) {
	const cookie = await signInToWordPress(url, site.users.editor)
	if (cookie === undefined) throw new Error('nobody could sign in')
	const session = { Cookie: cookie }
	const { searchParams } = new URL(approveUrl)
	const page = await openPage({ url }, session, Object.fromEntries(searchParams))
	return { page, press: (button: 'approve' | 'reject') => press({ url }, session, page, [button]) }
}

/** WordPress' own list, without what its cache remembers. */
async function listed({ site }: Scene): Promise<readonly ListedPassword[]> {
	const answer: unknown = await site.runPhp(`
		$user = get_user_by( 'login', ${phpValue(site.users.editor.username)} );
		return array_values( WP_Application_Passwords::get_user_application_passwords( $user->ID ) );
	`)
	if (!Array.isArray(answer)) throw new Error('WordPress gave no list')
	return answer
}

async function start({ client, workspaceId, site }: Scene, changes: object = {}) {
	const body = { type: 'wordpress-app', address: site.url, ...changes }
	const started = await client.call(contract.startApproval, { workspaceId, body })
	if (!started.ok) throw new Error(`${started.problem.code} ${JSON.stringify(started.problem.params)}`)
	return started.value
}

/** Comes back as the browser does; gives where it is sent on to. */
async function comeBack({ postern, cookie }: Scene, back: URL): Promise<URL> {
	expect(back.origin).toBe(postern.origin)
	const answer = await fetch(back, { redirect: 'manual', headers: { cookie: cookie() } })
	expect(answer.status).toBe(303)
	expect(answer.headers.get('cache-control')).toBe('no-store')
	expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
	return new URL(answer.headers.get('location') ?? '', postern.origin)
}

async function drafts({ client, workspaceId }: Scene): Promise<readonly ConnectorDocument[]> {
	const read = await client.call(contract.listDrafts, { workspaceId })
	if (!read.ok) throw new Error(read.problem.code)
	return read.value.connectors
}

const logsIn = async ({ site }: Scene, password: string): Promise<number> => {
	const headers = basic(site.users.editor.username, password)
	return (await fetch(`${site.url}/wp-json/wp/v2/users/me`, { headers })).status
}

describe.each(wordpressVersions)('WordPress %s', (version) => {
	let scene: Scene
	beforeAll(async () => {
		scene = await openScene(version)
	})
	afterAll(() => Promise.all([scene.postern.stop(), scene.site.stop()]))

	it('#183 #186 T15 is approved in one click, and the password that travelled opens nothing any more', async () => {
		const { client, workspaceId, postern } = scene
		const started = await start(scene)
		expect(started).toMatchObject({ returns: true, why: '' })
		const { page, press: pressed } = await visit(scene, started.approveUrl)
		expect(page.answer.status).toBe(200)
		expect(page.answer.text).toContain(started.appName.replaceAll('’', '&#8217;').split(' on ')[1])
		const back = redirectOf(await pressed('approve'))
		const travelled = back.searchParams.get('password') ?? ''
		expect(travelled).toMatch(/^[A-Za-z0-9]{24}$/)
		expect(await logsIn(scene, travelled)).toBe(200)
		const to = await comeBack(scene, back)
		await expect.poll(async () => (await drafts(scene))[0]?.isRotated, { timeout: 60_000 }).toBe(true)
		await expect.poll(async () => (await listed(scene)).length, { timeout: 60_000 }).toBe(1)
		const [draft] = await drafts(scene)
		expect(to.pathname + to.search).toBe(`/connectors/new?draft=${draft?.id}`)
		const [kept] = await listed(scene)
		expect(kept).toMatchObject({ uuid: draft?.applicationPassword.uuid, name: draft?.applicationPassword.name })
		expect(kept?.name).not.toBe(started.appName)
		expect(kept?.app_id).toBe(new URL(started.approveUrl).searchParams.get('app_id'))
		expect(await logsIn(scene, travelled)).toBe(401)
		expect(postern.output()).not.toContain(travelled)
		expect(postern.output()).not.toContain('/connect/return')

		const connectorId = draft?.id ?? ''
		await client.call(contract.saveConnector, { workspaceId, connectorId, body: { name: `Blog ${version}` } })
		const rotated = await client.call(contract.rotateConnector, { workspaceId, connectorId })
		expect(rotated).toMatchObject({ ok: true, value: { isRotated: true, credentialFrom: 'rotated' } })
		expect(await listed(scene)).toHaveLength(2)
		const again = await client.call(contract.rotateConnector, { workspaceId, connectorId })
		expect(again).toMatchObject({ ok: false, problem: { code: 'connector/rotating' } })
		const checked = await client.call(contract.checkConnector, { workspaceId, connectorId })
		expect(checked).toMatchObject({ ok: true, value: { state: 'healthy' } })
	})

	it('#247 is left without a password of ours when the connector is deleted so', async () => {
		const { client, workspaceId } = scene
		const list = await client.call(contract.listConnectors, { workspaceId, query: {} })
		const connectorId = list.ok ? (list.value.connectors[0]?.id ?? '') : ''
		const deleted = await client.call(contract.deleteConnector, { workspaceId, connectorId, query: { revoke: 'true' } })
		expect(deleted).toMatchObject({ ok: true, value: { revoked: 'revoked', problem: null } })
		expect(await listed(scene)).toEqual([])
	})

	it('#184 says that the person declined', async () => {
		const { press: pressed } = await visit(scene, (await start(scene)).approveUrl)
		const to = await comeBack(scene, redirectOf(await pressed('reject')))
		expect(to.searchParams.get('approval')).toBe('approval/rejected')
		expect(await listed(scene)).toEqual([])
		expect(await drafts(scene)).toEqual([])
	})

	it('#185 T66 is believed for itself only', async () => {
		const started = await start(scene)
		const { press: pressed } = await visit(scene, started.approveUrl)
		const back = redirectOf(await pressed('approve'))
		back.searchParams.set('site_url', 'https://evil.example')
		expect((await comeBack(scene, back)).searchParams.get('approval')).toBe('approval/site-mismatch')
		expect(await drafts(scene)).toEqual([])
	})
})

it('#184 says that applications are off for this person, by the link on the page that WordPress shows', async () => {
	const plugins = ["add_filter( 'wp_is_application_passwords_available_for_user', '__return_false' );"]
	const scene = await openScene('6.5.5', { plugins })
	onTestFinished(() => Promise.all([scene.postern.stop(), scene.site.stop()]).then(() => undefined))
	const { page } = await visit(scene, (await start(scene)).approveUrl)
	expect(page.answer.status).toBe(501)
	const link = linksOf(page.answer).find((href) => href.includes('/connect/return/')) ?? ''
	const to = await comeBack(scene, new URL(link))
	expect(to.searchParams.get('approval')).toBe('approval/disabled')
})

it.each(wordpressVersions)(
	'F60 WordPress %s sends nobody back over plain http, so the person reads the password there and pastes it',
	async (version) => {
		const { key, cert } = certificates.selfSigned
		const site = await startWordPress({
			version,
			permalinks: 'pretty',
			environment: 'production',
			behaviours: ['behind-https'],
		})
		const front = await putHttpsInFront(site, { key, cert })
		const postern = await startPostern({ allowPrivate: new URL(front.url).host })
		onTestFinished(() => Promise.all([postern.stop(), front.stop(), site.stop()]).then(() => undefined))
		const { client, cookie } = postern.openSession()
		const { workspaceId } = await setUpByProgram({ ...postern, openClient: () => client })
		const scene = { site, postern, workspaceId, client, cookie }
		const certificatePin = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
		const reached = { address: front.url, certificatePin }
		const started = await start(scene, reached)
		expect(started).toMatchObject({ returns: false, why: 'plain-http' })
		process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
		onTestFinished(() => void delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'])
		const withReturn = new URL(started.approveUrl)
		withReturn.searchParams.set('success_url', `${postern.origin}/connect/return/x`)
		expect((await visit(scene, withReturn.href, front.url)).page.answer.status).toBe(500)
		expect((await visit(scene, started.approveUrl, front.url)).page.answer.status).toBe(200)
		// What the script of that page does, and shows: without scripts these versions say that there is a password, but not which.
		const asked = new URL(started.approveUrl).searchParams
		const made = await fetch(`${front.url}/wp-json/wp/v2/users/me/application-passwords?_locale=user`, {
			method: 'POST',
			headers: await wordpressSession(front.url, site.users.editor),
			body: new URLSearchParams({ name: asked.get('app_name') ?? '', app_id: asked.get('app_id') ?? '' }),
		})
		expect(made.status).toBe(201)
		const { password: applicationPassword } = z.object({ password: z.string() }).parse(await made.json())
		const body = { type: 'wordpress-app', username: site.users.editor.username, applicationPassword, ...reached }
		const events: string[] = []
		const verified = await client.stream(
			contract.verifySite,
			{ workspaceId, body },
			({ kind }) => void events.push(kind),
		)
		expect(verified.ok, JSON.stringify(verified)).toBe(true)
		expect(events.at(-1)).toBe('verified')
		expect(await drafts(scene)).toMatchObject([
			{ credentialFrom: 'pasted', applicationPassword: { name: started.appName } },
		])
	},
)
