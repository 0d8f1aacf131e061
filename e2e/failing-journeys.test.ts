import { problemText, type ProblemCode, type ProblemParams } from '@postern/vocabulary'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from '../conformance/wordpress/start-wordpress.ts'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { setUpByProgram } from './testing/founder.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'

/** Site and Postern as they are when somebody fails: what the person sees, and how they get out of it. */
describe('a failure says what is wrong', () => {
	let site: WordPressSite
	let stripping: WordPressSite
	let launched: TestBrowser
	let postern: Postern
	let person: Person

	beforeAll(async () => {
		;[site, stripping, launched] = await Promise.all([
			startWordPress({ version: '6.5.5', permalinks: 'pretty' }),
			startWordPress({ version: '6.5.5', permalinks: 'pretty', behaviours: ['strip-authorization'] }),
			launchBrowser(),
		])
		postern = await startPostern({ allowPrivate: `127.0.0.1:${site.port},127.0.0.1:${stripping.port}` })
		await setUpByProgram(postern)
		person = await meet(launched, postern.origin)
		await signIn(person)
	})
	afterAll(async () => {
		await launched.close()
		await Promise.all([postern.stop(), site.stop(), stripping.stop()])
	})

	type Typed = { readonly website: string; readonly username: string; readonly password: string }

	async function typeIn({ website, username, password }: Typed): Promise<void> {
		const { fields, connectors } = person.says
		await person.page.goto(`${postern.origin}/connectors/new?type=wordpress-app`)
		await arriveAt(person, connectors.authentication.title)
		await field(person, fields.website).fill(website)
		await field(person, fields.username).fill(username)
		await field(person, fields.applicationPassword).fill(password)
	}
	const authorize = () => button(person, person.says.connectors.authentication.authorize).click()
	const isNamed = () => arriveAt(person, person.says.connectors.naming.title)

	/** The card with cause, certainty, who can fix it and every step, in the words of the catalogue. */
	async function readCard(code: ProblemCode, params: ProblemParams): Promise<Locator> {
		const text = problemText(code, params, 'en')
		const card = person.page.getByRole('alert', { name: text.title })
		await card.waitFor()
		const shown = await card.innerText()
		for (const sentence of [text.meaning, ...text.steps]) expect(shown).toContain(sentence)
		return card
	}
	const certain = 'This is certain.'

	it('refuses a login password before anything is sent, and says where the right one comes from', async () => {
		site.forgetRequests()
		const { username, password } = site.users.editor
		await typeIn({ website: site.url, username, password })
		await authorize()
		const secret = field(person, person.says.fields.applicationPassword)
		await expect.poll(() => secret.getAttribute('aria-invalid')).toBe('true')
		const { title, meaning, steps } = problemText('site-credential/looks-like-login-password', {}, 'en')
		const described = await person.page.getByRole('main').innerText()
		expect(described).toContain(title)
		expect(described).toContain(meaning)
		expect(steps.length).toBeGreaterThan(0)
		await expect.poll(() => secret.evaluate((input) => input === document.activeElement)).toBe(true)
		await person.page.waitForLoadState('networkidle')
		const asked = site.requests().filter(({ hasAuthorization, path }) => hasAuthorization || path.includes('xmlrpc'))
		expect(asked).toEqual([])

		const { password: right } = await site.createApplicationPassword('editor', 'after a login password')
		await secret.fill(right)
		await authorize()
		await isNamed()
	})

	it('tells a wrong application password from everything else, and goes on with a right one', async () => {
		site.forgetRequests()
		await typeIn({ website: site.url, username: 'editor', password: 'abcd EFGH 1234 ijkl MNOP 6789' })
		await authorize()
		const host = `127.0.0.1:${site.port}`
		const card = await readCard('site-credential/rejected', { host })
		// That WordPress refused is certain; the reason may be another one, and no sentence about it has a hole.
		await card.getByText('That much is certain.').waitFor()
		await card.getByText(`The account editor may not use application passwords on ${host}.`).waitFor()
		await card.getByText('You can fix this.').waitFor()
		expect(site.requests().filter(({ hasAuthorization }) => hasAuthorization).length).toBeLessThanOrEqual(1)

		const { password } = await site.createApplicationPassword('editor', 'after a wrong one')
		await field(person, person.says.fields.applicationPassword).fill(password)
		await card.getByRole('button', { name: person.says.shell.tryAgain }).click()
		await isNamed()
	})

	it('sees that the web server drops the login, though username and password are right', async () => {
		const { password } = await stripping.createApplicationPassword('editor', 'stripped')
		await typeIn({ website: stripping.url, username: 'editor', password })
		await authorize()
		const host = `127.0.0.1:${stripping.port}`
		const { title } = problemText('site-credential/header-stripped', { host }, 'en')
		const card = person.page.getByRole('alert', { name: title })
		await card.getByText('CGIPassAuth On', { exact: false }).first().waitFor()
		await card.getByText(certain).waitFor()
		await card.getByText('hosting provider can fix this').waitFor()

		await stripping.runPhp(`
			foreach ( glob( WPMU_PLUGIN_DIR . '/*strip-authorization*' ) as $file ) unlink( $file );
			return true;
		`)
		await card.getByRole('button', { name: person.says.shell.tryAgain }).click()
		await isNamed()
	})

	it('shows the exact setting for a private address, before any secret, and works once it is allowed', async () => {
		// The site's port is known from another rule: what is refused is the address alone.
		const other = await startPostern({ allowPrivate: `192.0.2.1:${site.port}` })
		try {
			await setUpByProgram(other)
			const someone = await meet(launched, other.origin)
			await signIn(someone)
			await someone.page.goto(`${other.origin}/connectors/new?type=wordpress-app`)
			const website = field(someone, someone.says.fields.website)
			site.forgetRequests()
			await website.fill(site.url)
			await website.press('Tab')
			const host = `127.0.0.1:${site.port}`
			const { title } = problemText('address/blocked', { host: '127.0.0.1' }, 'en')
			const card = someone.page.getByRole('alert', { name: title })
			await card.getByText(`POSTERN_ALLOW_PRIVATE=${host}`, { exact: false }).waitFor()
			await card.getByText('Whoever runs this Postern can fix this.').waitFor()
			expect(site.requests()).toEqual([])

			await other.restart('SIGTERM', { allowPrivate: host })
			await card.getByRole('button', { name: someone.says.shell.tryAgain }).click()
			await someone.page
				.getByText(fill(someone.says.connectors.site.found, { platform: 'WordPress' }), { exact: true })
				.waitFor()
		} finally {
			await other.stop()
		}
	})
})
