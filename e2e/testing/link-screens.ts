import { problemText } from '@postern/vocabulary'
import { obstruct, locksOut } from './obstruct.ts'
import { arriveAt, button, field, goTo } from './person.ts'
import { fill } from './texts.ts'
import type { Visit } from './visit.ts'

/** A link for the owner of a site: made, waiting, used, used up. */
export async function visitLinks(visit: Visit): Promise<void> {
	const link = await askOwner(visit)
	await connectByLink(visit, link)
	await visit.person.page.goto(visit.person.origin)
	await arriveAt(visit.person, visit.person.says.dashboard.title)
}

async function askOwner({ person, stage, onScreen }: Visit): Promise<string> {
	const { list, shell } = person.says
	const { page } = person
	await goTo(person, 'connectors')
	await button(person, list.askOwner.action).click()
	await field(person, list.askOwner.address).fill('not an address')
	await button(person, list.askOwner.make).click()
	await field(person, list.askOwner.address).and(page.locator('[aria-invalid="true"]')).waitFor()
	await onScreen('ask-owner')
	await field(person, list.askOwner.address).fill(stage.site.url)
	await button(person, list.askOwner.make).click()
	const link = await page.locator('code').filter({ hasText: '/connect#' }).innerText()
	await onScreen('ask-owner-link')
	await button(person, shell.done).click()
	await page.getByText(list.openLinks.title).first().waitFor()
	await onScreen('connectors-waiting-for-owner')
	await button(person, fill(list.openLinks.revokeLabel, { host: new URL(stage.site.url).host })).click()
	await page.getByRole('dialog').waitFor()
	await onScreen('ask-owner-revoke')
	await button(person, shell.cancel).click()
	return link
}

async function connectByLink({ person, stage, onScreen }: Visit, link: string): Promise<void> {
	const { fields, link: says } = person.says
	const { page } = person
	const { site } = stage
	const { host } = new URL(site.url)
	await page.goto(link)
	await arriveAt(person, fill(says.title, { host }))
	await page.getByText('Garden notes').waitFor()
	await onScreen('connect')
	await button(person, says.connect).click()
	await field(person, fields.applicationPassword).and(page.locator('[aria-invalid="true"]')).waitFor()
	await onScreen('connect-blank')
	const { password } = await site.createApplicationPassword('author', 'By the link')
	await field(person, fields.username).fill(site.users.author.username)
	await field(person, fields.applicationPassword).fill('wron gwro ngwr ongw rong wron')
	await button(person, says.connect).click()
	await page.getByRole('alert').getByRole('heading', { level: 2 }).waitFor()
	await onScreen('connect-failed')
	await field(person, fields.applicationPassword).fill(password)
	const lock = await obstruct(site, locksOut)
	await button(person, says.connect).click()
	const locked = problemText('site-credential/locked-out', { host, retryAt: '' }, person.says.language).title
	await page.getByRole('alert', { name: locked }).waitFor()
	await onScreen('connect-locked-out')
	await lock.clear()
	// The same address alone would not open the page anew.
	await page.goto('about:blank')
	await page.goto(link)
	await arriveAt(person, fill(says.title, { host }))
	await field(person, fields.username).fill(site.users.author.username)
	await field(person, fields.applicationPassword).fill(password)
	await button(person, says.connect).click()
	await arriveAt(person, fill(says.done.title, { host }))
	await onScreen('connect-done')
	await page.goto(`${person.origin}/connect`)
	await arriveAt(person, says.missing.title)
	await onScreen('connect-incomplete')
	await page.goto('about:blank')
	await page.goto(link)
	await page.getByRole('alert').waitFor()
	await onScreen('connect-used')
}
