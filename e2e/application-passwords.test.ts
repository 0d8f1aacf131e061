import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '@postern/api/contract'
import { presetText } from '@postern/vocabulary'
import { launchBrowser, type TestBrowser } from '../scripts/testing/browser.ts'
import { runCurlLine } from './testing/ask-by-curl.ts'
import { founder, setUpByProgram, type Founder } from './testing/founder.ts'
import { inviteByLink, joinWithNewAccount } from './testing/invitation.ts'
import {
	addPassword,
	chooseInMenu,
	newPassword,
	openOptions,
	openOwnProfile,
	passwordRow,
	takeSecret,
} from './testing/passwords.ts'
import { arriveAt, button, field, fillSignIn, goTo, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { settle } from './testing/settle.ts'
import { startPostern, type Postern } from './testing/start-postern.ts'
import { fill } from './testing/texts.ts'
import { totpOf } from './testing/totp.ts'

const phone = 'WordPress Mobile App on iPhone 12'
const evelyn = { email: 'evelyn@example.com', username: 'evelyn', password: 'she reads before she writes' }
const dora = { email: 'dora@example.com', username: 'dora', password: 'she waters the flowers daily' }

let launched: TestBrowser
let postern: Postern
let program: Founder
let ada: Person
beforeAll(async () => {
	;[launched, postern] = await Promise.all([launchBrowser(), startPostern()])
	program = await setUpByProgram(postern)
	ada = await meet(launched, postern.origin)
	await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
	await signIn(ada)
	await openOwnProfile(ada, founder.username)
})
afterAll(async () => {
	await launched.close()
	await postern.stop()
})

const row = (name: string) => passwordRow(ada, name)
const bodyRows = () => ada.page.getByRole('table', { name: ada.says.passwords.title }).locator('tbody').getByRole('row')
const hasFocus = (person: Person, selector: string) =>
	person.page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector)

