import { contract } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from '../conformance/wordpress/start-wordpress.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { connectByProgram, setUpByProgram, type Founder } from './testing/founder.ts'
import { limitsLogins, locksOut, obstruct } from './testing/obstruct.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { changeLook } from './testing/settle.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'

let site: WordPressSite
let launched: TestBrowser
let postern: Postern
let founder: Founder
let host = ''
let person: Person

beforeAll(async () => {
	;[site, launched] = await Promise.all([
		startWordPress({ version: '6.5.5', permalinks: 'pretty', title: 'Garden notes' }),
		launchBrowser(),
	])
	host = `127.0.0.1:${site.port}`
	postern = await startPostern({ allowPrivate: host })
	founder = await setUpByProgram(postern)
})
afterAll(async () => {
	await launched.close()
	await Promise.all([postern.stop(), site.stop()])
})

let obstacle: Awaited<ReturnType<typeof obstruct>> | undefined
const guard = async (php: string) => void (obstacle = await obstruct(site, php))
const relent = async () => obstacle?.clear()
const logins = () => site.requests().filter(({ hasAuthorization }) => hasAuthorization).length
const isHeld = (one: Locator) => expect.poll(() => one.getAttribute('aria-disabled')).toBe('true')
const isFree = (one: Locator) => expect.poll(() => one.getAttribute('aria-disabled')).toBe(null)

beforeEach(async () => {
	person = await meet(launched, postern.origin)
	await person.page.clock.install()
	await hearEverything()
})
afterEach(async () => {
	await person.context.close()
	await relent()
})

/** Keeps whatever is put into a live region, as a screen reader would speak it. */
async function hearEverything(): Promise<void> {
	await person.page.addInitScript(() => {
		const heard: string[] = []
		Object.assign(window, { heard })
		const listen = () =>
			new MutationObserver((changes) => {
				for (const { type, target, addedNodes } of changes) {
					const at = target instanceof Element ? target : target.parentElement
					if (at?.closest('[aria-hidden="true"]')) continue
					const region = at?.closest('[aria-live], output, [role="status"], [role="alert"]')
					if (!region || region.getAttribute('aria-live') === 'off') continue
					for (const node of type === 'characterData' ? [target] : addedNodes) heard.push(node.textContent ?? '')
				}
			}).observe(document.body, { childList: true, subtree: true, characterData: true })
		addEventListener('DOMContentLoaded', listen)
	})
}
async function spoken(start: string): Promise<number> {
	const heard: unknown = await person.page.evaluate('heard')
	return Array.isArray(heard) ? heard.filter((one) => String(one).startsWith(start)).length : 0
}

async function look(name: string): Promise<void> {
	for (const one of [
		{ colorScheme: 'dark', width: 390 },
		{ colorScheme: 'light', width: 1280 },
	] as const) {
		await changeLook(person.page, one)
		expect(await scan(person.page), `${name}, ${one.colorScheme}, ${one.width}`).toEqual([])
	}
}

