import { ok } from '@postern/vocabulary'
import {
	createSitePassword,
	deleteSitePassword,
	discover,
	listSitePasswords,
	readLatestPosts,
	type DiscoveredSite,
} from '@postern/wp-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachSite } from './reach-site.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { people, wordpressVersions } from './wordpress/wordpress-options.ts'

const appId = '3f0e8f0a-6b1c-4c52-9b57-2d1f6a7c8e90'

describe.each(
	wordpressVersions.flatMap((version) => (['pretty', 'plain'] as const).map((permalinks) => ({ version, permalinks }))),
)('the passwords of an account on WordPress $version, $permalinks permalinks', (layout) => {
	let site: WordPressSite
	beforeAll(async () => {
		site = await startWordPress(layout)
	})
	afterAll(() => site.stop())

	async function open() {
		const ports = reachSite(site.url)
		const found = await discover(site.url, ports)
		if (!found.ok) throw new Error(found.diagnosis.code)
		const issued = await site.createApplicationPassword('author', `Postern ${crypto.randomUUID()}`)
		const credential = { username: people.author.username, password: issued.password }
		return { ports: reachSite(site.url), found: found.value, issued, credential }
	}

	it('can be made, listed and used, and the old one deleted with the new one', async () => {
		const { ports, found, issued, credential } = await open()
		const name = `Rotated ${crypto.randomUUID()}`
		const made = await createSitePassword(found, credential, { name, appId }, ports)
		if (!made.ok) throw new Error(made.problem.code)
		expect(made.value).toMatchObject({ name })
		const next = { username: credential.username, password: made.value.password }
		const listed = await listSitePasswords(found, next, ports)
		if (!listed.ok) throw new Error(listed.problem.code)
		const entry = listed.value.find(({ uuid }) => uuid === made.value.uuid)
		expect(entry).toMatchObject({ name, appId })
		expect(Math.abs((entry?.created?.getTime() ?? 0) - Date.now())).toBeLessThan(120_000)
		expect(listed.value.map(({ uuid }) => uuid)).toContain(issued.uuid)
		expect(await deleteSitePassword(found, next, { uuid: issued.uuid }, ports)).toEqual({ ok: true, value: 'deleted' })
		expect(await refused(found, credential)).toBe('site-credential/rejected-or-stripped')
		expect(await readLatestPosts(found, next, reachSite(site.url))).toMatchObject({ ok: true })
	})

	it('wants a name that is not there yet', async () => {
		const { ports, found, credential } = await open()
		const name = `Twice ${crypto.randomUUID()}`
		expect(await createSitePassword(found, credential, { name }, ports)).toMatchObject({ ok: true })
		expect(await createSitePassword(found, credential, { name }, ports)).toMatchObject({
			ok: false,
			problem: { code: 'site-credential/name-taken', params: { name } },
		})
	})

	it('#247 deletes the very password it is signed in with, and is content to find it gone', async () => {
		const { ports, found, issued, credential } = await open()
		const own = { uuid: issued.uuid, isOwn: true }
		expect(await deleteSitePassword(found, credential, own, ports)).toEqual({ ok: true, value: 'deleted' })
		expect(await deleteSitePassword(found, credential, own, ports)).toEqual({ ok: true, value: 'gone' })
		// Of another password that nobody can look at, it would be a lie.
		const other = { uuid: issued.uuid }
		expect(await deleteSitePassword(found, credential, other, ports)).toMatchObject({
			ok: false,
			problem: { code: 'site-credential/rejected-or-stripped' },
		})
	})

	it('are deleted also where a host lets nothing but GET and POST through', async () => {
		const { ports, found, issued, credential } = await open()
		const methods: string[] = []
		const narrow: typeof ports.ask = async (request) => {
			methods.push(request.method)
			if (request.method !== 'DELETE') return ports.ask(request)
			const headers = new Headers({ 'content-type': 'text/html' })
			return ok({ url: request.url, status: 405, headers, body: new Uint8Array(), elapsedMs: 1 })
		}
		const wanted = { uuid: issued.uuid, isOwn: true }
		const deleted = await deleteSitePassword(found, credential, wanted, { ...ports, ask: narrow })
		expect([deleted, methods]).toEqual([{ ok: true, value: 'deleted' }, ['DELETE', 'POST']])
		expect(await refused(found, credential)).toBe('site-credential/rejected-or-stripped')
	})

	it('#247 finds gone what is not there', async () => {
		const { ports, found, credential } = await open()
		const unknown = { uuid: crypto.randomUUID() }
		expect(await deleteSitePassword(found, credential, unknown, ports)).toEqual({ ok: true, value: 'gone' })
	})

	async function refused(found: DiscoveredSite, credential: { username: string; password: string }) {
		const answer = await readLatestPosts(found, credential, reachSite(site.url))
		return answer.ok ? 'let in' : answer.problem.code
	}
})
