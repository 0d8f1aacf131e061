import { createHmac } from 'node:crypto'
import { contract, type WebhookDocument } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webhookName } from '../apps/web/src/journeys/webhooks/webhook-name.ts'
import { startReceiver, type Receiver } from '../apps/server/src/http/routes/webhooks.testing.ts'
import { startWordPress, type WordPressSite } from '../conformance/wordpress/start-wordpress.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram, type Founder } from './testing/founder.ts'
import { arriveAt, button, field, goTo, meet, type Person, signIn } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { changeLook } from './testing/settle.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'

let site: WordPressSite
let launched: TestBrowser
let receiver: Receiver
let postern: Postern
let founder: Founder
let owner: Person
let secret = ''
let link = ''

const looks = [
	{ colorScheme: 'dark', width: 1280 },
	{ colorScheme: 'light', width: 390 },
	{ colorScheme: 'light', width: 1280 },
] as const

/** What shuts somebody out on the screen as it is now. */
async function look(person: Person, name: string): Promise<void> {
	for (const one of looks) {
		await changeLook(person.page, one)
		expect(await scan(person.page), `${name}, ${one.colorScheme}, ${one.width}`).toEqual([])
	}
}

beforeAll(async () => {
	;[site, launched, receiver] = await Promise.all([
		startWordPress({ version: '6.5.5', permalinks: 'pretty', title: 'Garden notes' }),
		launchBrowser(),
		startReceiver(),
	])
	postern = await startPostern({ allowPrivate: `127.0.0.1:${site.port},127.0.0.1:${receiver.port}` })
	founder = await setUpByProgram(postern)
	owner = await meet(launched, postern.origin)
	await signIn(owner)
})
afterAll(async () => {
	await launched.close()
	await Promise.all([postern.stop(), site.stop(), receiver.close()])
})

describe('a webhook', () => {
	it('is added, shows its secret once, and sends a test that arrives', async () => {
		const { webhooks } = owner.says
		const { page } = owner
		await goTo(owner, 'webhooks')
		await page.getByText(webhooks.empty.title).waitFor()
		await look(owner, 'webhooks-empty')
		await button(owner, webhooks.add).click()
		await field(owner, webhooks.dialog.url).fill(receiver.url)
		await look(owner, 'webhook-dialog')
		await button(owner, webhooks.dialog.add).click()
		secret = await field(owner, webhooks.secret.label).inputValue()
		expect(secret).toMatch(/^whsec_/)
		await look(owner, 'webhook-secret')
		await button(owner, webhooks.secret.dismiss).click()
		const heading = page.getByRole('heading', { level: 1, name: webhooks.title, exact: true })
		await expect.poll(() => heading.evaluate((title) => title.matches(':focus'))).toBe(true)
		expect(await page.content()).not.toContain(secret)
		await button(owner, fill(webhooks.testLabel, { name: webhookName(receiver.url) })).click()
		await page.getByText(webhooks.log.states.delivered).waitFor()
		await look(owner, 'webhook-log')
		expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['test'])
	})
})

describe('the owner of a site', () => {
	it('gets a link from a member', async () => {
		const { list } = owner.says
		await goTo(owner, 'connectors')
		await button(owner, list.askOwner.action).click()
		await field(owner, list.askOwner.address).fill(`http://127.0.0.1:${site.port}`)
		await look(owner, 'ask-owner')
		await button(owner, list.askOwner.make).click()
		await owner.page.getByText(list.askOwner.linkTitle).waitFor()
		link = await owner.page.locator('code').filter({ hasText: '/connect#' }).innerText()
		await look(owner, 'ask-owner-link')
		await button(owner, owner.says.shell.done).click()
		await owner.page.getByText(list.openLinks.title).first().waitFor()
		await look(owner, 'open-links')
	})

	it('connects it without an account, and sees nothing else', async () => {
		const stranger = await meet(launched, postern.origin, { language: 'ja' })
		const asked = new Set<string>()
		stranger.page.on('request', (request) => {
			const url = new URL(request.url())
			if (url.pathname.startsWith('/api/')) asked.add(url.pathname)
		})
		const { link: says, fields } = stranger.says
		const host = `127.0.0.1:${site.port}`
		await stranger.page.goto(link)
		await arriveAt(stranger, fill(says.title, { host }))
		expect(stranger.page.url()).toBe(`${postern.origin}/connect`)
		await stranger.page.getByText('Garden notes').waitFor()
		const approve = stranger.page.getByRole('link', { name: says.guide.approve })
		expect(await approve.getAttribute('href')).toContain('/wp-admin/authorize-application.php?app_name=Postern')
		await look(stranger, 'connect')
		const issued = await site.createApplicationPassword('author', 'by the link')
		await field(stranger, fields.username).fill(site.users.author.username)
		await field(stranger, fields.applicationPassword).fill('wron gwro ngwr ongw rong wron')
		await button(stranger, says.connect).click()
		await stranger.page.getByRole('alert').getByRole('heading', { level: 2 }).waitFor()
		await look(stranger, 'connect-failed')
		await field(stranger, fields.applicationPassword).fill(issued.password)
		await button(stranger, says.connect).click()
		await arriveAt(stranger, fill(says.done.title, { host }))
		await look(stranger, 'connected')
		expect(
			[...asked].filter((path) => !/^\/api\/v1\/(connect-links\/(read|discover|verify)|status|me)$/.test(path)),
		).toEqual([])
		await stranger.context.close()
		const again = await meet(launched, postern.origin)
		await again.page.goto(link)
		await again.page.getByRole('alert').waitFor()
		await look(again, 'link-used')
		await again.context.close()
		expect(postern.output()).not.toContain(new URL(link).hash.slice(1))
	})

	it('finds it connected: listed, told to its webhook, and told to who asked', async () => {
		const listed = await founder.client.call(contract.listConnectors, { workspaceId: founder.workspaceId, query: {} })
		if (!listed.ok) throw new Error(listed.problem.code)
		expect(listed.value.connectors).toMatchObject([{ name: 'Garden notes', credentialFrom: 'link' }])
		await expect.poll(() => receiver.received.length).toBe(2)
		const told = receiver.received[1]
		const { headers, body = '' } = told ?? {}
		expect(JSON.parse(body)).toMatchObject({
			type: 'connector.connected',
			data: { connector: { name: 'Garden notes' } },
		})
		const signed = `${String(headers?.['webhook-id'])}.${String(headers?.['webhook-timestamp'])}.${body}`
		const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
		expect(headers?.['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
		const notices = await founder.client.call(contract.listNotices, { workspaceId: founder.workspaceId })
		expect(notices).toMatchObject({ value: { notices: [{ kind: 'connector-connected-by-link' }] } })
		const hooks = await founder.client.call(contract.listWebhooks, { workspaceId: founder.workspaceId })
		const webhooks: readonly WebhookDocument[] = hooks.ok ? hooks.value.webhooks : []
		expect(webhooks).toMatchObject([{ failingSince: null, lastAttempt: { status: 204 } }])
	})
})
