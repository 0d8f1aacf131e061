import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noticeExpiry } from '../../flows/notice-expiry.ts'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import { join, must, password, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') })
	server = await startTestServer()
	ann = await setUpAnn(server)
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (days: number) => vi.setSystemTime(Date.now() + days * 86_400_000)
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()

describe('the inventory', () => {
	const inventory = async (query = '') =>
		(await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/application-passwords${query}`)).body

	it('lists all passwords of the workspace, the newest first, page after page, and finds by name and owner', async () => {
		const bob = await join(server, ann, { username: 'bob', role: 'editor' })
		const annPath = await pathOf(ann, 'Ann')
		const bobs = passwordsOf(bob, await pathOf(ann, 'bob'))
		for (const name of ['One', 'Two']) await passwordsOf(ann.browser, annPath).create({ name })
		const made = (await bobs.create({ name: 'Ｔｈｒｅｅ' })).body
		const all = await inventory()
		expect(namesOf(all)).toEqual(['Ｔｈｒｅｅ', 'Two', 'One'])
		expect(all.nextCursor).toBeNull()
		expect(all.entries[0].owner).toMatchObject({ username: 'bob', kind: 'person', role: 'editor' })
		expect(JSON.stringify(all)).not.toContain(made.password.replaceAll(' ', ''))
		const first = await inventory('?limit=2')
		expect(namesOf(first)).toEqual(['Ｔｈｒｅｅ', 'Two'])
		await bobs.revokeAll()
		expect(namesOf(await inventory(`?limit=2&cursor=${first.nextCursor}`))).toEqual(['One'])
		expect(namesOf(await inventory('?search=tw'))).toEqual(['Two'])
		expect(namesOf(await inventory('?search=ANN'))).toEqual(['Two', 'One'])
		expect(namesOf(await inventory('?search=%25'))).toEqual([])
		for (const cursor of ['x', '0', '-1', '1.5'])
			expect((await inventory(`?cursor=${cursor}`)).code).toBe('request/type-error')
	})

	const namesOf = ({ entries }: { entries: { applicationPassword: { name: string } }[] }) =>
		entries.map(({ applicationPassword }) => applicationPassword.name)
})

describe('notices', () => {
	const path = () => `/workspaces/${ann.workspaceId}/notices`
	const kinds = async () => {
		await server.store.passwordStorage.flush()
		const { notices } = (await ann.browser.call('GET', path())).body
		return notices.map(({ kind }: { kind: string }) => kind)
	}

	it('tell what was made, where it was used from first, and what ends soon, each once', async () => {
		const own = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
		const made = (await own.create({ name: 'Phone', expiresAt: days(10) })).body
		await own.create({ name: 'Short', expiresAt: days(5) })
		for (const ip of ['198.51.100.7', '198.51.100.7', '203.0.113.7']) await callAs(server, made, { ip })('GET', '/me')
		const sweep = async () => must(await noticeExpiry(server.store, new Date()))
		await sweep()
		expect(await kinds()).not.toContain('password-about-to-expire')
		later(3)
		await ann.browser.call('POST', '/session', { username: 'ann', password })
		await sweep()
		await sweep()
		expect((await kinds()).toSorted()).toEqual([
			'password-about-to-expire',
			'password-created',
			'password-created',
			'password-used-from-new-address',
			'password-used-from-new-address',
		])
		const { notices } = (await ann.browser.call('GET', path())).body
		const [soon] = notices
		expect(soon).toMatchObject({ name: 'Phone', params: { expiresAt: made.applicationPassword.expiresAt } })
		expect((await ann.browser.call('DELETE', `${path()}/${soon.id}`)).status).toBe(204)
		expect((await ann.browser.call('DELETE', `${path()}/${soon.id}`)).status).toBe(404)
		expect(await kinds()).toHaveLength(4)
	})

	it('are read and dismissed by their own reader alone', async () => {
		const eve = await join(server, ann, { username: 'eve', role: 'owner' })
		await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).create({ name: 'Phone' })
		const [notice] = (await ann.browser.call('GET', path())).body.notices
		expect((await eve.call('GET', path())).body.notices).toEqual([])
		expect((await eve.call('DELETE', `${path()}/${notice.id}`)).status).toBe(404)
		expect(await kinds()).toEqual(['password-created'])
	})
})
