import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfiguration } from '../../configuration.ts'
import { digestSendHandler } from '../../jobs/digest-send.ts'
import { openMail } from '../../open-mail.ts'
import {
	setUpAnn,
	join,
	must,
	startTestServer,
	type Browser,
	type TestServer,
} from '../../http/routes/test-server.testing.ts'
import { nextDigestAt } from './send-digests.ts'

const smtpPassword = 'p@ss word/ü'
type Received = { readonly to: string; readonly from: string; readonly raw: string; readonly login: string }

/** A real mail server on this machine, which asks for a login. */
async function startMailServer() {
	const received: Received[] = []
	const logins: string[] = []
	const refused = new Set<string>()
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth({ username = '', password = '' }, _session, callback) {
			logins.push(username)
			if (password === smtpPassword) callback(null, { user: username })
			else callback(new Error(`not ${password}`))
		},
		onRcptTo: ({ address }, _session, callback) => callback(refused.has(address) ? new Error('unknown') : null),
		onData(stream, session, callback) {
			let raw = ''
			stream.on('data', (chunk: Buffer) => (raw += chunk.toString()))
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope
				const from = mailFrom === false ? '' : mailFrom.address
				received.push({ to: rcptTo.map(({ address }) => address).join(), from, raw, login: String(session.user) })
				callback()
			})
		},
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.server.address() as AddressInfo // it listens on a port
	const url = `smtp://mailer:${encodeURIComponent(smtpPassword)}@127.0.0.1:${port}`
	return {
		received,
		logins,
		refused,
		port,
		url,
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	}
}

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let ann: { browser: Browser; workspaceId: string }
let now = new Date()
beforeEach(async () => {
	now = new Date()
	mail = await startMailServer()
	const environ = { POSTERN_SMTP_URL: mail.url, POSTERN_MAIL_FROM: 'postern@example.com' }
	server = await startTestServer({ environ, now: () => now })
	ann = await setUpAnn(server)
})
afterEach(async () => {
	await server.stop()
	await mail.close()
})

const mailing = (url = mail.url) => {
	const read = readConfiguration({ POSTERN_SMTP_URL: url, POSTERN_MAIL_FROM: 'postern@example.com' }, '/tmp')
	const { mailing: value } = must(read)
	if (value === undefined) throw new Error('not configured')
	return value
}

async function run(attempts = 1, url = mail.url) {
	const origin = 'https://postern.example'
	const ports = { store: server.store, send: openMail(mailing(url)), origin, hour: 8, now: () => now }
	const job = { id: 'j', kind: 'digest.send', key: 'daily', workspaceId: null, connectorId: null } as const
	const leased = { ...job, attempts, payload: {}, leaseToken: 't', leasedUntil: now }
	return digestSendHandler(ports).run(leased, { signal: new AbortController().signal })
}

/** Something to be told: to Ann, who owns the workspace, and to whoever connected it. */
const tell = (name: string, ownerAccountId = 'nobody') =>
	server.store.notices.giveOfConnector({
		kind: 'connector-needs-attention',
		workspaceId: ann.workspaceId,
		connectorId: `con_${name.length}`,
		ownerAccountId,
		name,
		params: { code: 'site-credential/rejected' },
	})

const bodyOf = ({ raw }: Received): string =>
	raw
		.replaceAll(/=\r?\n/g, '')
		.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

