import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages, type Language } from '@postern/vocabulary'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { ageProofs } from './testing/age-proofs.ts'
import { addAuthenticator, type TestAuthenticator } from './testing/authenticator.ts'
import { founder, setUpByProgram } from './testing/founder.ts'
import {
	arriveAt,
	button,
	field,
	fillSignIn,
	meet,
	openAccountMenu,
	signIn,
	signOut,
	type Person,
} from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { settle } from './testing/settle.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'

/** One person's passkey, from the first to the last day; each promise builds on the one before. */
describe.each<Language>([...languages])('a passkey, in %s', (language) => {
	let launched: TestBrowser
	let postern: Postern
	let ada: Person
	let device: TestAuthenticator
	let recoveryCodes: readonly string[] = []

	beforeAll(async () => {
		;[launched, postern] = await Promise.all([launchBrowser(), startPostern()])
		await setUpByProgram(postern)
		ada = await meet(launched, postern.origin, { language })
		device = await addAuthenticator(ada.page)
	})
	afterAll(async () => {
		await launched.close()
		await postern.stop()
	})

	async function openAccount(): Promise<void> {
		await openAccountMenu(ada, founder.username)
		await ada.page.getByRole('menuitem', { name: ada.says.shell.menu.account, exact: true }).click()
		await arriveAt(ada, ada.says.account.title)
	}
	async function isUsableByAll(): Promise<void> {
		await settle(ada.page)
		expect(await scan(ada.page)).toEqual([])
	}
	const dialog = () => ada.page.getByRole('dialog')

	it('is added on the account page, with recovery codes', async () => {
		const { passkeys, twoFactor } = ada.says.account
		await signIn(ada)
		await openAccount()
		await button(ada, passkeys.add).click()
		await field(ada, passkeys.name).fill('Ada’s 電話')
		await isUsableByAll()
		await button(ada, passkeys.make).click()
		await ada.page.getByRole('heading', { name: twoFactor.codesTitle, exact: true }).waitFor()
		const list = ada.page.getByRole('list').filter({ has: ada.page.getByText(/^\w{4}-\w{4}-\w{4}-\w{4}$/) })
		recoveryCodes = await list.getByRole('listitem').allInnerTexts()
		expect(recoveryCodes).toHaveLength(10)
		expect(await device.count()).toBe(1)
		await button(ada, twoFactor.kept).click()
		await ada.page.getByRole('row').filter({ hasText: 'Ada’s 電話' }).getByText(passkeys.never).waitFor()
		await ada.page.getByText(twoFactor.byPasskey).waitFor()
		await isUsableByAll()
	})

	it('signs in without a name or a password, and is not asked for a second step', async () => {
		await signOut(ada, founder.username)
		await isUsableByAll()
		await button(ada, ada.says.entrance.signIn.passkey).click()
		await arriveAt(ada, ada.says.dashboard.title)
	})

	it('is the second step after the password, and a recovery code stands in for it', async () => {
		const { signIn: says } = ada.says.entrance
		await signOut(ada, founder.username)
		await fillSignIn(ada, founder)
		await arriveAt(ada, says.codeTitle)
		await ada.page.getByText(says.passkeyIntro).waitFor()
		await isUsableByAll()
		await button(ada, says.usePasskey).click()
		await arriveAt(ada, ada.says.dashboard.title)

		await signOut(ada, founder.username)
		await fillSignIn(ada, founder)
		await button(ada, says.use['recovery-code']).click()
		await field(ada, says.recoveryCode).fill(recoveryCodes[0] ?? '')
		await button(ada, says.verify).click()
		await arriveAt(ada, ada.says.dashboard.title)
	})

	it('says what happened when the device did not recognize its owner, and can be tried again', async () => {
		await signOut(ada, founder.username)
		await device.setVerified(false)
		await button(ada, ada.says.entrance.signIn.passkey).click()
		await ada.page.getByRole('alert').filter({ hasText: ada.says.shell.passkey.cancelled }).waitFor()
		await isUsableByAll()
		await device.setVerified(true)
		await button(ada, ada.says.entrance.signIn.passkey).click()
		await arriveAt(ada, ada.says.dashboard.title)
	})

	it('proves again who is sitting there, before a session does big things', async () => {
		const { twoFactor } = ada.says.account
		const { stepUp, cancel } = ada.says.shell
		await openAccount()
		await ageProofs(postern)
		await button(ada, twoFactor.newCodes).click()
		await dialog().getByRole('button', { name: twoFactor.newCodes, exact: true }).click()
		const asking = dialog().filter({ hasText: stepUp.intro })
		await asking.waitFor()
		await isUsableByAll()
		// Whoever would rather not keeps the codes there were, and is back in the dialog that asked, which says nothing: they know.
		await asking.getByRole('button', { name: cancel, exact: true }).click()
		await asking.waitFor({ state: 'detached' })
		await dialog()
			.getByRole('button', { name: twoFactor.newCodes, exact: true })
			.and(ada.page.locator(':not([aria-busy])'))
			.waitFor()
		expect(await dialog().getByRole('alert').count()).toBe(0)
		// Escape is the same: it closes the dialog on top, and no other.
		const confirm = dialog().getByRole('button', { name: twoFactor.newCodes, exact: true })
		await confirm.click()
		await asking.waitFor()
		await settle(ada.page)
		await ada.page.keyboard.press('Escape')
		await asking.waitFor({ state: 'detached' })
		await expect.poll(() => confirm.evaluate((element) => element === document.activeElement)).toBe(true)
		expect(await dialog().getByRole('alert').count()).toBe(0)
		await dialog().getByRole('button', { name: twoFactor.newCodes, exact: true }).click()
		await asking.getByRole('button', { name: stepUp.passkey, exact: true }).click()
		await ada.page.getByRole('heading', { name: twoFactor.codesTitle, exact: true }).waitFor()
		await ada.page.getByText(recoveryCodes[1] ?? '').waitFor({ state: 'detached' })
		recoveryCodes = await ada.page.getByText(/^\w{4}-\w{4}-\w{4}-\w{4}$/).allInnerTexts()
		await button(ada, twoFactor.kept).click()
	})

	it('can be proven by a recovery code instead', async () => {
		const { twoFactor } = ada.says.account
		const { stepUp } = ada.says.shell
		await ageProofs(postern)
		await button(ada, twoFactor.newCodes).click()
		await dialog().getByRole('button', { name: twoFactor.newCodes, exact: true }).click()
		await button(ada, stepUp.use['recovery-code']).click()
		const code = field(ada, stepUp['recovery-code'])
		await code.fill('aaaa-aaaa-aaaa-aaaa')
		await button(ada, stepUp.confirm).click()
		await expect.poll(() => code.getAttribute('aria-invalid')).toBe('true')
		await ada.page.getByText(ada.says.shell.wrongRecoveryCode).waitFor()
		await code.fill(recoveryCodes[0] ?? '')
		await isUsableByAll()
		await button(ada, stepUp.confirm).click()
		await ada.page.getByRole('heading', { name: twoFactor.codesTitle, exact: true }).waitFor()
		await button(ada, twoFactor.kept).click()
	})

	it('is renamed, and another device gets its own', async () => {
		const { passkeys } = ada.says.account
		await button(ada, fill(passkeys.renameLabel, { name: 'Ada’s 電話' })).click()
		await dialog().getByRole('textbox', { name: passkeys.name, exact: true }).fill('Old phone')
		await isUsableByAll()
		await dialog().getByRole('button', { name: passkeys.rename, exact: true }).click()
		await ada.page.getByRole('row').filter({ hasText: 'Old phone' }).waitFor()
		await button(ada, passkeys.add).click()
		await button(ada, passkeys.make).click()
		// The same device would only make a second one of the same.
		await ada.page.getByRole('alert').filter({ hasText: ada.says.shell.passkey.known }).waitFor()
		await button(ada, ada.says.shell.cancel).click()
	})

	it('is removed, and signs in no more', async () => {
		const { passkeys } = ada.says.account
		await button(ada, fill(passkeys.removeLabel, { name: 'Old phone' })).click()
		await dialog().getByText(passkeys.removeLast).waitFor()
		await isUsableByAll()
		await dialog().getByRole('button', { name: passkeys.remove, exact: true }).click()
		await ada.page.getByRole('row').filter({ hasText: 'Old phone' }).waitFor({ state: 'detached' })
		await signOut(ada, founder.username)
		await button(ada, ada.says.entrance.signIn.passkey).click()
		await ada.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
		await fillSignIn(ada, founder)
		await arriveAt(ada, ada.says.dashboard.title)
	})

	it('is not offered at the address that is a number, and the page says where', async () => {
		const origin = postern.origin.replace('localhost', '127.0.0.1')
		const there = { ...ada, origin }
		const { host } = new URL(postern.origin)
		await ada.page.goto(`${origin}/sign-in`)
		const link = ada.page.getByRole('link', { name: fill(ada.says.entrance.signIn.passkeyElsewhere, { host }) })
		await link.waitFor()
		await fillSignIn(there, founder)
		await arriveAt(there, ada.says.dashboard.title)
		await openAccount()
		await ada.page.getByText(ada.says.account.passkeys.elsewhere).waitFor()
		await isUsableByAll()
		await ada.page.getByRole('link', { name: fill(ada.says.account.passkeys.goThere, { host }) }).click()
		await ada.page.waitForURL(`${postern.origin}/account`)
	})
})
