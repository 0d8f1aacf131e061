import type { ConnectorDocument } from '@postern/api/contract'
import { GROUPED, PASSWORD, USERNAME, WRONG } from '@postern/wp-client/testing/zoo-wordpress'
import { beforeEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from './approvals.testing.ts'
import { type Answer, type Browser, activity, join, must, tokenOf } from './test-server.testing.ts'

let scene: Scene
let links = ''
let now = new Date()
beforeEach(async () => {
	now = new Date()
	scene = await openScene({ now: () => now })
	links = `/workspaces/${scene.workspaceId}/connect-links`
})

const fields = { username: USERNAME, applicationPassword: GROUPED }

type Made = { readonly id: string; readonly token: string; readonly link: string }

async function make(
	body: object = { type: 'wordpress-app', address: scene.address },
	by = scene.browser,
): Promise<Made> {
	const { body: made, text } = await by.call('POST', links, body)
	if (made.link === undefined) throw new Error(text)
	return { id: made.connectLink.id, token: tokenOf(made.link), link: made.link }
}

/** The last event of the stream, or the problem that came instead of one. */
async function verify(body: object, by: Browser = scene.server.browser()): Promise<Answer['body']> {
	const answer = await by.call('POST', '/connect-links/verify', body)
	if (answer.body !== undefined) return answer.body
	const last = answer.text.trim().split('\n\n').at(-1) ?? ''
	return JSON.parse(last.replace(/^data: /, ''))
}

const listed = async (): Promise<readonly ConnectorDocument[]> => {
	const { body } = await scene.browser.call('GET', `/workspaces/${scene.workspaceId}/connectors`)
	return body.connectors
}

describe('a connect link', () => {
	it('lets the owner of a site connect it without an account, once', async () => {
		const { token, link } = await make()
		expect(link).toMatch(/^http:\/\/localhost:4600\/connect#[\w-]{43}$/)
		const { host } = new URL(scene.address)
		const stranger = scene.server.browser()
		const read = await stranger.call('POST', '/connect-links/read', { token })
		expect(read.body).toMatchObject({ workspaceName: 'Ann’s blogs', host, isReconnection: false })
		const found = await stranger.call('POST', '/connect-links/discover', { token })
		expect(found.body.site).toMatchObject({ host })
		const approval = new URL(found.body.approval.url)
		expect(approval.searchParams.get('app_name')).toMatch(/^Postern – Ann’s blogs on localhost:4600, /)
		expect(approval.searchParams.has('success_url')).toBe(false)
		expect(await verify({ token, fields }, stranger)).toEqual({ kind: 'connected', host })
		expect(await listed()).toMatchObject([
			{ name: 'The Zoo', state: 'healthy', credentialFrom: 'link', createdBy: { name: 'Ann' } },
		])
		expect(await activity(scene.server, scene.workspaceId)).toEqual(
			expect.arrayContaining([
				`connect-link.created by Ann on ${host}`,
				'connector.connected-by-link by visitor on The Zoo',
			]),
		)
		const notices = await scene.browser.call('GET', `/workspaces/${scene.workspaceId}/notices`)
		expect(notices.body.notices).toMatchObject([{ kind: 'connector-connected-by-link', name: 'The Zoo' }])
		for (const [where, body] of [
			['read', { token }],
			['discover', { token }],
			['verify', { token, fields }],
		] as const)
			expect((await stranger.call('POST', `/connect-links/${where}`, body)).body).toMatchObject({
				status: 410,
				code: 'connect-link/invalid',
			})
		expect((await scene.browser.call('GET', links)).body).toEqual({ connectLinks: [] })
	})

	it('is used by one of two who come at the same moment', async () => {
		const { token } = await make()
		const both = await Promise.all([verify({ token, fields }), verify({ token, fields })])
		expect(both.filter(({ kind }) => kind === 'connected')).toHaveLength(1)
		expect(JSON.stringify(both)).toContain('connect-link/invalid')
		expect(await listed()).toHaveLength(1)
	})

	it('names what is connected after its site, and tells two of one title apart', async () => {
		for (const name of ['The Zoo', 'The Zoo (2)', 'The Zoo (3)']) {
			await verify({ token: (await make()).token, fields })
			expect((await listed()).map((one) => one.name)).toContain(name)
		}
	})

	it('reconnects a connector in place, and no other site', async () => {
		await verify({ token: (await make()).token, fields })
		const [before] = await listed()
		if (before === undefined) throw new Error('nothing was connected')
		const { token } = await make({ connectorId: before.id })
		expect((await scene.browser.call('GET', links)).body.connectLinks).toMatchObject([
			{ connector: { id: before.id, name: 'The Zoo' }, createdBy: 'Ann' },
		])
		const read = await scene.server.browser().call('POST', '/connect-links/read', { token })
		expect(read.body).toMatchObject({ isReconnection: true })
		expect(JSON.stringify(read.body)).not.toContain(before.id)
		expect(await verify({ token, fields })).toMatchObject({ kind: 'connected' })
		const after = await listed()
		expect(after).toMatchObject([{ id: before.id, name: 'The Zoo', credentialFrom: 'link' }])
		expect(after).toHaveLength(1)
	})

	it('is not used up by a wrong password, and says what is wrong', async () => {
		const { token } = await make()
		expect(await verify({ token, fields: { username: USERNAME, applicationPassword: WRONG } })).toMatchObject({
			kind: 'failed',
			problem: { diagnosis: { certainty: expect.any(String) } },
		})
		expect(await verify({ token, fields: { username: '', applicationPassword: '' } })).toMatchObject({ status: 422 })
		expect(await verify({ token, fields })).toMatchObject({ kind: 'connected' })
	})
})

describe('whoever holds a link', () => {
	it('sees the workspace’s name and the site, and nothing else', async () => {
		const { token } = await make()
		const stranger = scene.server.browser()
		const { body } = await stranger.call('POST', '/connect-links/read', { token })
		expect(Object.keys(body).toSorted()).toEqual([
			'address',
			'expiresAt',
			'host',
			'isReconnection',
			'type',
			'workspaceName',
		])
		const outcome = await stranger.call('POST', '/connect-links/verify', { token, fields })
		const [connector] = await listed()
		for (const secret of [connector?.id ?? '', scene.workspaceId, 'Ann"', PASSWORD, 'sites/'])
			expect(outcome.text, secret).not.toContain(secret)
		expect(stranger.cookies.size).toBe(0)
		for (const where of ['/connectors', '/connect-links', '/members'])
			expect((await stranger.call('GET', `/workspaces/${scene.workspaceId}${where}`)).status).toBe(401)
	})

	it('cannot turn it to another site', async () => {
		const { token } = await make()
		for (const body of [
			{ token, fields, address: 'https://other.example' },
			{ token, fields: { ...fields, address: 'https://other.example' } },
			{ token, fields, connectorId: 'con_a' },
			{ token, fields, certificatePin: 'ab'.repeat(32) },
		])
			expect(await verify(body)).toMatchObject({ code: 'request/json-unknown-key' })
		expect(
			(await scene.server.browser().call('POST', '/connect-links/discover', { token, address: 'a' })).body,
		).toMatchObject({ code: 'request/json-unknown-key' })
		expect(scene.zoo.visits).toEqual([])
	})

	it('gets no further when it was revoked, has expired, or never was', async () => {
		const { id, token } = await make()
		expect((await scene.browser.call('DELETE', `${links}/${id}`)).status).toBe(204)
		expect((await scene.browser.call('DELETE', `${links}/${id}`)).status).toBe(404)
		const { token: old } = await make()
		now = new Date(now.getTime() + 7 * 86_400_000)
		for (const dead of [token, old, 'a'.repeat(43), ''])
			expect(await verify({ token: dead, fields })).toMatchObject({ code: 'connect-link/invalid' })
		expect(scene.zoo.visits).toEqual([])
	})

	it('is stopped when it guesses, or tries too often', async () => {
		const guessing = scene.server.browser({ ip: '203.0.113.9' })
		let last: Answer | undefined
		for (let count = 0; count < 70; count += 1)
			last = await guessing.call('POST', '/connect-links/read', { token: `guess${count}` })
		expect(last?.body).toMatchObject({ code: 'account/throttled' })
		const { token } = await make()
		const codes: string[] = []
		for (let count = 0; count < 21; count += 1) {
			const { body } = await scene.server.browser().call('POST', '/connect-links/discover', { token })
			codes.push(body.code ?? 'ok')
		}
		expect(codes.at(-1)).toBe('request/throttled')
	}, 30_000)

	it('loses it with the power of who made it', async () => {
		const editor = await join(scene.server, scene, { username: 'Eddy', role: 'editor' })
		const { token } = await make(undefined, editor)
		const stranger = scene.server.browser()
		expect((await stranger.call('POST', '/connect-links/read', { token })).status).toBe(200)
		const members = await scene.browser.call('GET', `/workspaces/${scene.workspaceId}/members`)
		const { id } = members.body.members.find((one: { username: string }) => one.username === 'Eddy')
		await scene.browser.call('PATCH', `/workspaces/${scene.workspaceId}/members/${id}`, { role: 'viewer' })
		expect((await scene.browser.call('GET', links)).body).toEqual({ connectLinks: [] })
		expect(await verify({ token, fields }, stranger)).toMatchObject({ code: 'connect-link/invalid' })
		await scene.browser.call('DELETE', `/workspaces/${scene.workspaceId}/members/${id}`)
		expect(await verify({ token, fields }, stranger)).toMatchObject({ code: 'connect-link/invalid' })
	})

	it('loses it also while the password is being proved', async () => {
		let revoke: () => Promise<unknown> = () => Promise.resolve()
		let revoking: Promise<unknown> | undefined
		const slow = await openScene({
			before: (next) => (visit) => {
				if (visit.headers.authorization !== undefined) revoking ??= revoke()
				return next(visit)
			},
		})
		const where = `/workspaces/${slow.workspaceId}/connect-links`
		const made = await slow.browser.call('POST', where, { type: 'wordpress-app', address: slow.address })
		revoke = () => slow.server.store.connectLinks.revoke(slow.workspaceId, made.body.connectLink.id)
		const outcome = await verify({ token: tokenOf(made.body.link), fields }, slow.server.browser())
		expect(await revoking).toMatchObject({ id: made.body.connectLink.id })
		expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'connect-link/invalid' } })
		const { body } = await slow.browser.call('GET', `/workspaces/${slow.workspaceId}/connectors`)
		expect(body.connectors).toEqual([])
	})
})

