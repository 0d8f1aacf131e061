import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { ok } from '@postern/vocabulary'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { announceChange } from '../../flows/connector-events.ts'
import { disabledAfterMs, retryAfterMs } from '../../flows/webhooks/deliver-webhook.ts'
import { updateWebhook } from '../../flows/webhooks/keep-webhook.ts'
import { createJobRunner } from '../../jobs/job-runner.ts'
import { webhookDeliverHandler } from '../../jobs/webhook-deliver.ts'
import { addConnector, diagnosis } from '../../store/cases/connector.testing.ts'
import { activity, join, must, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'
import { type Received, type Receiver, startReceiver } from './webhooks.testing.ts'

let server: TestServer
let receiver: Receiver
let ann: Awaited<ReturnType<typeof setUpAnn>>
let base = ''
let now = new Date()
beforeEach(async () => {
	now = new Date()
	receiver = await startReceiver()
	server = await startTestServer({
		environ: { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${receiver.port}` },
		now: () => now,
	})
	ann = await setUpAnn(server)
	base = `/workspaces/${ann.workspaceId}/webhooks`
})
afterEach(async () => {
	await server.stop()
	await receiver.close()
})

const pass = (ms: number) => (now = new Date(now.getTime() + ms))
const everything = [
	'connector.connected',
	'connector.needs_attention',
	'connector.unreachable',
	'connector.recovered',
	'connector.deleted',
]
const add = async (events: readonly string[] = everything, url = receiver.url) => {
	const { body } = await ann.browser.call('POST', base, { url, events })
	return { id: String(body.webhook.id), secret: String(body.secret) }
}

/** Runs what is due, once. */
async function runDue(): Promise<void> {
	const handler = webhookDeliverHandler(server.rotating)
	const jobs = await server.store.jobs.claim({ kinds: ['webhook.deliver'], limit: 100, leaseMs: 60_000 })
	for (const job of jobs) {
		const outcome = await handler.run(job, { signal: new AbortController().signal })
		if (outcome === 'done') await server.store.jobs.finish(job)
		else if (outcome !== 'settled') await server.store.jobs.postpone(job, { ...outcome, runAt: outcome.again })
	}
}

/** The function that docs/webhooks.md shows. */
async function documented(): Promise<(secret: string, headers: Received['headers'], body: string) => boolean> {
	const text = readFileSync(path.resolve(import.meta.dirname, '../../../../../docs/webhooks.md'), 'utf8')
	const [, source = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? []
	const module: unknown = await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`)
	return (module as { isFromPostern: (secret: string, headers: Received['headers'], body: string) => boolean })
		.isFromPostern // what the document promises
}

describe('a webhook', () => {
	it('shows its secret once, and a log and an address that only administrators see', async () => {
		const made = await ann.browser.call('POST', base, { url: receiver.url, events: everything })
		expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
		expect((await ann.browser.call('GET', base)).body).toEqual({
			webhooks: [
				{
					id: made.body.webhook.id,
					url: receiver.url,
					events: everything,
					isEnabled: true,
					createdAt: now.toISOString(),
					failingSince: null,
					lastAttempt: null,
				},
			],
		})
		const log = JSON.stringify(must(await server.store.audit.page({ workspaceId: ann.workspaceId, limit: 100 })))
		expect(log).not.toContain('from=postern')
		expect(log + server.logged.join()).not.toContain('whsec_')
		expect(await activity(server, ann.workspaceId)).toContain(`webhook.created by Ann on 127.0.0.1:${receiver.port}`)
		const editor = await join(server, ann, { username: 'Eddy', role: 'editor' })
		for (const [method, where] of [
			['GET', base],
			['POST', `${base}/${made.body.webhook.id}/test`],
			['GET', `${base}/${made.body.webhook.id}/deliveries`],
		] as const)
			expect((await editor.call(method, where)).body).toMatchObject({ code: 'role/insufficient' })
	})

	it('is told what happens, signed so that the function of the documents takes it and no other', async () => {
		const { secret } = await add()
		const { id } = await addConnector(server.store, ann.workspaceId, 'Blog 雪', 'blog.example')
		const connector = await server.store.connectors.find(ann.workspaceId, id)
		if (connector === undefined) throw new Error('gone')
		const ill = { ...connector, state: 'needs-attention', diagnosis } as const
		must(
			await server.store.transaction(async (store) => {
				await announceChange({ change: 'needs-attention', connector: ill }, store)
				return { ok: true, value: undefined }
			}),
		)
		await runDue()
		const [received] = receiver.received
		if (received === undefined) throw new Error('nothing came')
		expect(JSON.parse(received.body)).toEqual({
			type: 'connector.needs_attention',
			timestamp: now.toISOString(),
			data: {
				connector: {
					id,
					name: 'Blog 雪',
					url: 'https://blog.example/',
					type: 'wordpress-app',
					state: 'needs-attention',
					diagnosis: { code: 'site-credential/rejected', certainty: 'sure', fixedBy: 'you' },
				},
				workspace: { id: ann.workspaceId, name: 'Ann’s blogs' },
			},
		})
		expect(received.headers['content-type']).toBe('application/json')
		const isFromPostern = await documented()
		expect(isFromPostern(secret, received.headers, received.body)).toBe(true)
		expect(isFromPostern(secret, received.headers, `${received.body} `)).toBe(false)
		expect(isFromPostern(`whsec_${Buffer.alloc(32).toString('base64')}`, received.headers, received.body)).toBe(false)
		const old = {
			...received.headers,
			'webhook-timestamp': String(Number(received.headers['webhook-timestamp']) - 301),
		}
		expect(isFromPostern(secret, old, received.body)).toBe(false)
	})

	it('is told what it asked for, of its own workspace, and not what was undone', async () => {
		await add(['connector.deleted'])
		const { id } = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		const connector = await server.store.connectors.find(ann.workspaceId, id)
		if (connector === undefined) throw new Error('gone')
		await server.store.transaction(async (store) => {
			await announceChange({ change: 'recovered', connector }, store)
			return { ok: true, value: undefined }
		})
		const undone = await server.store.transaction(async (store) => {
			await announceChange({ change: 'unreachable', connector }, store)
			return { ok: false, problem: { code: 'request/not-found', params: {} } }
		})
		expect(undone.ok).toBe(false)
		const other = await server.store.workspaces.create('Theirs')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		await server.store.connectors.delete(other.id, foreign.id)
		await ann.browser.call('DELETE', `/workspaces/${ann.workspaceId}/connectors/${id}`)
		await runDue()
		expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['connector.deleted'])
	})

	it('is delivered by the runner without anybody asking', async () => {
		await add()
		const { id } = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		await ann.browser.call('DELETE', `/workspaces/${ann.workspaceId}/connectors/${id}`)
		const runner = createJobRunner({
			store: server.store,
			handlers: [webhookDeliverHandler(server.rotating)],
			now: () => now,
			onTrouble: ({ err }) => expect.fail(String(err)),
		})
		runner.start()
		await expect.poll(() => receiver.received.length).toBe(1)
		await runner.stop()
	})
})

describe('what does not arrive', () => {
	/** Sessions end sooner than the days that pass here. */
	const tellOne = async () => {
		const { id } = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		const connector = await server.store.connectors.find(ann.workspaceId, id)
		if (connector === undefined) throw new Error('gone')
		await server.store.transaction(async (store) => ok(await announceChange({ change: 'recovered', connector }, store)))
	}
	const find = (id: string) => server.store.webhooks.find(ann.workspaceId, id)

	it('is tried again with the same id and body, later each time, and given up after a day', async () => {
		const { id } = await add()
		await tellOne()
		receiver.answer = 503
		await runDue()
		for (const ms of retryAfterMs) {
			pass(ms - 1)
			await runDue()
			const before = receiver.received.length
			pass(1)
			await runDue()
			expect(receiver.received).toHaveLength(before + 1)
		}
		pass(30 * 86_400_000)
		await runDue()
		expect(receiver.received).toHaveLength(1 + retryAfterMs.length)
		expect(new Set(receiver.received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size).toBe(
			1,
		)
		expect(new Set(receiver.received.map(({ headers }) => headers['webhook-signature'])).size).toBe(8)
		expect(await server.store.webhooks.listDeliveries(id)).toMatchObject([
			{ state: 'failed', attempts: 8, lastAttempt: { status: 503, code: 'webhook/not-accepted' } },
		])
	})

	it('waits for its next attempt, and can be sent again at once', async () => {
		const { id } = await add()
		await tellOne()
		receiver.answer = 503
		await runDue()
		const { body } = await ann.browser.call('GET', `${base}/${id}/deliveries`)
		const at = new Date(now.getTime() + 5_000).toISOString()
		expect(body.deliveries).toMatchObject([{ state: 'waiting', attempts: 1, nextAttemptAt: at }])
		const resend = () => ann.browser.call('POST', `${base}/${id}/deliveries/${body.deliveries[0].id}/resend`)
		expect((await resend()).body).toMatchObject({ state: 'waiting', attempts: 2, nextAttemptAt: at })
		receiver.answer = 200
		expect((await resend()).body).toMatchObject({
			state: 'delivered',
			attempts: 3,
			nextAttemptAt: null,
			lastAttempt: { status: 200, code: null },
		})
		expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(body.deliveries[0].id)
		pass(60_000)
		await runDue()
		expect(receiver.received).toHaveLength(3)
	})

	it('switches the webhook off after five days, tells who looks after it, and is switched on again', async () => {
		const { id } = await add()
		receiver.answer = 500
		await tellOne()
		await runDue()
		pass(disabledAfterMs - 1)
		await tellOne()
		await runDue()
		expect(await find(id)).toMatchObject({ disabledAt: null })
		pass(5_000)
		await runDue()
		expect(await find(id)).toMatchObject({ disabledAt: now })
		const [owner] = await server.store.members.list(ann.workspaceId)
		const notices = async () =>
			(await server.store.notices.list(owner?.id ?? '')).filter(({ kind }) => kind === 'webhook-disabled')
		expect(await notices()).toMatchObject([
			{ kind: 'webhook-disabled', uuid: id, params: { code: 'webhook/not-accepted' } },
		])
		expect(await activity(server, ann.workspaceId)).toContain(
			`webhook.disabled by postern on 127.0.0.1:${receiver.port}`,
		)
		const sent = receiver.received.length
		await tellOne()
		pass(86_400_000)
		await runDue()
		expect(receiver.received).toHaveLength(sent)
		const actor = { accountId: 'mem_a', username: 'Ann' }
		const change = { workspaceId: ann.workspaceId, webhookId: id, actor, requestId: 'r' }
		must(await updateWebhook({ ...change, isEnabled: true }, { ...server.rotating, ownOrigins: [] }))
		expect(await notices()).toEqual([])
		receiver.answer = 204
		await tellOne()
		await runDue()
		expect(receiver.received).toHaveLength(sent + 1)
	})

	it('reaches no private address, and follows nowhere', async () => {
		const { id } = await add(everything, 'http://127.0.0.1/admin')
		expect((await ann.browser.call('POST', `${base}/${id}/test`)).body).toMatchObject({
			state: 'failed',
			lastAttempt: { status: null, code: 'address/blocked' },
		})
		receiver.answer = { location: 'http://127.0.0.1/admin' }
		const { id: there } = await add()
		expect((await ann.browser.call('POST', `${base}/${there}/test`)).body).toMatchObject({
			state: 'failed',
			lastAttempt: { status: 307, code: 'webhook/not-accepted' },
		})
		expect(receiver.received).toHaveLength(1)
	})
})

describe('whoever looks after webhooks', () => {
	it('sends a test, which says what came of it and is tried once', async () => {
		const { id, secret } = await add(['connector.deleted'])
		expect((await ann.browser.call('POST', `${base}/${id}/test`)).body).toMatchObject({
			event: 'test',
			state: 'delivered',
			attempts: 1,
			lastAttempt: { status: 204, code: null },
		})
		const [received] = receiver.received
		if (received === undefined) throw new Error('nothing came')
		expect(JSON.parse(received.body)).toMatchObject({ type: 'test', data: { workspace: { id: ann.workspaceId } } })
		expect((await documented())(secret, received.headers, received.body)).toBe(true)
		receiver.answer = 400
		expect((await ann.browser.call('POST', `${base}/${id}/test`)).body).toMatchObject({ state: 'failed' })
		await runDue()
		expect(receiver.received).toHaveLength(2)
	})

	it('replaces the secret: for a day both sign, then only the new one', async () => {
		const { id, secret: old } = await add()
		const rotated = await ann.browser.call('POST', `${base}/${id}/rotate-secret`)
		expect(rotated.body.previousUntil).toBe(new Date(now.getTime() + 86_400_000).toISOString())
		const isFromPostern = await documented()
		const verdicts = async () => {
			await ann.browser.call('POST', `${base}/${id}/test`)
			const last = receiver.received.at(-1)
			if (last === undefined) throw new Error('nothing came')
			const { headers } = last
			// Whoever moves the clock of Postern has not moved the receiver's.
			const timestamp = Number(headers['webhook-timestamp'])
			expect(timestamp).toBe(Math.floor(now.getTime() / 1000))
			return { headers, body: last.body }
		}
		const both = await verdicts()
		expect(isFromPostern(old, both.headers, both.body)).toBe(true)
		expect(isFromPostern(rotated.body.secret, both.headers, both.body)).toBe(true)
		pass(86_400_000)
		expect(String((await verdicts()).headers['webhook-signature']).split(' ')).toHaveLength(1)
	})

	it('has twenty of them at the most', async () => {
		for (let count = 0; count < 20; count += 1) await add()
		const more = await ann.browser.call('POST', base, { url: receiver.url, events: everything })
		expect(more.body).toMatchObject({ status: 409, code: 'webhook/limit', params: { limit: 20 } })
	})

	it.each([
		['', 'address/required'],
		['https://', 'address/malformed'],
		[`https://a.example/${'a'.repeat(2_050)}`, 'address/too-long'],
		['ftp://a.example/', 'address/scheme-unsupported'],
		['https://a:b@a.example/', 'address/credentials-inside'],
		['http://localhost:4600/hook', 'address/own'],
	])('gets told what is wrong with the address %s', async (url, code) => {
		expect((await ann.browser.call('POST', base, { url, events: everything })).body).toMatchObject({ code })
		const { id } = await add()
		expect((await ann.browser.call('PATCH', `${base}/${id}`, { url })).body).toMatchObject({ code })
	})

	it('changes and deletes it; strangers find nothing', async () => {
		const { id } = await add()
		const changed = await ann.browser.call('PATCH', `${base}/${id}`, {
			url: `${receiver.url}&b#c`,
			events: ['connector.deleted', 'connector.deleted'],
		})
		expect(changed.body).toMatchObject({ url: `${receiver.url}&b`, events: ['connector.deleted'] })
		expect((await ann.browser.call('POST', base, { url: receiver.url, events: [] })).status).toBe(422)
		expect((await ann.browser.call('DELETE', `${base}/${id}`)).status).toBe(204)
		for (const [method, where] of [
			['DELETE', ''],
			['PATCH', ''],
			['POST', '/test'],
			['POST', '/rotate-secret'],
			['GET', '/deliveries'],
			['POST', '/deliveries/msg_a/resend'],
		] as const)
			expect(
				(await ann.browser.call(method, `${base}/${id}${where}`, method === 'PATCH' ? {} : undefined)).status,
			).toBe(404)
		expect((await server.browser().call('GET', base)).status).toBe(401)
	})
})