describe('a site that tells us to wait', () => {
	it('is not asked again from the wizard before its time, and nothing typed is lost', async () => {
		const { connectors, fields, shell } = person.says
		await signIn(person)
		const { password } = await site.createApplicationPassword('editor', 'patient')
		await guard(limitsLogins)
		await person.page.goto(`${postern.origin}/connectors/new?type=wordpress-app`)
		await field(person, fields.website).fill(site.url)
		await field(person, fields.username).fill('editor')
		await field(person, fields.applicationPassword).fill(password)
		const authorize = button(person, connectors.authentication.authorize)
		await authorize.click()
		const { title } = problemText('site/rate-limited', { host, seconds: 3_600 }, 'en')
		const card = person.page.getByRole('alert', { name: title })
		const again = card.getByRole('button', { name: shell.tryAgain })
		await isHeld(again)
		await isHeld(authorize)
		await expect.poll(() => spoken(fill(shell.wait.begins, { left: '1 hour' }))).toBe(1)
		expect(await again.getAttribute('aria-describedby')).toBe(
			await card.getByText('You can try again at').getAttribute('id'),
		)
		await look('told to wait')

		site.forgetRequests()
		await person.page.clock.fastForward(3_540_000)
		await card.getByText(/^\d+ seconds to go$/).waitFor()
		const [tooEarly = ''] = shell.wait.stillWaiting.split('{{')
		await again.click({ force: true })
		await expect.poll(() => spoken(tooEarly)).toBe(1)
		await field(person, fields.applicationPassword).press('Enter')
		await expect.poll(() => spoken(tooEarly)).toBe(2)
		expect(logins()).toBe(0)
		expect(await spoken(shell.wait.over)).toBe(0)

		await person.page.clock.fastForward(61_000)
		await isFree(again)
		await isFree(authorize)
		await card.getByText(shell.wait.over, { exact: true }).waitFor()
		await expect.poll(() => spoken(shell.wait.over)).toBe(1)
		// Between beginning and end only whoever pressed too early heard something.
		expect(await spoken(fill(shell.wait.begins, { left: '1 hour' }))).toBe(1)
		expect(await field(person, fields.applicationPassword).inputValue()).toBe(password)
		await relent()
		await again.click()
		await arriveAt(person, connectors.naming.title)
	})

	it('holds another address back no longer than it has to', async () => {
		const { connectors, fields } = person.says
		await signIn(person)
		await guard(limitsLogins)
		await person.page.goto(`${postern.origin}/connectors/new?type=wordpress-app`)
		await field(person, fields.website).fill(site.url)
		await field(person, fields.username).fill('editor')
		await field(person, fields.applicationPassword).fill('abcd EFGH 1234 ijkl MNOP 6789')
		const authorize = button(person, connectors.authentication.authorize)
		await authorize.click()
		await isHeld(authorize)
		await field(person, fields.website).fill('another.example')
		await isFree(authorize)
		await field(person, fields.website).fill(site.url)
		await isHeld(authorize)
		await relent()
	})

	it('is left alone by its owner, too, until its lock ends', async () => {
		const { fields, link: says, shell } = person.says
		const made = await founder.client.call(contract.createConnectLink, {
			workspaceId: founder.workspaceId,
			body: { type: 'wordpress-app', address: site.url },
		})
		if (!made.ok) throw new Error(made.problem.code)
		const { password } = await site.createApplicationPassword('author', 'locked out')
		await guard(locksOut)
		await person.page.goto(made.value.link)
		await arriveAt(person, fill(says.title, { host }))
		await field(person, fields.username).fill('author')
		await field(person, fields.applicationPassword).fill(password)
		await button(person, says.connect).click()
		const card = person.page.getByRole('alert', {
			name: problemText('site-credential/locked-out', { host, retryAt: '' }, 'en').title,
		})
		const again = card.getByRole('button', { name: shell.tryAgain })
		await isHeld(again)
		await isHeld(button(person, says.connect))
		await look('locked out')
		await person.page.clock.fastForward(901_000)
		await isFree(again)
		await expect.poll(() => spoken(shell.wait.over)).toBe(1)
		await relent()
		expect(await field(person, fields.applicationPassword).inputValue()).toBe(password)
		await button(person, says.connect).click()
		await arriveAt(person, fill(says.done.title, { host }))
	})

	it('shows on its connector when it may be checked again, also after a reload', async () => {
		const { connectors, shell } = person.says
		await signIn(person)
		const { connector } = await connectByProgram(founder, site, { name: 'Patience' })
		await person.page.goto(`${postern.origin}/connectors/${connector.id}`)
		await arriveAt(person, 'Patience')
		await guard(limitsLogins)
		const check = button(person, connectors.page.checkNow)
		await check.click()
		const name = problemText('site/rate-limited', { host, seconds: 3_600 }, 'en').title
		const card = person.page.getByRole('alert', { name })
		await card.getByText('You can try again at').waitFor()
		await isHeld(check)
		await look('connector told to wait')
		await person.page.clock.fastForward(1_800_000)
		await person.page.reload()
		await card.getByText(/^(29|30) minutes( \d+ seconds)? to go$/).waitFor()
		await person.page.clock.fastForward(1_801_000)
		await card.getByText(shell.wait.over, { exact: true }).waitFor()
		await isFree(check)
		await relent()
		await check.click()
		await card.waitFor({ state: 'detached' })
	})
})