describe('whoever makes links', () => {
	it('is an editor at least, of this workspace', async () => {
		const viewer = await join(scene.server, scene, { username: 'Vera', role: 'viewer' })
		const body = { type: 'wordpress-app', address: scene.address }
		expect((await viewer.call('POST', links, body)).body).toMatchObject({ code: 'role/insufficient' })
		expect((await viewer.call('GET', links)).body).toMatchObject({ code: 'role/insufficient' })
		expect((await scene.server.browser().call('POST', links, body)).status).toBe(401)
		expect((await scene.browser.call('POST', links, { connectorId: 'con_of_others' })).status).toBe(404)
	})

	it.each([
		[{ type: 'wordpress-app', address: '' }, 'address/required'],
		[{ type: 'wordpress-app', address: 'http://localhost:4600' }, 'address/own'],
		[{ type: 'nothing', address: 'blog.example' }, 'connector-type/unknown'],
	])('is told what is wrong with %o', async (body, code) => {
		expect((await scene.browser.call('POST', links, body)).body).toMatchObject({ code })
	})

	it('has a hundred open at the most', async () => {
		const { accountId } = must(await ownerOf())
		for (let count = 0; count < 100; count += 1)
			await scene.server.store.connectLinks.create({
				workspaceId: scene.workspaceId,
				tokenHash: `hash ${count}`,
				type: 'wordpress-app',
				address: 'blog.example',
				host: 'blog.example',
				connectorId: null,
				createdBy: accountId,
				expiresAt: new Date(now.getTime() + 1_000),
			})
		const more = await scene.browser.call('POST', links, { type: 'wordpress-app', address: 'blog.example' })
		expect(more.body).toMatchObject({ code: 'connect-link/limit', params: { limit: 100 } })
	})

	it('leaves no token in any log', async () => {
		const { token } = await make()
		await verify({ token, fields })
		const log = JSON.stringify(
			must(await scene.server.store.audit.page({ workspaceId: scene.workspaceId, limit: 100 })),
		)
		expect(log + scene.server.logged.join()).not.toContain(token)
		expect(log + scene.server.logged.join()).not.toContain(PASSWORD)
	})
})

async function ownerOf() {
	const [owner] = await scene.server.store.members.list(scene.workspaceId)
	return owner === undefined
		? ({ ok: false, problem: { code: 'request/not-found', params: {} } } as const)
		: ({ ok: true, value: owner } as const)
}
