import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { startWordPress, type WordPressSite } from './wordpress/start-wordpress.ts'
import { wordpressVersions } from './wordpress/wordpress-options.ts'

describe.each(wordpressVersions)('wp-admin of WordPress %s', (version) => {
	let site: WordPressSite
	let launched: TestBrowser
	beforeAll(async () => {
		;[site, launched] = await Promise.all([startWordPress({ version, permalinks: 'pretty' }), launchBrowser()])
	})
	afterAll(() => Promise.all([site.stop(), launched.close()]))

	it('lets a person make an application password by hand, on a page with all its styles and scripts', async () => {
		const page = await launched.context.newPage()
		const troubles: string[] = []
		page.on('requestfailed', (request) => troubles.push(request.url()))
		page.on('response', (response) => response.status() >= 400 && troubles.push(response.url()))
		page.on('pageerror', (error) => troubles.push(error.message))

		await page.goto(`${site.url}/wp-admin/profile.php#application-passwords-section`)
		await page.getByLabel('Username or Email Address').fill(site.users.author.username)
		await page.getByLabel('Password', { exact: true }).fill(site.users.author.password)
		await page.getByRole('button', { name: 'Log In' }).click()
		await page.waitForURL(/profile\.php/, { waitUntil: 'load' }) // before its scripts run, the button does nothing
		await page.getByLabel('New Application Password Name').fill('Postern')
		await page.getByRole('button', { name: 'Add New Application Password' }).click()
		const password = await page.locator('#new-application-password-value').inputValue()

		expect(password).toMatch(/^([a-zA-Z0-9]{4} ){5}[a-zA-Z0-9]{4}$/)
		const basic = Buffer.from(`author:${password}`).toString('base64')
		const me = await fetch(`${site.url}/wp-json/wp/v2/users/me`, { headers: { Authorization: `Basic ${basic}` } })
		expect(await me.json()).toMatchObject({ name: 'Aki Author' })
		const bar = await page.locator('#wpadminbar').evaluate((element) => getComputedStyle(element).position)
		expect(bar).toBe('fixed') // its style sheet arrived
		expect(troubles).toEqual([])
	})
})
