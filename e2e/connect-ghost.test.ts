import { openEnclosure } from '@postern/wp-client/testing/open-enclosure'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document } from '../apps/server/src/connectors/ghost/document.ts'
import { ghostSite } from '../apps/server/src/connectors/ghost/ghost-site.testing.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram } from './testing/founder.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { placesWith } from './testing/stored-in-browser.ts'
import { fill } from './testing/texts.ts'

const key = '6b02a70d7ce2606f51c7e3ea:fcdd03236567f5092cd3b960496ecdddc24eb3498ead02514cbbb17091f8dcd7'

/** Nothing in the web app knows Ghost: what is on the screen is what its folder on the server says. */
describe('connecting a Ghost', () => {
	let ghost: Awaited<ReturnType<typeof openEnclosure>>
	let postern: Postern
	let launched: TestBrowser
	let person: Person

	beforeAll(async () => {
		;[ghost, launched] = await Promise.all([openEnclosure(ghostSite({ key })), launchBrowser()])
		postern = await startPostern({ allowPrivate: `127.0.0.1:${ghost.httpPort}` })
		await setUpByProgram(postern)
		person = await meet(launched, postern.origin)
		await signIn(person)
	})
	afterAll(async () => {
		await launched.close()
		await Promise.all([postern.stop(), ghost.close()])
	})

	/** Words of the other type have no place where this one is meant. */
	async function expectNoWordPress(): Promise<void> {
		expect(await person.page.getByRole('main').innerText()).not.toMatch(/wordpress|application password/i)
	}

	it('is chosen by its name, and known by its address before any secret is typed', async () => {
		const { wizard, authentication, site } = person.says.connectors
		await person.page.goto(`${postern.origin}/connectors/new`)
		await arriveAt(person, wizard.title)
		await person.page.getByRole('combobox', { name: wizard.type, exact: true }).click()
		await person.page.getByRole('option', { name: document.name, exact: true }).click()
		await button(person, wizard.next).click()
		await arriveAt(person, authentication.title)
		await person.page.getByRole('heading', { name: document.guide?.title['en'] ?? '', exact: true }).waitFor()
		await field(person, 'Ghost Site URL').fill(`http://127.0.0.1:${ghost.httpPort}`)
		await field(person, 'Ghost Site URL').press('Tab')
		await person.page.getByText(fill(site.found, { platform: 'Ghost' }), { exact: true }).waitFor()
		await expectNoWordPress()
		expect(ghost.visits.every(({ headers }) => headers.authorization === undefined)).toBe(true)
	})

	it('tells a Content API key at its field, and keeps no key but in memory', async () => {
		const { authentication } = person.says.connectors
		await field(person, 'Admin API Key').fill('51616be0d2d4712327a4dcbfc6')
		await button(person, authentication.authorize).click()
		await person.page.getByText('This looks like the Content API key.', { exact: false }).waitFor()
		await field(person, 'Admin API Key').fill(key)
		expect(await placesWith(person.page, key)).toEqual([])
	})

	it('authorizes, is saved, and shows the latest posts, but nothing that it cannot do', async () => {
		const { connectors, shell } = person.says
		const { authentication, naming, page, use } = connectors
		await button(person, authentication.authorize).click()
		await arriveAt(person, naming.title)
		await person.page.getByText('Admin Integration', { exact: true }).waitFor()
		await expectNoWordPress()
		await field(person, naming.name).fill('My Ghost')
		await button(person, naming.save).click()
		const row = person.page.getByRole('row').filter({ hasText: 'My Ghost' })
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
		await row.getByRole('link', { name: 'My Ghost' }).click()
		await arriveAt(person, 'My Ghost')
		await person.page.getByRole('link', { name: 'Coming <soon>' }).waitFor()
		await person.page.getByText(fill(page.version, { platform: 'Ghost' }), { exact: true }).waitFor()
		expect(await person.page.getByRole('heading', { name: use.title, exact: true }).count()).toBe(0)
		await expectNoWordPress()
		await button(person, page.delete).click()
		expect(await person.page.getByRole('dialog').innerText()).not.toMatch(/wordpress|application password/i)
		expect(postern.output()).not.toContain(key.slice(25))
	})
})
