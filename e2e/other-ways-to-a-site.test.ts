import { join } from 'node:path'
import { noteText } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putHttpsInFront, type HttpsFront } from '../conformance/wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from '../conformance/wordpress/start-wordpress.ts'
import { certificates } from '../packages/egress/src/testing/certificates.ts'
import { root } from '../scripts/steps/root.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram } from './testing/founder.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { placesWith } from './testing/stored-in-browser.ts'
import { fill } from './testing/texts.ts'

const staging = { username: 'agency', password: 'behind the curtain' }
const everywhere = /(?!)/

describe('a site that is not reached as most are', () => {
	let stripping: WordPressSite
	let staged: WordPressSite
	let front: HttpsFront
	let postern: Postern
	let launched: TestBrowser
	let person: Person
	beforeAll(async () => {
		;[stripping, staged, launched] = await Promise.all([
			startWordPress({
				version: '6.5.5',
				permalinks: 'pretty',
				behaviours: ['strip-authorization'],
				title: 'Drops logins',
			}),
			startWordPress({ version: '6.5.5', permalinks: 'pretty', behaviours: ['behind-https'], title: 'Staging' }),
			launchBrowser(),
		])
		front = await putHttpsInFront(staged, certificates.good, { login: { ...staging, exempt: everywhere } })
		const authority = join(root, 'packages/egress/src/testing/certificates/authority.pem')
		postern = await startPostern({
			allowPrivate: `127.0.0.1:${stripping.port},${new URL(front.url).host}`,
			environment: {
				NODE_EXTRA_CA_CERTS: authority,
				POSTERN_OUTGOING_ADDRESS: '203.0.113.7',
				POSTERN_USER_AGENT: 'Example-Sync/1.0',
				POSTERN_CONTACT: 'ops@example.com',
			},
		})
		await setUpByProgram(postern)
		person = await meet(launched, postern.origin)
		await signIn(person)
	})
	afterAll(async () => {
		await launched.close()
		await front.stop()
		await Promise.all([postern.stop(), stripping.stop(), staged.stop()])
	})

	async function openWizard(website: string): Promise<void> {
		const { fields, connectors } = person.says
		await person.page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
		await arriveAt(person, connectors.authentication.title)
		await field(person, fields.website).fill(website)
		await field(person, fields.website).press('Tab')
	}
	const found = () =>
		person.page.getByText(fill(person.says.connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
	const authorize = () => button(person, person.says.connectors.authentication.authorize).click()
	async function save(name: string): Promise<void> {
		const { connectors } = person.says
		await arriveAt(person, connectors.naming.title)
		await field(person, connectors.naming.name).fill(name)
		await button(person, connectors.naming.save).click()
		await arriveAt(person, connectors.title)
		await person.page.getByRole('link', { name, exact: true }).click()
		await arriveAt(person, name)
	}

	it('is connected over XML-RPC where the web server drops the login, by one more click', async () => {
		const { connecting, fields } = person.says
		await openWizard(stripping.url)
		await found()
		const { password } = await stripping.createApplicationPassword('editor', 'stripped')
		await field(person, fields.username).fill('editor')
		await field(person, fields.applicationPassword).fill(password)
		await authorize()
		await button(person, connecting.xmlRpc.instead).waitFor()
		await person.page.getByText(connecting.forHost.title, { exact: true }).click()
		const letter = await person.page.getByRole('alert').locator('pre').first().innerText()
		const { hello, thanks } = connecting.forHost
		for (const part of [hello, 'Example-Sync/1.0', '203.0.113.7', 'CGIPassAuth On', thanks])
			expect(letter).toContain(part)
		expect(letter).not.toContain(password.slice(0, 9))
		expect(await scan(person.page)).toEqual([])
		await button(person, connecting.xmlRpc.instead).click()
		await save('By XML-RPC')
		await person.page.getByText(connecting.reach.transports['xml-rpc'], { exact: true }).waitFor()
		await person.page.getByText(connecting.password.notOverXmlRpc, { exact: true }).waitFor()
		// Said once, though both looking and logging in find it.
		const remark = noteText('xml-rpc-transport', {}, 'en')
		expect(await person.page.getByText(remark, { exact: true }).count()).toBe(1)
	})

	it('takes a staging login beside its own, and keeps its password nowhere in the browser', async () => {
		const { connecting, fields } = person.says
		await openWizard(front.url)
		// What is wanted unfolds by itself.
		const username = field(person, connecting.more.edgeUsername)
		await username.waitFor()
		expect(await scan(person.page)).toEqual([])
		await username.fill(staging.username)
		const secret = field(person, connecting.more.edgePassword)
		await secret.fill(staging.password)
		await secret.press('Tab')
		await found()
		await person.page.getByText(connecting.approve.whyNot['staging-login'], { exact: true }).waitFor()
		const { password } = await staged.createApplicationPassword('author', 'staged')
		await field(person, fields.username).fill('author')
		await field(person, fields.applicationPassword).fill(password)
		await person.page.getByRole('checkbox', { name: connecting.more.xmlRpc }).check()
		await found()
		expect(await scan(person.page)).toEqual([])
		await authorize()
		await save('Behind a staging login')
		await person.page.getByText(connecting.reach.edgeKept, { exact: true }).waitFor()
		expect(await placesWith(person.page, staging.password)).toEqual([])
		expect(postern.output()).not.toContain(staging.password)
	})

	it('is reconnected with the staging login that is kept', async () => {
		const { connecting, connectors, fields } = person.says
		await person.page.getByRole('link', { name: connectors.page.reconnect, exact: true }).click()
		await arriveAt(person, fill(connectors.reconnect.title, { name: 'Behind a staging login' }))
		await person.page.getByText(connecting.more.edgeKept, { exact: true }).waitFor()
		const { password } = await staged.createApplicationPassword('author', 'staged again')
		await field(person, fields.applicationPassword).fill(password)
		await authorize()
		await arriveAt(person, 'Behind a staging login')
		await person.page.getByText(connecting.reach.edgeKept, { exact: true }).waitFor()
	})

	it('finds a page that says who asks, without signing in', async () => {
		const stranger = await meet(launched, postern.origin)
		await stranger.page.goto(`${postern.origin}/about-requests`)
		await arriveAt(stranger, stranger.says.help.about.title)
		for (const text of ['Example-Sync/1.0', '203.0.113.7'])
			await stranger.page.getByText(text, { exact: true }).waitFor()
		await stranger.page.getByText(fill(stranger.says.help.about.askContact, { contact: 'ops@example.com' })).waitFor()
		expect(await scan(stranger.page)).toEqual([])
	})
})
