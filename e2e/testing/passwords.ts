import type { Locator } from 'playwright-core'
import { arriveAt, button, field, openAccountMenu, type Person } from './person.ts'
import { fill } from './texts.ts'

/** Opens one's own profile from the account menu. */
export async function openOwnProfile(person: Person, username: string): Promise<void> {
	await openAccountMenu(person, username)
	await person.page.getByRole('menuitem', { name: person.says.shell.menu.profile, exact: true }).click()
	await arriveAt(person, username)
	await field(person, person.says.passwords.add.name).waitFor()
}

export function passwordRow({ page }: Pick<Person, 'page'>, name: string): Locator {
	return page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
}

/** The notice that shows a secret, this once. */
export function newPassword(person: Person, name: string, how: 'title' | 'titleReplaced' = 'title'): Locator {
	return person.page.getByRole('alert', { name: fill(person.says.passwords.notice[how], { name }), exact: true })
}

export type Issued = {
	/** In groups of four, as it is shown. */
	readonly secret: string
	/** The line to try it with. */
	readonly line: string
}

/** Reads what the notice shows, and puts it away. */
export async function takeSecret(
	person: Person,
	name: string,
	how: 'title' | 'titleReplaced' = 'title',
): Promise<Issued> {
	const notice = newPassword(person, name, how)
	await notice.waitFor()
	const { passwords } = person.says
	const secret = await notice.getByRole('textbox', { name: passwords.notice.password, exact: true }).inputValue()
	const line = await notice.getByText('curl --user').innerText()
	await button(person, passwords.notice.dismiss).click()
	return { secret, line }
}

/** Types a name on a profile and adds the password, narrow as it is proposed. */
export async function addPassword(person: Person, name: string): Promise<Issued> {
	const { passwords } = person.says
	await field(person, passwords.add.name).fill(name)
	await button(person, passwords.add.submit).click()
	return takeSecret(person, name)
}

/** Opens the menu of a row, and goes into one of its dialogs. */
export async function chooseInMenu(
	person: Person,
	name: string,
	action: 'details' | 'rename' | 'replace',
): Promise<Locator> {
	const { passwords } = person.says
	await button(person, fill(passwords.menu, { name })).click()
	await person.page.getByRole('menuitem', { name: passwords[action].action, exact: true }).click()
	const dialog = person.page.getByRole('dialog')
	await dialog.waitFor()
	return dialog
}

/** Opens what a new password may do. */
export async function openOptions({ page, says }: Person): Promise<void> {
	await page.locator('summary').filter({ hasText: says.passwords.add.options }).click()
}
