import { founder } from './founder.ts'
import {
	addPassword,
	chooseInMenu,
	newPassword,
	openOptions,
	openOwnProfile,
	passwordRow,
	takeSecret,
} from './passwords.ts'
import { arriveAt, button, field, goTo, openAccountMenu, type Person } from './person.ts'
import { fill } from './texts.ts'

type Visit = { readonly person: Person; readonly onScreen: (name: string) => Promise<void> }

/** Users, a profile with its application passwords, and what owners see of all of them. */
export async function visitPasswords(visit: Visit): Promise<void> {
	await visitInventory(visit, 'inventory-empty')
	await visitProfile(visit)
	await visitRows(visit)
	await visitMachine(visit)
	await visitInventory(visit, 'inventory')
	const { person, onScreen } = visit
	await goTo(person, 'dashboard')
	await person.page.getByRole('heading', { name: person.says.passwords.notices.title }).waitFor()
	await onScreen('dashboard-notices')
	await openAccountMenu(person, founder.username)
	await person.page.getByRole('menuitem', { name: person.says.shell.menu.account, exact: true }).click()
	await person.page.getByText(person.says.account.passwords.keep).waitFor()
	await onScreen('account-with-passwords')
}

async function visitInventory({ person, onScreen }: Visit, name: string): Promise<void> {
	const { inventory } = person.says.passwords
	await goTo(person, 'passwords')
	await arriveAt(person, inventory.title)
	await person.page.getByText(inventory.empty.title).or(person.page.getByRole('row').nth(1)).waitFor()
	await onScreen(name)
}

async function visitProfile({ person, onScreen }: Visit): Promise<void> {
	const { passwords } = person.says
	await openOwnProfile(person, founder.username)
	await person.page.getByText(passwords.empty.title).waitFor()
	await onScreen('profile-empty')
	await openOptions(person)
	await onScreen('profile-options')
	await person.page.getByRole('radio', { name: passwords.preset.custom, exact: true }).check()
	await person.page.getByRole('radio', { name: passwords.connectors.some, exact: true }).check()
	await person.page.getByRole('combobox', { name: passwords.expiry.label }).selectOption('date')
	await button(person, passwords.add.submit).click()
	await onScreen('profile-options-custom')
	await person.page.reload()
	await field(person, passwords.add.name).fill('WordPress Mobile App on iPhone 12')
	await button(person, passwords.add.submit).click()
	await newPassword(person, 'WordPress Mobile App on iPhone 12').waitFor()
	await onScreen('profile-new-password')
	await takeSecret(person, 'WordPress Mobile App on iPhone 12')
}

async function visitRows({ person, onScreen }: Visit): Promise<void> {
	const { passwords, shell } = person.says
	await addPassword(person, '夜間バックアップ')
	await addPassword(person, 'Newsletter')
	await onScreen('profile')
	for (const name of ['details', 'rename', 'replace'] as const) {
		const dialog = await chooseInMenu(person, 'Newsletter', name)
		await onScreen(`profile-${name}`)
		await dialog.getByRole('button', { name: shell.close, exact: true }).click()
		await dialog.waitFor({ state: 'detached' })
	}
	await button(person, fill(passwords.revoke.label, { name: 'Newsletter' })).click()
	await person.page.getByRole('dialog').waitFor()
	await onScreen('profile-revoke')
	await button(person, shell.cancel).click()
}

async function visitMachine({ person, onScreen }: Visit): Promise<void> {
	const { users, shell } = person.says
	await goTo(person, 'users')
	await arriveAt(person, users.title)
	await button(person, users.machine.action).click()
	const dialog = person.page.getByRole('dialog')
	await dialog.getByRole('textbox', { name: users.machine.name }).fill('build-server')
	await onScreen('users-machine')
	await dialog.getByRole('radio', { name: shell.roles.viewer, exact: true }).check()
	await dialog.getByRole('button', { name: users.machine.submit, exact: true }).click()
	await arriveAt(person, 'build-server')
	await addPassword(person, 'Nightly build')
	await passwordRow(person, 'Nightly build').waitFor()
	await onScreen('profile-machine')
	await goTo(person, 'users')
	await person.page.getByRole('row').filter({ hasText: 'build-server' }).waitFor()
	await onScreen('users-with-machine')
}