/** Each promise builds on the one before. */
describe('application passwords on one’s own profile', () => {
	let secretOfPhone = ''
	let lineOfPhone = ''

	it('#190 wants a name: the focus returns to the field, and nothing is asked of the server', async () => {
		const { passwords, shell } = ada.says
		await ada.page.getByText(passwords.empty.title).waitFor()
		await ada.page.getByText(passwords.add.nameHint).waitFor()
		const writes: string[] = []
		ada.page.on('request', (request) => {
			if (request.method() !== 'GET') writes.push(request.url())
		})
		await field(ada, passwords.add.name).fill('   ')
		await ada.page.keyboard.press('Enter')
		await ada.page.getByText(shell.required).waitFor()
		await expect.poll(() => hasFocus(ada, '[name="name"]')).toBe(true)
		expect(writes).toEqual([])
	})

	it('#187 shows a new one once, named, with a warning, and then lists it', async () => {
		const { passwords } = ada.says
		await field(ada, passwords.add.name).fill(phone)
		await ada.page.keyboard.press('Enter')
		const notice = newPassword(ada, phone)
		await notice.waitFor()
		await expect.poll(() => notice.evaluate((element) => element === document.activeElement)).toBe(true)
		await notice.getByText(passwords.notice.warning).waitFor()
		const shown = notice.getByRole('textbox', { name: passwords.notice.password, exact: true })
		secretOfPhone = await shown.inputValue()
		expect(secretOfPhone).toMatch(/^([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/)
		expect(await shown.isEditable()).toBe(false)
		lineOfPhone = await notice.getByText('curl --user').innerText()
		expect(lineOfPhone).toContain(secretOfPhone)
		expect(await scan(ada.page)).toEqual([])

		const list = await program.client.call(contract.listApplicationPasswords, await own())
		const listed = list.ok ? list.value.applicationPasswords : []
		expect(listed.map(({ name, preset, connectors }) => ({ name, preset, connectors }))).toEqual([
			{ name: phone, preset: 'read-only', connectors: 'all' },
		])
	})

	it('#192 copies it, and says so to the eye and to the ear', async () => {
		const { shell, passwords } = ada.says
		const notice = newPassword(ada, phone)
		const what = passwords.notice.passwordName
		await notice.getByRole('button', { name: fill(shell.copyLabel, { what }), exact: true }).click()
		const copied = notice.getByRole('button', { name: fill(shell.copiedLabel, { what }), exact: true })
		await copied.getByText(shell.copied, { exact: true }).waitFor()
		await ada.page
			.getByRole('status')
			.filter({ hasText: fill(shell.copiedLabel, { what }) })
			.waitFor()
		expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(secretOfPhone)
	})

	it('#191 gives the focus back to the field when the notice is put away, and lists the newest first', async () => {
		const { passwords } = ada.says
		await button(ada, passwords.notice.dismiss).click()
		await expect.poll(() => hasFocus(ada, '[name="name"]')).toBe(true)
		expect(await ada.page.content()).not.toContain(secretOfPhone)
		await addPassword(ada, 'Backup script')
		await expect.poll(() => bodyRows().count()).toBe(2)
		expect(await bodyRows().first().innerText()).toContain('Backup script')
		const { name, created, lastUsed, lastIp, expires, mayDo } = passwords.columns
		const heads = await ada.page.getByRole('columnheader').allInnerTexts()
		expect(heads).toEqual([name, created, lastUsed, lastIp, expires, mayDo, passwords.columns.actions])
		await ada.page.reload()
		await row(phone).waitFor()
		expect(await ada.page.content()).not.toContain(secretOfPhone)
	})

	it('works on the API by the very line that was shown, and its use is seen', async () => {
		const navigation = ada.page.getByRole('navigation', { name: ada.says.shell.navigation })
		const calls = navigation.getByText(fill(ada.says.shell.notices_one, { count: 1 }))
		// What one has added oneself does not call for a look.
		await goTo(ada, 'dashboard')
		const { notices } = ada.says.passwords
		const line = ada.page
			.getByRole('listitem')
			.filter({ hasText: fill(notices['password-created-own'], { name: phone }) })
			.filter({ hasText: notices.notYou })
		await line.waitFor()
		expect(await calls.count()).toBe(0)
		await ada.page.goBack()
		const { status, body } = await runCurlLine(lineOfPhone)
		expect({ status, slug: body['slug'] ?? body['name'] }).toEqual({ status: 200, slug: founder.username })
		await expect
			.poll(
				async () => {
					await ada.page.reload()
					return row(phone).innerText()
				},
				{ interval: 500 },
			)
			.toContain('127.0.0.1')
		// One line tells both, and calls.
		await goTo(ada, 'dashboard')
		const firstUse = fill(notices.then['password-used-from-new-address'], { ip: '127.0.0.1' })
		await line.filter({ hasText: firstUse }).waitFor()
		await calls.waitFor()
		await line.getByRole('button').click()
		await line.waitFor({ state: 'detached' })
		await calls.waitFor({ state: 'detached' })
		await ada.page.goBack()
		await row(phone).waitFor()
	})

	it('goes on working after it was renamed', async () => {
		const { passwords } = ada.says
		const dialog = await chooseInMenu(ada, phone, 'rename')
		await dialog.getByRole('textbox', { name: passwords.rename.label }).fill('')
		await dialog.getByRole('button', { name: passwords.rename.submit, exact: true }).click()
		await dialog.getByText(ada.says.shell.required).waitFor()
		await dialog.getByRole('textbox', { name: passwords.rename.label }).fill('My phone')
		await dialog.getByRole('button', { name: passwords.rename.submit, exact: true }).click()
		await row('My phone').waitFor()
		expect((await runCurlLine(lineOfPhone)).status).toBe(200)
	})

	it('is replaced when it is lost: for seven days both work, or the old one ends at once', async () => {
		const { passwords } = ada.says
		const replace = async (days: '0' | '7') => {
			const dialog = await chooseInMenu(ada, 'My phone', 'replace')
			await dialog.getByRole('radio', { name: passwords.replace[days], exact: true }).check()
			await dialog.getByRole('button', { name: passwords.replace.submit, exact: true }).click()
			return takeSecret(ada, 'My phone', 'titleReplaced')
		}
		const second = await replace('7')
		expect((await runCurlLine(lineOfPhone)).status).toBe(200)
		expect((await runCurlLine(second.line)).status).toBe(200)
		await expect.poll(() => row('My phone').count()).toBe(2)

		// The one that ends soon goes; the new one is replaced at once.
		await row('My phone').last().getByRole('button', { name: passwords.revoke.action }).click()
		await confirmDialog(passwords.revoke.action)
		await expect.poll(() => row('My phone').count()).toBe(1)
		expect((await runCurlLine(lineOfPhone)).status).toBe(401)
		const third = await replace('0')
		expect((await runCurlLine(second.line)).status).toBe(401)
		expect((await runCurlLine(third.line)).status).toBe(200)
		lineOfPhone = third.line
	})

	it('#188 is refused with the next request once it is revoked, and the others go on', async () => {
		const { passwords } = ada.says
		const other = await addPassword(ada, 'Newsletter')
		await button(ada, fill(passwords.revoke.label, { name: 'My phone' })).click()
		await ada.page.getByRole('dialog', { name: fill(passwords.revoke.title, { name: 'My phone' }) }).waitFor()
		await confirmDialog(passwords.revoke.action)
		await ada.page
			.getByText(fill(passwords.revoke.done, { name: 'My phone' }))
			.first()
			.waitFor()
		await row('My phone').waitFor({ state: 'detached' })
		const refused = await runCurlLine(lineOfPhone)
		expect({ status: refused.status, code: refused.body['code'] }).toEqual({ status: 401, code: 'incorrect_password' })
		expect((await runCurlLine(other.line)).status).toBe(200)
	})

	it('has presets and scopes of its own, and Everything only after a second yes', async () => {
		const { passwords, shell } = ada.says
		await openOptions(ada)
		const radio = (name: string) => ada.page.getByRole('radio', { name, exact: true })
		const everything = presetText('everything', 'en').name
		await expect.poll(() => radio(presetText('read-only', 'en').name).isChecked()).toBe(true)
		await radio(everything).check()
		await field(ada, passwords.add.name).fill('All of it')
		await button(ada, passwords.add.submit).click()
		await ada.page.getByText(passwords.everything.missing).waitFor()
		await expect.poll(() => hasFocus(ada, '[data-part="everything"] input')).toBe(true)
		expect(await scan(ada.page)).toEqual([])

		await radio(passwords.preset.custom).check()
		const box = (resource: keyof typeof passwords.resources, verb: keyof typeof passwords.verbs) =>
			ada.page.getByRole('checkbox', {
				name: fill(passwords.scopes.of, { resource: passwords.resources[resource], verb: passwords.verbs[verb] }),
				exact: true,
			})
		// One begins with what was chosen before.
		await box('users', 'delete').uncheck()
		await expect.poll(() => box('posts', 'read').isDisabled()).toBe(true)
		expect(await scan(ada.page)).toEqual([])
		await radio(presetText('drafts-only', 'en').name).check()
		await radio(passwords.preset.custom).check()
		await expect.poll(() => box('posts', 'publish').isChecked()).toBe(false)
		await box('posts', 'publish').check()
		await expect.poll(() => box('posts', 'write').isChecked()).toBe(true)
		await ada.page.getByRole('combobox', { name: passwords.expiry.label }).selectOption('30')
		await field(ada, passwords.limits.addresses).fill('127.0.0.1 not-an-address')
		await button(ada, passwords.add.submit).click()
		await expect.poll(() => hasFocus(ada, '[name="addresses"]')).toBe(true)
		await field(ada, passwords.limits.addresses).fill('127.0.0.1, 2001:db8::/32')
		await button(ada, passwords.add.submit).click()
		await takeSecret(ada, 'All of it')
		const dialog = await chooseInMenu(ada, 'All of it', 'details')
		await dialog.getByText('127.0.0.1, 2001:db8::/32').waitFor()
		expect(await scan(ada.page)).toEqual([])
		await dialog.getByRole('button', { name: shell.close, exact: true }).click()
	})

	it('opens its menus above the message of the last action, wherever that stands', async () => {
		const { passwords, shell } = ada.says
		await addPassword(ada, 'Behind a message')
		const line = row('Behind a message')
		await line.getByRole('button', { name: fill(passwords.menu, { name: 'Behind a message' }) }).click()
		const action = ada.page.getByRole('menuitem', { name: passwords.details.action, exact: true })
		await settle(ada.page)
		const isOnTop = await action.evaluate((element) => {
			const { x, y, width, height } = element.getBoundingClientRect()
			// A message goes after some seconds; this one stays for as long as we look, where messages stand.
			const message = document.createElement('div')
			const [left, top] = [`${x}px`, `${y}px`]
			Object.assign(message.style, { position: 'fixed', left, top, width: `${width}px`, height: `${height}px` })
			const region = document.querySelector('output.visually-hidden + [role="alert"]')?.parentElement
			if (!region) throw new Error('there is no region for messages')
			region.append(message)
			const found = document.elementFromPoint(x + width / 2, y + height / 2)
			message.remove()
			return element.contains(found)
		})
		expect(isOnTop).toBe(true)
		await action.click()
		await ada.page.getByRole('dialog').getByRole('button', { name: shell.close, exact: true }).click()
	})

	it('is found by its address: the link to the section scrolls and moves the focus there', async () => {
		const page = await ada.context.newPage()
		await page.goto(`${ada.page.url().split('#')[0]}#application-passwords-section`)
		const heading = page.getByRole('heading', { name: ada.says.passwords.title, exact: true })
		await heading.waitFor()
		await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true)
		await expect
			.poll(() => heading.evaluate((element) => element.getBoundingClientRect().top < window.innerHeight))
			.toBe(true)
		await page.close()
	})

	it('#189 ends all at once, asked for once', async () => {
		const { passwords } = ada.says
		const last = await addPassword(ada, 'One more')
		await button(ada, passwords.revokeAll.action).click()
		await ada.page.getByRole('dialog', { name: fill(passwords.revokeAll.title, { name: founder.username }) }).waitFor()
		await confirmDialog(passwords.revokeAll.action)
		await ada.page.getByText(passwords.empty.title).waitFor()
		expect(await bodyRows().count()).toBe(0)
		expect((await runCurlLine(last.line)).status).toBe(401)
	})

	it('is not taken at the sign-in page, which says why', async () => {
		const { secret } = await addPassword(ada, 'For the door')
		const stranger = await meet(launched, postern.origin)
		await stranger.page.goto(`${postern.origin}/sign-in`)
		await fillSignIn(stranger, { username: founder.username, password: secret })
		await stranger.page.getByText('That is an application password.', { exact: false }).waitFor()
		await expect.poll(() => hasFocus(stranger, '[name="password"]')).toBe(true)
		await stranger.context.close()
	})
})

it('does all of it by keys alone', async () => {
	const { passwords } = ada.says
	const { page } = ada
	const tabTo = async (role: 'textbox' | 'button' | 'radio', name: string) => {
		const target = page.getByRole(role, { name, exact: true })
		await target.waitFor()
		for (let press = 0; press < 80; press += 1) {
			if (await target.evaluate((element) => element === document.activeElement)) return
			await page.keyboard.press('Tab')
		}
		throw new Error(`no way by keys to the ${role} “${name}”`)
	}
	await page.reload()
	await tabTo('textbox', passwords.add.name)
	await page.keyboard.type('By keys')
	await page.keyboard.press('Enter')
	await newPassword(ada, 'By keys').waitFor()
	await expect
		.poll(() => newPassword(ada, 'By keys').evaluate((element) => element === document.activeElement))
		.toBe(true)
	await tabTo('button', passwords.notice.dismiss)
	await page.keyboard.press('Enter')
	await expect.poll(() => hasFocus(ada, '[name="name"]')).toBe(true)
	await tabTo('button', fill(passwords.menu, { name: 'By keys' }))
	await page.keyboard.press('Enter')
	const rename = page.getByRole('menuitem', { name: passwords.rename.action, exact: true })
	await rename.waitFor()
	const first = page.getByRole('menuitem').first()
	await expect.poll(() => first.evaluate((element) => element === document.activeElement)).toBe(true)
	await settle(page) // until the menu has found its place; it takes the focus once more there
	await page.keyboard.press('ArrowDown')
	await expect.poll(() => rename.evaluate((element) => element === document.activeElement)).toBe(true)
	await page.keyboard.press('Enter')
	const dialog = page.getByRole('dialog')
	await dialog.waitFor()
	await page.keyboard.press('Escape')
	await dialog.waitFor({ state: 'detached' })
	await expect.poll(() => hasFocus(ada, `[aria-label="${fill(passwords.menu, { name: 'By keys' })}"]`)).toBe(true)
	await page.keyboard.press('Shift+Tab')
	await page.keyboard.press('Enter')
	await dialog.waitFor()
	await tabTo('button', passwords.revoke.action)
	await page.keyboard.press('Enter')
	await row('By keys').waitFor({ state: 'detached' })
	await expect.poll(() => hasFocus(ada, 'h1')).toBe(true)
})

describe('owners', () => {
	let guest: Person

	it('give a machine account a name without a sign-in, and a password that outlives them', async () => {
		const { users, passwords, profile } = ada.says
		await goTo(ada, 'users')
		await arriveAt(ada, users.title)
		await button(ada, users.machine.action).click()
		const dialog = ada.page.getByRole('dialog', { name: users.machine.title })
		await dialog.getByRole('textbox', { name: users.machine.name }).fill('build-server')
		await dialog.getByRole('radio', { name: ada.says.shell.roles.viewer, exact: true }).check()
		expect(await scan(ada.page)).toEqual([])
		await dialog.getByRole('button', { name: users.machine.submit, exact: true }).click()
		await arriveAt(ada, 'build-server')
		await ada.page.getByText(profile.facts.machine).waitFor()
		await openOptions(ada)
		// A viewer’s password reads, whatever the preset is called.
		const role = ada.says.shell.roles.viewer
		expect(await ada.page.getByText(fill(passwords.cut, { role })).count()).toBe(4)
		const { line } = await addPassword(ada, 'Nightly build')
		const { status, body } = await runCurlLine(line)
		expect({ status, name: body['slug'] ?? body['name'] }).toEqual({ status: 200, name: 'build-server' })
		const stranger = await meet(launched, postern.origin)
		await stranger.page.goto(`${postern.origin}/sign-in`)
		await fillSignIn(stranger, { username: 'build-server', password: 'whatever it might be' })
		await stranger.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
		await stranger.context.close()
	})

	it('add one for another member, who is told by whom', async () => {
		const { passwords, users } = ada.says
		const link = await inviteByLink(ada, 'editor')
		guest = await meet(launched, postern.origin)
		await joinWithNewAccount(guest, link, dora)
		await ada.page.reload()
		await ada.page.getByRole('link', { name: dora.username, exact: true }).click()
		await arriveAt(ada, dora.username)
		await ada.page.getByText(fill(passwords.forOther, { name: dora.username })).waitFor()
		await addPassword(ada, 'Planning tool')
		await passwordRow(ada, 'Planning tool')
			.getByText(fill(passwords.by, { name: founder.username }))
			.waitFor()

		await guest.page.reload()
		const notice = guest.page.getByRole('listitem').filter({
			hasText: fill(passwords.notices['password-created'], { actor: founder.username, name: 'Planning tool' }),
		})
		await notice.waitFor()
		const navigation = guest.page.getByRole('navigation', { name: guest.says.shell.navigation })
		await navigation.getByText(fill(guest.says.shell.notices_one, { count: 1 })).waitFor()
		expect(await scan(guest.page)).toEqual([])
		await notice.getByRole('link').click()
		await arriveAt(guest, dora.username)
		await passwordRow(guest, 'Planning tool').waitFor()
		await goTo(guest, 'dashboard')
		await button(guest, fill(passwords.notices.dismissLabel, { name: 'Planning tool' })).click()
		await notice.waitFor({ state: 'detached' })
		await guest.page.reload()
		await arriveAt(guest, guest.says.dashboard.title)
		expect(await notice.count()).toBe(0)
		expect(users.title).toBe(guest.says.users.title)
	})

	it('and nobody else sees another’s', async () => {
		const { passwords } = guest.says
		await goTo(guest, 'users')
		await guest.page.getByRole('link', { name: founder.username, exact: true }).click()
		await arriveAt(guest, founder.username)
		await guest.page.getByText(fill(passwords.closed, { name: founder.username })).waitFor()
		expect(await field(guest, passwords.add.name).count()).toBe(0)
		expect(await guest.page.content()).not.toContain('For the door')
		await guest.page.goto(`${postern.origin}/application-passwords`)
		await arriveAt(guest, passwords.inventory.title)
		await guest.page.getByRole('alert').first().waitFor()
		expect(await guest.page.content()).not.toContain('For the door')
	})

	it('find all of the workspace in one list, and may revoke there', async () => {
		const { passwords } = ada.says
		await goTo(ada, 'passwords')
		await arriveAt(ada, passwords.inventory.title)
		for (const name of ['For the door', 'Nightly build', 'Planning tool']) await passwordRow(ada, name).waitFor()
		expect(await scan(ada.page)).toEqual([])
		await ada.page.getByRole('textbox', { name: passwords.inventory.search }).fill('nightly')
		await row('Planning tool').waitFor({ state: 'detached' })
		await row('Nightly build').getByRole('link', { name: 'build-server' }).waitFor()
		await button(ada, fill(passwords.revoke.label, { name: 'Nightly build' })).click()
		await confirmDialog(passwords.revoke.action)
		await ada.page.getByText(passwords.inventory.noneFound.title).waitFor()
		await button(ada, passwords.inventory.noneFound.action).click()
		await row('Planning tool').waitFor()
		await row('Nightly build').waitFor({ state: 'detached' })
	})
})

it('stays or goes when two-factor is switched on, and afterwards one switch decides', async () => {
	const eve = await meet(launched, postern.origin)
	await joinWithNewAccount(eve, await inviteByLink(ada, 'editor'), evelyn)
	const { account, passwords, profile } = eve.says
	await openOwnProfile(eve, evelyn.username)
	const { line } = await addPassword(eve, 'Reader')
	await eve.page.getByText(profile.apiLogin.without).waitFor()
	await switchTwoFactorOn(eve, account.passwords.keep)
	expect((await runCurlLine(line)).status).toBe(200)

	await openOwnProfile(eve, evelyn.username)
	const toggle = eve.page.getByRole('switch', { name: profile.apiLogin.label })
	await expect.poll(() => toggle.isChecked()).toBe(true)
	await toggle.click({ force: true })
	await eve.page.getByText(passwords.refused).waitFor()
	expect(await scan(eve.page)).toEqual([])
	expect((await runCurlLine(line)).status).toBe(401)
	await toggle.click({ force: true })
	await eve.page.getByText(passwords.refused).waitFor({ state: 'detached' })
	expect((await runCurlLine(line)).status).toBe(200)

	const { users } = ada.says
	await goTo(ada, 'users')
	const choose = async (rule: 'each-decides' | 'refused') => {
		await ada.page.getByRole('radio', { name: users.apiLogin[rule], exact: true }).click()
		await ada.page
			.getByText(fill(users.apiLogin.done, { rule: users.apiLogin[rule] }))
			.first()
			.waitFor()
	}
	await choose('refused')
	expect((await runCurlLine(line)).status).toBe(401)
	await eve.page.reload()
	await eve.page.getByText(profile.apiLogin.decided.refused).waitFor()
	expect(await toggle.count()).toBe(0)
	await choose('each-decides')
	expect((await runCurlLine(line)).status).toBe(200)

	await eve.page.goto(`${postern.origin}/account`)
	await field(eve, account.password.current).fill(evelyn.password)
	await field(eve, account.password.new).fill('another key for another gate')
	await eve.page.getByRole('radio', { name: account.passwords.revoke }).check()
	await button(eve, account.password.submit).click()
	await eve.page.getByText(account.password.done).first().waitFor()
	expect((await runCurlLine(line)).status).toBe(401)
	await eve.context.close()
})

it('speaks Japanese in the words of the guide', async () => {
	const sakura = await meet(launched, postern.origin, { language: 'ja' })
	await signIn(sakura)
	await openOwnProfile(sakura, founder.username)
	const { page } = sakura
	await page.getByRole('textbox', { name: /新しいアプリケーションパスワードの名前/ }).fill('日本語の名前')
	await page.getByRole('button', { name: '新規追加', exact: true }).click()
	await page.getByText('今後はもう表示されません', { exact: false }).waitFor()
	await page.getByText('再度取得することはできません', { exact: false }).waitFor()
	expect(await scan(page)).toEqual([])
	await takeSecret(sakura, '日本語の名前')
	await passwordRow(sakura, '日本語の名前').waitFor()
	await sakura.context.close()
})

it('#193 under plain http it explains https instead of offering a password, and lets what exists be revoked', async () => {
	const { port } = new URL(postern.origin)
	const origin = `http://postern.localhost:${port}`
	await postern.restart('SIGTERM', { environment: { POSTERN_ORIGIN: origin } })
	const carl = await meet(launched, origin)
	await signIn(carl)
	const { passwords } = carl.says
	const me = await carl.page.evaluate(async () => (await fetch('/api/v1/me')).json())
	await carl.page.goto(`${origin}/users/${me.memberships[0].memberId}`)
	await carl.page.getByText(passwords.insecure.title).waitFor()
	expect(await field(carl, passwords.add.name).count()).toBe(0)
	await button(carl, fill(passwords.revoke.label, { name: 'For the door' })).waitFor()
	await carl.context.close()
})

async function switchTwoFactorOn(person: Person, what: string): Promise<void> {
	const { twoFactor } = person.says.account
	await person.page.goto(`${postern.origin}/account`)
	await button(person, twoFactor.start).click()
	await field(person, twoFactor.password).fill(evelyn.password)
	await button(person, twoFactor.continue).click()
	await person.page.getByRole('img', { name: twoFactor.picture }).waitFor()
	const key = await person.page.locator('code').first().innerText()
	const form = person.page.getByRole('group', { name: twoFactor.title, exact: true })
	await form.getByRole('radio', { name: what }).check()
	await field(person, twoFactor.code).fill(totpOf(key))
	await button(person, twoFactor.confirm).click()
	await button(person, twoFactor.kept).click()
}

async function own() {
	const me = await program.client.call(contract.getMe, {})
	const memberId = (me.ok && me.value.memberships[0]?.memberId) || ''
	return { workspaceId: program.workspaceId, memberId }
}

async function confirmDialog(label: string): Promise<void> {
	await ada.page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click()
}
