import type { Role } from '@postern/vocabulary'
import { arriveAt, button, fillNewAccount, goTo, type Person } from './person.ts'

/** Makes an invitation on the page of users, and gives the link that is shown once. */
export async function inviteByLink(owner: Person, role: Role, onLink = async () => {}): Promise<string> {
	const { users, shell } = owner.says
	await goTo(owner, 'users')
	await arriveAt(owner, users.title)
	await button(owner, users.invite).click()
	const dialog = owner.page.getByRole('dialog')
	await dialog.getByRole('radio', { name: shell.roles[role], exact: true }).check()
	await dialog.getByRole('button', { name: users.invitation.make, exact: true }).click()
	await dialog.getByRole('heading', { name: users.invitation.linkTitle }).waitFor()
	const link = await dialog.getByText('/join#').innerText()
	await onLink()
	await dialog.getByRole('button', { name: shell.done, exact: true }).click()
	return link
}

type NewAccount = { readonly email: string; readonly username: string; readonly password: string }

export async function joinWithNewAccount(guest: Person, link: string, account: NewAccount): Promise<void> {
	const { entrance, dashboard } = guest.says
	await guest.page.goto(link)
	await guest.page.getByRole('heading', { name: entrance.join.newAccount }).waitFor()
	await fillNewAccount(guest, account)
	await button(guest, entrance.join.submitNew).click()
	await arriveAt(guest, dashboard.title)
}
