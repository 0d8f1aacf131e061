import { problemText } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectJourney, type ConnectJourney } from './testing/connect-journey.ts'
import { founder } from './testing/founder.ts'
import { arriveAt, button, field, goTo, meet, setUp, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { placesWith } from './testing/stored-in-browser.ts'
import { fill, texts } from './testing/texts.ts'

it('uses the very labels of the help page that it was built from', () => {
	const { shell, connectors, fields } = texts.en
	const { wizard, authentication, naming } = connectors
	expect([shell.nav.connectors, connectors.create, wizard.title, wizard.type, wizard.next]).toEqual([
		'Connectors',
		'+ Create Connector',
		'Connect Your Blogging Platform',
		'Connector Type',
		'Next',
	])
	expect(Object.values(fields)).toEqual(['Website', 'Username', 'Application Password'])
	expect([authentication.authorize, naming.name, naming.save]).toEqual([
		'Authorize',
		'Connector Name',
		'Save Connector',
	])
})

/** What a person sees and does in order; each promise builds on the one before. */
describe.each(['en', 'ja'] as const)('connecting a site, in %s', (language) => {
	let stage: Stage
	let person: Person
	let journey: ConnectJourney
	const connectorName = language === 'en' ? 'My garden blog' : '庭のブログ'

	beforeAll(async () => {
		stage = await openStage({ title: 'Garden notes' })
		person = await meet(stage.launched, stage.postern.origin, { language })
		journey = connectJourney({
			person,
			site: stage.site,
			role: 'editor',
			applicationName: 'Postern',
			connectorName,
		})
	})
	afterAll(() => stage.close())

	it('begins with the first account, made on the first visit, and judges its username at once', async () => {
		const { entrance } = person.says
		await person.page.goto(person.origin)
		const username = field(person, entrance.username)
		await username.fill('me me')
		await username.press('Tab')
		const { title } = problemText('account/username-malformed', {}, language)
		await person.page.getByText(title, { exact: false }).waitFor()
		await expect.poll(() => username.getAttribute('aria-invalid')).toBe('true')
		await username.fill('me.me')
		await expect.poll(() => username.getAttribute('aria-invalid')).not.toBe('true')
		await setUp(person)
		expect(await person.page.locator('html').getAttribute('lang')).toBe(language)
	})

	it('finds an empty list that says how to begin, with nothing in it to export', async () => {
		const { connectors, list } = person.says
		await goTo(person, 'connectors')
		await person.page.getByText(connectors.empty.need).waitFor()
		expect(await person.page.getByRole('link', { name: list.export, exact: true }).count()).toBe(0)
	})

	it('looks at the website first, and knows it before any secret is typed', async () => {
		await journey.upTo('step-5')
		await expect.poll(() => person.page.getByText('Garden notes').count()).toBeGreaterThan(0)
		expect(stage.site.requests().some(({ hasAuthorization }) => hasAuthorization)).toBe(false)
	})

	it('says and sends nothing when username and password stay blank for now', async () => {
		const { fields } = person.says
		stage.site.forgetRequests()
		const sent: string[] = []
		const listen = (request: { method(): string; url(): string }) =>
			void (request.method() !== 'GET' && sent.push(request.url()))
		person.page.on('request', listen)
		await field(person, fields.username).focus()
		await field(person, fields.applicationPassword).focus()
		await person.page.getByRole('heading', { level: 1 }).click()
		await person.page.waitForLoadState('networkidle')
		person.page.off('request', listen)
		for (const label of [fields.username, fields.applicationPassword]) {
			expect(await field(person, label).getAttribute('aria-invalid')).not.toBe('true')
		}
		expect(await person.page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0)
		expect(sent).toEqual([])
		expect(stage.site.requests()).toEqual([])
	})

	it('keeps what was typed while the person looks at another page of Postern, and makes the password in another tab', async () => {
		const { fields, activity } = person.says
		await field(person, fields.username).fill('somebody')
		await goTo(person, 'activity')
		await arriveAt(person, activity.title)
		await person.page.goBack()
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(stage.site.url)
		await expect.poll(() => field(person, fields.username).inputValue()).toBe('somebody')

		await journey.upTo('step-7')
		expect(journey.copied().username).toBe('editor')
		expect(journey.copied().password).toMatch(/^([a-zA-Z0-9]{4} ){5}[a-zA-Z0-9]{4}$/)
		await person.page.bringToFront()
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(stage.site.url)
	})

	it('keeps everything after a failed attempt, and puts the password nowhere but into memory', async () => {
		const { fields, connectors } = person.says
		const wrong = 'wrng wrng wrng wrng wrng WRN9'
		await field(person, fields.username).fill(journey.copied().username)
		await field(person, fields.applicationPassword).fill(wrong)
		await button(person, connectors.authentication.authorize).click()
		const card = person.page.getByRole('alert').filter({ has: person.page.getByRole('heading', { level: 2 }) })
		await card.waitFor()
		await expect.poll(() => field(person, fields.website).inputValue()).toBe(stage.site.url)
		await expect.poll(() => field(person, fields.username).inputValue()).toBe('editor')
		await expect.poll(() => field(person, fields.applicationPassword).inputValue()).toBe(wrong)

		await goTo(person, 'users')
		await arriveAt(person, person.says.users.title)
		await person.page.goBack()
		await expect.poll(() => field(person, fields.applicationPassword).inputValue()).toBe(wrong)
		expect(await placesWith(person.page, wrong)).toEqual([])
	})

	it('authorizes, and keeps the verified connection through a reload', async () => {
		await journey.upTo('step-8')
		const { naming, success } = person.says.connectors
		await arriveAt(person, naming.title)
		expect(await placesWith(person.page, journey.copied().password)).toEqual([])
		await person.page.reload()
		await person.page.getByRole('heading', { name: fill(success.title, { title: 'Garden notes' }) }).waitFor()
		await person.page.getByText('Edo Editor').waitFor()
		await expect.poll(() => field(person, naming.name).inputValue()).toBe('Garden notes')
	})

	it('ends in the list, with the new row pointed out, and healthy', async () => {
		await journey.upTo('step-10')
		const { connectors, shell } = person.says
		const row = person.page.getByRole('row').filter({ hasText: connectorName })
		await row.getByText(connectors.page.saved, { exact: true }).waitFor()
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
		expect(await placesWith(person.page, journey.copied().password)).toEqual([])
		expect(await placesWith(person.page, founder.password)).toEqual([])
		expect(stage.postern.output()).not.toContain(journey.copied().password.slice(0, 9))

		await person.page.goto(`${person.origin}/connectors`)
		await row.getByText(shell.states.healthy, { exact: true }).waitFor()
		await person.page.getByRole('link', { name: person.says.list.export, exact: true }).waitFor()
	})

	it('proves on the connector’s page that it works: the latest posts and drafts, read live', async () => {
		const { page } = person.says.connectors
		await person.page.getByRole('link', { name: connectorName, exact: true }).click()
		await arriveAt(person, connectorName)
		for (const title of ['Opening the side door', '京都の小さな門', 'Notes for the summer issue']) {
			await person.page.getByRole('link', { name: title }).waitFor()
		}
		for (const part of [page.published, page.drafts]) {
			await person.page.getByRole('heading', { name: part, exact: true }).waitFor()
		}
	})
})
