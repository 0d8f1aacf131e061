import { problemText } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putHttpsInFront, type HttpsFront } from '../conformance/wordpress/https-front.ts'
import { startWordPress, type WordPressSite } from '../conformance/wordpress/start-wordpress.ts'
import { wordpressVersions } from '../conformance/wordpress/wordpress-options.ts'
import { certificates } from '../packages/egress/src/testing/certificates.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram } from './testing/founder.ts'
import { hidesLogin, limitsLogins, obstruct } from './testing/obstruct.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { changeLook } from './testing/settle.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { placesWith } from './testing/stored-in-browser.ts'
import { fill } from './testing/texts.ts'
import * as wordpress from './testing/wp-approve.ts'

async function openWizard(person: Person, website: string): Promise<void> {
	const { fields, connectors } = person.says
	await person.page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
	await arriveAt(person, connectors.authentication.title)
	await field(person, fields.website).fill(website)
	await field(person, fields.website).press('Tab')
}

const found = ({ page, says }: Person) =>
	page.getByText(fill(says.connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()

const approve = (person: Person) => button(person, person.says.connecting.approve.button).click()

/** What a site answers to whoever holds this password. */
async function statusWith(site: WordPressSite, username: string, password: string): Promise<number> {
	const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
	return (await fetch(`${site.url}/wp-json/wp/v2/users/me`, { headers: { authorization } })).status
}

describe.each(wordpressVersions)('approving in WordPress %s', (version) => {
	let stage: Stage
	let person: Person
	beforeAll(async () => {
		stage = await openStage({ version, title: 'Garden notes' })
		await setUpByProgram(stage.postern)
		person = await meet(stage.launched, stage.postern.origin)
		await signIn(person)
	})
	afterAll(() => stage.close())

	it('brings somebody who says no back to what they had typed, and makes nothing', async () => {
		await openWizard(person, stage.site.url)
		await found(person)
		await field(person, person.says.fields.username).fill('editor')
		await approve(person)
		await wordpress.signInToApprove(person.page, stage.site, 'editor')
		await wordpress.no(person.page).click()
		const { title } = problemText('approval/rejected', {}, 'en')
		await person.page.getByRole('alert', { name: title }).waitFor()
		await expect.poll(() => field(person, person.says.fields.website).inputValue()).toBe(stage.site.url)
		await expect.poll(() => field(person, person.says.fields.username).inputValue()).toBe('editor')
		expect(await wordpress.passwordsOf(stage.site, 'editor')).toEqual([])
		expect(await scan(person.page)).toEqual([])
	})

	it('connects with one click; the password that travelled no longer works, and one of ours is left', async () => {
		const { connecting, connectors, shell } = person.says
		const returned: string[] = []
		const listen = (request: { url(): string }) =>
			void (request.url().includes('/connect/return/') && returned.push(request.url()))
		person.page.on('request', listen)
		await found(person)
		await approve(person)
		await wordpress.yes(person.page).click()
		await arriveAt(person, connectors.naming.title)
		person.page.off('request', listen)
		expect(new URL(person.page.url()).search).toMatch(/^\?draft=con_[a-z2-7]{26}$/)
		await person.page.getByText(connecting.arrival.replaced, { exact: true }).waitFor()
		await changeLook(person.page, { colorScheme: 'light', width: 390 })
		expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
		await changeLook(person.page, { colorScheme: 'light', width: 1280 })
		expect(await scan(person.page)).toEqual([])

		const travelled = new URL(returned[0] ?? '').searchParams.get('password') ?? ''
		expect(travelled.length).toBeGreaterThan(20)
		await expect.poll(() => statusWith(stage.site, 'editor', travelled)).toBe(401)
		expect(stage.postern.output()).not.toContain(travelled)
		expect(await placesWith(person.page, travelled)).toEqual([])
		await expect.poll(async () => (await wordpress.passwordsOf(stage.site, 'editor')).length).toBe(1)
		const [left] = await wordpress.passwordsOf(stage.site, 'editor')
		expect(left?.name).toContain('Postern')

		await field(person, connectors.naming.name).fill('Approved blog')
		await button(person, connectors.naming.save).click()
		await arriveAt(person, connectors.title)
		const row = person.page.getByRole('row').filter({ hasText: 'Approved blog' })
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
	})

	it('takes nobody back a second time, and leads to the connection that was made', async () => {
		const { connecting, connectors } = person.says
		await person.page.getByRole('link', { name: 'Approved blog', exact: true }).click()
		await arriveAt(person, 'Approved blog')
		await person.page.getByText(connecting.password.ways.rotated, { exact: true }).waitFor()
		await person.page.goto(`${person.origin}/connectors/new?approval=approval%2Fstate-used`)
		// It is saved by now: the list shows it.
		await arriveAt(person, connectors.title)
	})

	it('reconnects in place with one click', async () => {
		const { connecting, connectors } = person.says
		await person.page.getByRole('link', { name: 'Approved blog', exact: true }).click()
		await arriveAt(person, 'Approved blog')
		const address = person.page.url()
		const [before] = await wordpress.passwordsOf(stage.site, 'editor')
		await person.page.getByRole('link', { name: connectors.page.reconnect, exact: true }).click()
		await arriveAt(person, fill(connectors.reconnect.title, { name: 'Approved blog' }))
		await found(person)
		expect(await scan(person.page)).toEqual([])
		await approve(person)
		await wordpress.yes(person.page).click()
		await arriveAt(person, 'Approved blog')
		expect(new URL(person.page.url()).pathname).toBe(new URL(address).pathname)
		// The page tells by itself that the one that travelled was replaced.
		await person.page.getByText(connecting.password.ways.rotated, { exact: true }).waitFor()
		await expect
			.poll(async () => (await wordpress.passwordsOf(stage.site, 'editor')).map(({ uuid }) => uuid), {
				timeout: 120_000,
			})
			.toSatisfy((uuids: readonly string[]) => uuids.length === 1 && uuids[0] !== before?.uuid)
	})

	it('cancels while the site is asked, and stays as it was', async () => {
		const { connecting, fields } = person.says
		await person.page.route('**/approvals', () => {}) // never answered
		await openWizard(person, stage.site.url)
		await found(person)
		await approve(person)
		await person.page.getByText(connecting.approve.asking, { exact: true }).first().waitFor()
		await button(person, connecting.approve.cancel).click()
		await button(person, connecting.approve.cancel).waitFor({ state: 'detached' })
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(stage.site.url)
		await person.page.unroute('**/approvals')
		await approve(person)
		await wordpress.yes(person.page).waitFor()
		await person.page.goBack()
		await arriveAt(person, person.says.connectors.authentication.title)
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(stage.site.url)
		await button(person, connecting.approve.button).waitFor()
	})

	it('T15 removes the second password of somebody who goes back and says yes again, and says so', async () => {
		const { connecting, connectors, shell } = person.says
		const listed = async () => (await wordpress.passwordsOf(stage.site, 'editor')).map(({ uuid }) => uuid)
		const before = await listed()
		const returned: string[] = []
		const listen = (request: { url(): string }) =>
			void (request.url().includes('/connect/return/') && returned.push(request.url()))
		person.page.on('request', listen)
		await openWizard(person, stage.site.url)
		await found(person)
		await approve(person)
		await wordpress.yes(person.page).click()
		await arriveAt(person, connectors.naming.title)
		await person.page.getByText(connecting.arrival.replaced, { exact: true }).waitFor()
		await expect.poll(async () => (await listed()).length).toBe(before.length + 1)
		const ours = await listed()

		await person.page.goBack()
		await wordpress.yes(person.page).click()
		const problem = problemText('approval/repeated', { host: new URL(stage.site.url).host }, 'en')
		const card = person.page.getByRole('alert', { name: problem.title })
		await card.waitFor()
		person.page.off('request', listen)
		expect(await card.innerText()).toContain(problem.meaning)
		expect(await scan(person.page)).toEqual([])
		const [first, second] = returned.map((url) => new URL(url).searchParams.get('password') ?? '')
		expect(second?.length).toBeGreaterThan(20)
		expect(second).not.toBe(first)
		expect(await statusWith(stage.site, 'editor', second ?? '')).toBe(401)
		expect(await listed()).toEqual(ours)
		expect(stage.postern.output()).not.toContain(second)
		expect(await placesWith(person.page, second ?? '')).toEqual([])

		await person.page.getByRole('link', { name: connecting.again.goOn, exact: true }).click()
		await arriveAt(person, connectors.naming.title)
		await field(person, connectors.naming.name).fill('Approved twice')
		await button(person, connectors.naming.save).click()
		await arriveAt(person, connectors.title)
		const row = person.page.getByRole('row').filter({ hasText: 'Approved twice' })
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
	})

	it('T15 removes the password of somebody who may not write, or names the entry to revoke, beside the diagnosis', async () => {
		const reader = await meet(stage.launched, stage.postern.origin)
		const { approve: says } = reader.says.connecting
		const { host } = new URL(stage.site.url)
		const listed = async () => (await wordpress.passwordsOf(stage.site, 'subscriber')).map(({ name }) => name)
		const nameAsked = () => new URL(reader.page.url()).searchParams.get('app_name') ?? ''
		await signIn(reader)
		await openWizard(reader, stage.site.url)
		await found(reader)
		await approve(reader)
		await wordpress.signInToApprove(reader.page, stage.site, 'subscriber')
		const first = nameAsked()
		await wordpress.yes(reader.page).click()
		const { username } = stage.site.users.subscriber
		const { title } = problemText('site-credential/role-too-low', { host, username, role: 'subscriber' }, 'en')
		const card = reader.page.getByRole('alert', { name: title })
		await card.getByText(fill(says.password.removed, { name: first, host }), { exact: true }).waitFor()
		expect(await listed()).toEqual([])
		expect(await scan(reader.page)).toEqual([])

		await card.getByRole('button', { name: reader.says.shell.tryAgain, exact: true }).click()
		await wordpress.yes(reader.page).waitFor()
		const second = nameAsked()
		const { clear } = await obstruct(stage.site, limitsLogins)
		await wordpress.yes(reader.page).click()
		await reader.page.getByText(fill(says.password.left, { name: second, host }), { exact: true }).waitFor()
		await clear()
		expect(await listed()).toEqual([second])
	})
})

describe('where one click does not come back by itself', () => {
	let hidden: WordPressSite
	let inner: WordPressSite
	let front: HttpsFront
	let postern: Postern
	let launched: TestBrowser
	let person: Person
	beforeAll(async () => {
		;[hidden, inner, launched] = await Promise.all([
			startWordPress({ version: '6.5.5', permalinks: 'pretty', plugins: [hidesLogin] }),
			startWordPress({
				version: '6.5.5',
				permalinks: 'pretty',
				environment: 'production',
				behaviours: ['behind-https'],
				title: 'Self-signed',
			}),
			launchBrowser(),
		])
		front = await putHttpsInFront(inner, certificates.selfSigned)
		const places = `127.0.0.1:${hidden.port},${new URL(front.url).host}`
		postern = await startPostern({ allowPrivate: places })
		await setUpByProgram(postern)
		person = await meet(launched, postern.origin, { ignoreHTTPSErrors: true })
		await signIn(person)
	})
	afterAll(async () => {
		await launched.close()
		await front.stop()
		await Promise.all([postern.stop(), hidden.stop(), inner.stop()])
	})

	it('says that a hidden login page is hidden, before anybody is sent to it, and keeps what was typed', async () => {
		const { connecting, fields } = person.says
		await openWizard(person, hidden.url)
		await found(person)
		await field(person, fields.username).fill('editor')
		await approve(person)
		const { host } = new URL(hidden.url)
		await person.page.getByText(fill(connecting.approve.hidden, { host }), { exact: true }).waitFor()
		await button(person, connecting.approve.goOn).waitFor()
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(hidden.url)
		await expect.poll(() => field(person, fields.username).inputValue()).toBe('editor')
		await field(person, fields.applicationPassword).waitFor()
		expect(await scan(person.page)).toEqual([])
	})

	it('shows a certificate that nobody vouches for, and trusts exactly that one', async () => {
		const { connecting } = person.says
		await openWizard(person, front.url)
		const { title } = problemText('tls/self-signed', { host: new URL(front.url).hostname }, 'en')
		const card = person.page.getByRole('alert').filter({ hasText: connecting.pin.title })
		await card.waitFor()
		expect(await card.innerText()).toContain(title)
		expect(await card.locator('code').innerText()).toMatch(/^([0-9A-F]{4} ){15}[0-9A-F]{4}$/)
		expect(await scan(person.page)).toEqual([])
		await button(person, connecting.pin.trust).click()
		await found(person)
		// For this site alone.
		await openWizard(person, hidden.url)
		await found(person)
		await field(person, connecting.more.edgeUsername).waitFor()
		await person.page.getByText('Postern test site', { exact: true }).waitFor()
		expect(await person.page.getByText(connecting.more.pinned, { exact: true }).count()).toBe(0)
		await openWizard(person, front.url)
		await found(person)
	})

	it('opens the same page in a new tab, and takes the password that WordPress shows', async () => {
		const { connecting, connectors, fields } = person.says
		const opening = person.context.waitForEvent('page')
		await approve(person)
		const tab = await opening
		await person.page.getByText(connecting.carry.title, { exact: true }).waitFor()
		expect(new URL(tab.url()).searchParams.get('redirect_to') ?? tab.url()).not.toContain('success_url')
		const username = field(person, fields.username)
		await expect.poll(() => username.evaluate((input) => input === document.activeElement)).toBe(true)
		expect(await scan(person.page)).toEqual([])
		await wordpress.signInToApprove(tab, inner, 'author')
		await wordpress.yes(tab).click()
		const shown = await wordpress.shownPassword(tab).inputValue()
		await person.page.bringToFront()
		await username.fill('author')
		await field(person, fields.applicationPassword).fill(shown)
		await button(person, connectors.authentication.authorize).click()
		await arriveAt(person, connectors.naming.title)
		await button(person, connectors.naming.save).click()
		await arriveAt(person, connectors.title)
		await person.page.getByRole('link', { name: 'Self-signed', exact: true }).click()
		await person.page.getByText(connecting.reach.pinned).waitFor()
		await person.page.getByText(connecting.password.ways.pasted, { exact: true }).waitFor()
	})
})
