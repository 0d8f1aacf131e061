import type { Locator, Page } from 'playwright-core'
import type { WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import type { SiteRole } from '../../conformance/wordpress/wordpress-options.ts'

// Hands on WordPress's own screens, which speak English in every version we test.

export async function openLogin(page: Page, site: WordPressSite): Promise<void> {
	await page.goto(`${site.url}/wp-login.php`, { waitUntil: 'load' })
	// A script of the page goes there a moment after loading, and would take what is typed meanwhile with it.
	await page.locator('#user_login:focus').waitFor()
}

export async function fillLogin(page: Page, site: WordPressSite, role: SiteRole): Promise<void> {
	await page.getByLabel('Username or Email Address').fill(site.users[role].username)
	await page.getByLabel('Password', { exact: true }).fill(site.users[role].password)
}

export async function submitLogin(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Log In' }).click()
	await page.waitForURL(/wp-admin/, { waitUntil: 'load' })
}

const menuOf = (page: Page): Locator => page.getByRole('navigation', { name: 'Main menu' })

/** For those who may list users; for others "Profile" stands in the menu itself. */
export async function openUsersMenu(page: Page): Promise<void> {
	const users = menuOf(page).getByRole('link', { name: 'Users', exact: true })
	if (await users.isVisible()) await users.hover()
}

export function profileLink(page: Page): Locator {
	return menuOf(page).getByRole('link', { name: 'Profile', exact: true }).first()
}

/** Its buttons do nothing before its scripts have run. */
export async function openProfile(page: Page): Promise<void> {
	await profileLink(page).click()
	await page.waitForURL(/profile\.php/, { waitUntil: 'load' })
}

export function usernameField(page: Page): Locator {
	return page.locator('#user_login') // its label is "Username Usernames cannot be changed."
}

export async function nameApplicationPassword(page: Page, name: string): Promise<void> {
	const field = page.getByLabel('New Application Password Name')
	await field.scrollIntoViewIfNeeded()
	await field.fill(name)
}

export function addButton(page: Page): Locator {
	return page.getByRole('button', { name: 'Add New Application Password' })
}

/** Shown once, in groups of four. */
export function shownPassword(page: Page): Locator {
	return page.locator('#new-application-password-value')
}
