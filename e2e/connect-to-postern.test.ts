import { problemText } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPosternPlace, type PosternPlace } from '../conformance/targets/postern-target.ts'
import type { Issued } from '../conformance/targets/target.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram } from './testing/founder.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'

/** One Postern as a site of another: its application passwords are those of a WordPress site. */
describe('connecting to another Postern', () => {
	let other: PosternPlace
	let postern: Postern
	let launched: TestBrowser
	let person: Person
	let issued: Issued

	beforeAll(async () => {
		;[other, launched] = await Promise.all([startPosternPlace(), launchBrowser()])
		postern = await startPostern({ allowPrivate: new URL(other.url).host })
		await setUpByProgram(postern)
		person = await meet(launched, postern.origin)
		await signIn(person)
		issued = await other.issue('editor', { name: 'The Postern next door' })
	})
	afterAll(async () => {
		await launched.close()
		await Promise.all([postern.stop(), other.stop()])
	})

	async function typeWebsite(website: string): Promise<void> {
		const { fields, connectors } = person.says
		await person.page.goto(`${postern.origin}/connectors/new?type=wordpress-app`)
		await arriveAt(person, connectors.authentication.title)
		await field(person, fields.website).fill(website)
		await field(person, fields.website).press('Tab')
	}

	it('knows it before any secret is typed', async () => {
		await typeWebsite(other.url)
		await person.page
			.getByText(fill(person.says.connectors.site.found, { platform: 'WordPress' }), { exact: true })
			.waitFor()
	})

	it('authorizes with a pasted password, and ends in the list, healthy', async () => {
		const { fields, connectors, shell } = person.says
		const { authentication, naming, success, page } = connectors
		await field(person, fields.username).fill(other.people.editor.username)
		await field(person, fields.applicationPassword).fill(issued.password)
		await button(person, authentication.authorize).click()
		await arriveAt(person, naming.title)
		await person.page.getByRole('heading', { name: fill(success.title, { title: 'Postern' }) }).waitFor()
		await field(person, naming.name).fill('Next door')
		await button(person, naming.save).click()
		const row = person.page.getByRole('row').filter({ hasText: 'Next door' })
		await row.getByText(page.saved, { exact: true }).waitFor()
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
		expect(postern.output() + other.postern.output()).not.toContain(issued.password.slice(0, 9))
	})

	it('says of a wrong password that it is wrong, which a bare WordPress cannot', async () => {
		const { fields, connectors } = person.says
		await typeWebsite(other.url)
		await field(person, fields.username).fill(other.people.editor.username)
		await field(person, fields.applicationPassword).fill('wrng wrng wrng wrng wrng WRN9')
		await button(person, connectors.authentication.authorize).click()
		const { title } = problemText('site-credential/wrong-password', { username: other.people.editor.username }, 'en')
		await person.page.getByRole('alert', { name: title }).waitFor()
	})

	it('refuses to connect a Postern to itself', async () => {
		await typeWebsite(postern.origin)
		const { title } = problemText('address/own', { host: new URL(postern.origin).host }, 'en')
		await person.page.getByText(title).first().waitFor()
	})
})