describe('the daily e-mail', () => {
	it('tells each account once what is new for it, and nothing where there is nothing', async () => {
		expect(await run()).toEqual({ again: nextDigestAt(now, 8), attempts: 0 })
		expect(mail.received).toEqual([])
		await tell('Blog <b>&"')
		await run()
		const [received] = mail.received
		if (received === undefined) throw new Error('nothing came')
		expect(received).toMatchObject({ to: 'ann@example.com', from: 'postern@example.com', login: 'mailer' })
		expect(received.raw).toContain('Subject: Postern: 1 notice')
		expect(received.raw).toContain('Auto-Submitted: auto-generated')
		const body = bodyOf(received)
		expect(body).toContain('https://postern.example/connectors/con_10')
		expect(body).toContain('https://postern.example/account')
		expect(body).toContain('Blog &lt;b&gt;&amp;&quot;')
		await run()
		now = new Date(now.getTime() + 86_400_000)
		await run()
		expect(mail.received).toHaveLength(1)
		await tell('Another')
		await run()
		expect(mail.received).toHaveLength(2)
		expect(bodyOf(mail.received[1] ?? received)).not.toContain('Blog')
	})

	it('speaks the account’s language', async () => {
		await ann.browser.call('PATCH', '/me', { language: 'ja' })
		await tell('Blog')
		await run()
		const [received] = mail.received
		if (received === undefined) throw new Error('nothing came')
		expect(bodyOf(received)).toContain('<html lang="ja">')
		expect(received.raw).toMatch(/Subject: =\?UTF-8\?/)
	})

	it('is not sent to whoever switched it off, and begins anew when it is on again', async () => {
		expect((await ann.browser.call('GET', '/me/digest')).body).toEqual({ isAvailable: true, isOn: true })
		await ann.browser.call('PUT', '/me/digest', { isOn: false })
		expect((await ann.browser.call('GET', '/me/digest')).body).toMatchObject({ isOn: false })
		await tell('Blog')
		await run()
		await ann.browser.call('PUT', '/me/digest', { isOn: true })
		await run()
		expect(mail.received).toEqual([])
	})

	it('goes to the others when one cannot be reached, and to that one later; after five attempts the next day', async () => {
		await join(server, ann, { username: 'Bea', role: 'admin' })
		await tell('Blog')
		mail.refused.add('ann@example.com')
		await expect(run()).rejects.toThrow('mail/not-sent')
		expect(mail.received.map(({ to }) => to)).toEqual(['bea@example.com'])
		expect(await run(5)).toMatchObject({ attempts: 0 })
		mail.refused.clear()
		await run()
		expect(mail.received.map(({ to }) => to)).toEqual(['bea@example.com', 'ann@example.com'])
	})

	it('never tells a log or an e-mail the password of the mail server', async () => {
		await tell('Blog')
		const wrong = mail.url.replace(encodeURIComponent(smtpPassword), 'wrong-password')
		const thrown = await run(1, wrong).catch((error: unknown) => error)
		const all = [thrown, thrown instanceof Error ? thrown.cause : undefined].map(String).join()
		expect(all).toContain('mail/not-sent')
		expect(all).toContain('EAUTH')
		expect(all).not.toContain('wrong-password')
		await run()
		expect(mail.received[0]?.raw).not.toContain(smtpPassword)
		expect(JSON.stringify(mailing()) + String(mailing().server)).not.toContain('p%40ss')
	})

	it('logs in to another machine over TLS only, whatever the server there offers', async () => {
		await tell('Blog')
		const elsewhere = mail.url.replace('127.0.0.1', '0.0.0.0') // it ends up here, but says nothing of it
		const thrown = await run(1, elsewhere).catch((error: unknown) => error)
		expect(String(thrown instanceof Error ? thrown.cause : thrown)).toContain('ETLS')
		expect([mail.logins, mail.received]).toEqual([[], []])
		await run()
		expect(mail.received).toHaveLength(1)
	})

	it('comes at its hour, UTC', () => {
		expect(nextDigestAt(new Date('2026-11-22T07:59:59Z'), 8)).toEqual(new Date('2026-11-22T08:00:00Z'))
		expect(nextDigestAt(new Date('2026-11-22T08:00:00Z'), 8)).toEqual(new Date('2026-11-23T08:00:00Z'))
		expect(nextDigestAt(new Date('2026-11-22T23:00:00Z'), 0)).toEqual(new Date('2026-11-23T00:00:00Z'))
	})
})

describe('the settings of e-mails', () => {
	it.each([
		[{ POSTERN_SMTP_URL: 'https://mail.example', POSTERN_MAIL_FROM: 'a@b.example' }, 'POSTERN_SMTP_URL'],
		[{ POSTERN_SMTP_URL: 'smtp://u:%ff@mail.example', POSTERN_MAIL_FROM: 'a@b.example' }, 'POSTERN_SMTP_URL'],
		[{ POSTERN_MAIL_FROM: 'a@b.example' }, 'POSTERN_SMTP_URL'],
		[{ POSTERN_SMTP_URL: 'smtps://u:secret@mail.example' }, 'POSTERN_MAIL_FROM'],
		[{ POSTERN_SMTP_URL: 'smtps://u:secret@mail.example', POSTERN_MAIL_FROM: 'a' }, 'POSTERN_MAIL_FROM'],
		[{ POSTERN_DIGEST_HOUR: '24' }, 'POSTERN_DIGEST_HOUR'],
	])('stop the start by name when they are wrong: %o', (environ, name) => {
		const read = readConfiguration(environ, '/tmp')
		expect(read).toMatchObject({ ok: false, problem: { code: 'start/configuration', params: { name } } })
		expect(JSON.stringify(read)).not.toContain('secret')
	})

	it('may be left out', async () => {
		expect(must(readConfiguration({}, '/tmp')).mailing).toBeUndefined()
		expect(mailing()).toMatchObject({ from: 'postern@example.com', digestHour: 8 })
	})
})
