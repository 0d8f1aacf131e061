import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { founder, setUpByProgram } from './testing/founder.ts'
import { inviteByLink, joinWithNewAccount } from './testing/invitation.ts'
import {
	arriveAt,
	button,
	field,
	fillSignIn,
	goTo,
	meet,
	openAccountMenu,
	signIn,
	signOut,
	type Person,
} from './testing/person.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'
import { totpOf } from './testing/totp.ts'

const newPassword = 'the second key under the flower pot'
const markup = '<img src=x onerror=alert(1)>'
const cleo = { email: 'cleo@example.com', username: 'cleo', password: 'invited to the garden party' }

/** One account's life; each promise builds on the one before. */
describe('an account', () => {
	let launched: TestBrowser
	let postern: Postern
	let ada: Person
	let key = ''
	let recoveryCodes: readonly string[] = []

	beforeAll(async () => {
		;[launched, postern] = await Promise.all([launchBrowser(), startPostern()])
		await setUpByProgram(postern)
		ada = await meet(launched, postern.origin)
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

	it('hears the same words for a wrong password and for a user who does not exist', async () => {
		await ada.page.goto(`${postern.origin}/sign-in`)
		const alert = ada.page.getByRole('alert').filter({ hasText: 'do not match' })
		const heard: string[] = []
		for (const username of [founder.username, 'nobody-of-this-name']) {
			await fillSignIn(ada, { username, password: 'certainly not the password' })
			await alert.waitFor()
			heard.push((await alert.innerText()).replace(/Request: .*/, ''))
			await ada.page.reload()
		}
		expect(heard[0]).toBe(heard[1])
		expect(heard[0]).toContain('That username and password do not match.')
	})

	it('signs in to the page that was asked for, and out to nothing', async () => {
		await ada.page.goto(`${postern.origin}/users`)
		await fillSignIn(ada, founder)
		await arriveAt(ada, ada.says.users.title)
		await signOut(ada, founder.username)
		await ada.page.goBack()
		await arriveAt(ada, ada.says.entrance.signIn.title)
		expect(await ada.page.content()).not.toContain(founder.email)
	})

	it('goes nowhere else after signing in, whatever a link says', async () => {
		const stranger = await meet(launched, postern.origin)
		await stranger.page.goto(`${postern.origin}/sign-in?return=${encodeURIComponent('https://evil.example/')}`)
		await fillSignIn(stranger, founder)
		await arriveAt(stranger, stranger.says.dashboard.title)
		expect(stranger.page.url()).toBe(`${postern.origin}/`)
		await stranger.context.close()
	})

	it('is not shown to the next person: a page that was left open notices who is signed in now', async () => {
		const shared = await meet(launched, postern.origin)
		await signIn(shared)
		await goTo(shared, 'users')
		await shared.page.getByText(founder.email).waitFor()
		const other = { ...shared, page: await shared.context.newPage() }
		await other.page.goto(postern.origin)
		await arriveAt(other, other.says.dashboard.title)
		await signOut(other, founder.username)
		// Whoever comes back to a page after a while sees it asked again.
		await shared.page.evaluate(() => {
			const { now } = Date
			Date.now = () => now() + 120_000
			window.dispatchEvent(new Event('visibilitychange'))
		})
		await arriveAt(shared, shared.says.entrance.signIn.title)
		expect(await shared.page.content()).not.toContain(founder.email)
		await shared.page.goBack()
		await arriveAt(shared, shared.says.entrance.signIn.title)
		await shared.context.close()
	})

	it('switches two-factor on by a first code, and gets recovery codes once', async () => {
		const { twoFactor } = ada.says.account
		await signIn(ada)
		await openAccount()
		await button(ada, twoFactor.start).click()
		await field(ada, twoFactor.password).fill(founder.password)
		await button(ada, twoFactor.continue).click()
		await ada.page.getByRole('img', { name: twoFactor.picture }).waitFor()
		key = await ada.page.getByRole('code').or(ada.page.locator('code')).first().innerText()
		await field(ada, twoFactor.code).fill(totpOf(key))
		await button(ada, twoFactor.confirm).click()
		await ada.page.getByRole('heading', { name: twoFactor.codesTitle }).waitFor()
		const list = ada.page.getByRole('list').filter({ has: ada.page.getByText(/^[A-Za-z0-9]{4,}-[A-Za-z0-9-]{4,}$/) })
		recoveryCodes = await list.getByRole('listitem').allInnerTexts()
		expect(recoveryCodes.length).toBeGreaterThanOrEqual(8)
		await button(ada, twoFactor.kept).click()
		await ada.page.getByText(twoFactor.on, { exact: true }).waitFor()
		await ada.page.reload()
		await ada.page.getByText(twoFactor.on, { exact: true }).waitFor()
		expect(await ada.page.content()).not.toContain(recoveryCodes[0])
	})

	it('then needs a code to sign in: of the app, or a recovery code, and each only once', async () => {
		const { signIn: says } = ada.says.entrance
		await signOut(ada, founder.username)
		await fillSignIn(ada, founder)
		await arriveAt(ada, says.codeTitle)
		await ada.page.goto(`${postern.origin}/connectors`)
		await fillSignIn(ada, founder) // the password alone opens nothing
		await arriveAt(ada, says.codeTitle)
		await field(ada, says.code).fill('000000')
		await button(ada, says.verify).click()
		await expect.poll(() => field(ada, says.code).getAttribute('aria-invalid')).toBe('true')
		// The code of this half minute was used to switch two-factor on; the next one counts already.
		await field(ada, says.code).fill(totpOf(key, Date.now() + 30_000))
		await button(ada, says.verify).click()
		await arriveAt(ada, ada.says.connectors.title)

		await signOut(ada, founder.username)
		const byRecoveryCode = async () => {
			await fillSignIn(ada, founder)
			await arriveAt(ada, says.codeTitle)
			await button(ada, says.use['recovery-code']).click()
			await field(ada, says.recoveryCode).fill(recoveryCodes[0] ?? '')
			await button(ada, says.verify).click()
		}
		await byRecoveryCode()
		await arriveAt(ada, ada.says.dashboard.title)
		await signOut(ada, founder.username)
		await byRecoveryCode()
		await expect.poll(() => field(ada, says.recoveryCode).getAttribute('aria-invalid')).toBe('true')
		await field(ada, says.recoveryCode).fill(recoveryCodes[1] ?? '')
		await button(ada, says.verify).click()
		await arriveAt(ada, ada.says.dashboard.title)
	})

	it('comes back with a link of the operator: new password, no second factor, and every session ended', async () => {
		const { recover } = ada.says.entrance
		const printed = await runCommand(postern, ['account', 'recover', founder.username])
		const link = /\S+\/recover#\S+/.exec(printed)?.[0] ?? ''
		const elsewhere = await meet(launched, postern.origin)
		await elsewhere.page.goto(link)
		await arriveAt(elsewhere, recover.title)
		expect(elsewhere.page.url()).not.toContain('#')
		await field(elsewhere, elsewhere.says.entrance.newPassword).fill(newPassword)
		await elsewhere.page.getByRole('checkbox', { name: recover.removeSecondFactor }).check()
		await button(elsewhere, recover.submit).click()
		await fillSignIn(elsewhere, { ...founder, password: newPassword })
		await arriveAt(elsewhere, elsewhere.says.dashboard.title)

		await ada.page.reload()
		await arriveAt(ada, ada.says.entrance.signIn.title)
		await elsewhere.page.goto(link)
		await elsewhere.page.getByRole('alert').filter({ hasText: /link/ }).waitFor()
		await elsewhere.context.close()
	})

	it('shows where it is signed in, a hostile device name as text, and ends that session', async () => {
		const { sessions } = ada.says.account
		const other = await meet(launched, postern.origin)
		const dialogs: string[] = []
		ada.page.on('dialog', (dialog) => {
			dialogs.push(dialog.message())
			void dialog.dismiss()
		})
		await other.context.setExtraHTTPHeaders({ 'user-agent': markup })
		await signIn(other, { ...founder, password: newPassword })
		await fillSignIn(ada, { ...founder, password: newPassword })
		await arriveAt(ada, ada.says.dashboard.title)
		await openAccount()
		const row = ada.page.getByRole('row').filter({ hasText: markup })
		await row.waitFor()
		await ada.page.getByRole('row').filter({ hasText: sessions.thisOne }).waitFor()
		await row.getByRole('button', { name: fill(sessions.endLabel, { device: markup }) }).click()
		await row.waitFor({ state: 'detached' })
		expect(dialogs).toEqual([])

		await other.page.reload()
		await arriveAt(other, other.says.entrance.signIn.title)
		await other.context.close()
	})

	it('invites somebody, who joins with an account of their own and is no stranger any more', async () => {
		const link = await inviteByLink(ada, 'editor')
		const guest = await meet(launched, postern.origin)
		await joinWithNewAccount(guest, link, cleo)
		await goTo(guest, 'connectors')
		await guest.page.getByRole('link', { name: guest.says.connectors.create, exact: true }).waitFor()
		await ada.page.reload()
		await ada.page.getByRole('row').filter({ hasText: cleo.email }).waitFor()

		const late = await meet(launched, postern.origin)
		await late.page.goto(link)
		await late.page.getByRole('alert').waitFor()
		expect(await late.page.content()).not.toContain(founder.workspaceName)
	})
})

/** As the operator types it on the machine, in another process than the server’s. */
async function runCommand(postern: Postern, args: readonly string[]): Promise<string> {
	const { port } = new URL(postern.origin)
	const { stdout } = await promisify(execFile)(process.execPath, ['apps/server/src/main.ts', ...args], {
		cwd: join(import.meta.dirname, '..'),
		env: { ...process.env, POSTERN_DATA: postern.dataFolder, PORT: port },
	})
	return stdout
}
