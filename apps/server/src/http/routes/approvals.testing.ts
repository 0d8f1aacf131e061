import { type Animal, enclose, type Enclosure } from '@postern/wp-client/testing/zoo-server'
import { USERNAME, type Wordpress, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { expect, onTestFinished } from 'vitest'
import { setUpAnn, startTestServer, type Answer, type Browser, type TestServer } from './test-server.testing.ts'

/** Ann at her Postern, and a WordPress that it may reach; plain http on this machine, as a local site is. */
export type Scene = {
	readonly server: TestServer
	readonly browser: Browser
	readonly workspaceId: string
	readonly base: string
	readonly zoo: Enclosure
	readonly site: Wordpress
	readonly address: string
}

type Options = {
	readonly now?: () => Date
	readonly site?: Wordpress
	/** What stands before the site. */
	readonly before?: (next: Animal) => Animal
	readonly databaseUrl?: string
	/** Settings besides. */
	readonly environ?: Readonly<Record<string, string>>
}

export async function openScene(options: Options = {}): Promise<Scene> {
	const {
		site = wordpress({ applicationPasswords: 'on' }),
		before = (next) => next,
		now,
		databaseUrl,
		environ,
	} = options
	const zoo = await enclose(before(site.animal))
	const server = await startTestServer({
		environ: { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${zoo.httpPort}`, ...environ },
		...(now === undefined ? {} : { now }),
		...(databaseUrl === undefined ? {} : { databaseUrl }),
	})
	onTestFinished(() => server.stop())
	const { browser, workspaceId } = await setUpAnn(server)
	const address = `http://127.0.0.1:${zoo.httpPort}`
	return { server, browser, workspaceId, base: `/workspaces/${workspaceId}`, zoo, site, address }
}

/** Clicks *Approve in WordPress*; gives the answer. */
export function start(scene: Scene, changes: object = {}, browser = scene.browser): Promise<Answer> {
	const body = { type: 'wordpress-app', address: scene.address, ...changes }
	return browser.call('POST', `${scene.base}/approvals`, body)
}

/** What WordPress does with *Yes, I approve*: makes a password, and gives the way back with it. */
export function approve(scene: Scene, approveUrl: string, changes: Readonly<Record<string, string>> = {}): string {
	const asked = new URL(approveUrl).searchParams
	const { password } = scene.site.passwords.add({
		name: asked.get('app_name') ?? '',
		app_id: asked.get('app_id') ?? '',
	})
	const back = new URL(asked.get('success_url') ?? '')
	const given = { site_url: scene.address, user_login: USERNAME, password, ...changes }
	for (const [name, value] of Object.entries(given)) back.searchParams.set(name, value)
	return back.pathname + back.search
}

/** Starts and approves; gives the way back. */
export async function comeBack(scene: Scene, changes: Readonly<Record<string, string>> = {}): Promise<string> {
	const started = await start(scene)
	expect(started.status, started.text).toBe(200)
	return approve(scene, started.body.approveUrl, changes)
}

/** The code with which a way back was refused. */
export function refusalOf({ status, headers }: Answer): string | null {
	expect(status).toBe(303)
	const to = new URL(headers.location ?? '', 'http://here')
	expect(to.pathname).toBe('/connectors/new')
	return to.searchParams.get('approval')
}

/** The draft that a way back led to. */
export function draftOf({ status, headers }: Answer): string {
	expect(status).toBe(303)
	const to = new URL(headers.location ?? '', 'http://here')
	expect([...to.searchParams.keys()], headers.location).toEqual(['draft'])
	return to.searchParams.get('draft') ?? ''
}

/** Waits until nothing is rotated any more. */
export async function settled({ server }: Scene, connectorId: string): Promise<void> {
	await expect.poll(() => server.store.rotations.find(connectorId)).toBeUndefined()
}
