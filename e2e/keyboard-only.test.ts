import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { founder, setUpByProgram } from './testing/founder.ts'
import { arriveAt, meet, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill } from './testing/texts.ts'

let stage: Stage
let person: Person
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes' })
	await setUpByProgram(stage.postern)
	person = await meet(stage.launched, stage.postern.origin)
})
afterAll(() => stage.close())

it('goes from signing in to the saved connector by keys alone, always knowing where one is', async () => {
	const { page, says } = person
	const { connectors, entrance, fields, shell } = says
	const { password } = await stage.site.createApplicationPassword('editor', 'By keys')
	const keys = keysOf(page)

	await page.goto(`${person.origin}/sign-in`)
	await arriveAt(person, entrance.signIn.title)
	await keys.tabTo('textbox', entrance.signIn.username)
	await page.keyboard.type(founder.username)
	await keys.tabTo('textbox', entrance.password)
	await page.keyboard.type(founder.password)
	await page.keyboard.press('Enter')
	await keys.arriveAt(says.dashboard.title)

	await keys.tabTo('link', shell.nav.connectors)
	await page.keyboard.press('Enter')
	await keys.arriveAt(connectors.title)
	await keys.tabTo('link', connectors.create)
	await page.keyboard.press('Enter')

	await keys.arriveAt(connectors.wizard.title)
	await keys.tabTo('combobox', connectors.wizard.type)
	await page.keyboard.press('ArrowDown')
	await page.getByRole('option', { name: 'Connector Wordpress App', exact: true }).waitFor()
	// To the type below it, and back.
	await page.keyboard.press('ArrowDown')
	await page.keyboard.press('ArrowUp')
	await page.keyboard.press('Enter')
	await keys.tabTo('button', connectors.wizard.next)
	await page.keyboard.press('Enter')

	await keys.arriveAt(connectors.authentication.title)
	await keys.tabTo('textbox', fields.website)
	await page.keyboard.type(stage.site.url)
	await keys.tabTo('textbox', fields.username)
	await page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
	await page.keyboard.type('editor')
	await keys.tabTo('textbox', fields.applicationPassword)
	// A first attempt fails: what is wrong takes the focus, and one goes on from there.
	await page.keyboard.type('abcd EFGH 1234 ijkl MNOP 6789')
	await keys.tabTo('button', connectors.authentication.authorize)
	await page.keyboard.press('Space')
	const card = page.getByRole('alert').filter({ has: page.getByRole('button', { name: shell.tryAgain }) })
	await card.waitFor()
	await expect.poll(() => card.evaluate((element) => element.contains(document.activeElement))).toBe(true)
	await keys.tabTo('textbox', fields.applicationPassword, 'Shift+Tab')
	await page.keyboard.press('ControlOrMeta+a')
	await page.keyboard.type(password)
	await page.keyboard.press('Enter')

	await keys.arriveAt(connectors.naming.title)
	await keys.tabTo('textbox', connectors.naming.name)
	await page.keyboard.press('ControlOrMeta+a')
	await page.keyboard.type('By keys alone')
	await keys.tabTo('button', connectors.naming.save)
	await page.keyboard.press('Enter')
	await keys.arriveAt(connectors.title)
	await page.getByRole('row').filter({ hasText: 'By keys alone' }).waitFor()
	await keys.expectFocus()
})

it('opens, walks and closes a row’s menu and dialogs by keys, and comes back to where one was', async () => {
	const { page, says } = person
	const { connectors, shell } = says
	const keys = keysOf(page)
	const menuButton = connectors.rowMenu.replace('{{name}}', 'By keys alone')
	await keys.tabTo('button', menuButton)
	await page.keyboard.press('Enter')
	await page.getByRole('menuitem', { name: connectors.actions.checkNow, exact: true }).waitFor()
	await keys.arrowTo('menuitem', connectors.actions.rename)
	await page.keyboard.press('Enter')
	const dialog = page.getByRole('dialog', { name: connectors.renameDialog.title })
	await dialog.waitFor()
	await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
	for (let press = 0; press < 8; press += 1) {
		await page.keyboard.press('Tab')
		expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
	}
	await page.keyboard.press('Escape')
	await dialog.waitFor({ state: 'detached' })
	await expect.poll(() => keys.focusedName()).toBe(`button ${menuButton}`)

	await keys.tabTo('button', shell.menu.accountOf.replace('{{name}}', founder.username), 'Shift+Tab')
	await page.keyboard.press('Enter')
	await keys.arrowTo('menuitem', shell.menu.signOut)
	await page.keyboard.press('Enter')
	await keys.arriveAt(says.entrance.signIn.title)
})

type Role = 'textbox' | 'button' | 'link' | 'combobox' | 'menuitem'
const MAX_PRESSES = 60

/** Moves by keys, and at every stop looks whether focus is somewhere and can be seen. */
function keysOf(page: Page) {
	const isAt = (role: Role, name: string) =>
		page.getByRole(role, { name, exact: true }).evaluate((element) => element === document.activeElement)
	const move = async (key: string, role: Role, name: string) => {
		await page.getByRole(role, { name, exact: true }).waitFor()
		let ends = 0
		for (let press = 0; press < MAX_PRESSES; press += 1) {
			if (await isAt(role, name)) return
			await page.keyboard.press(key)
			// Past the last thing on the page focus is with the browser for a moment, and then begins anew.
			if ((await page.evaluate(readFocus)) === 'lost' && ends++ === 0) continue
			await expectFocus()
		}
		throw new Error(`${MAX_PRESSES} times ${key} did not lead to the ${role} “${name}”`)
	}
	const expectFocus = async () => {
		const focus = await page.evaluate(readFocus)
		expect(focus, 'focus is lost').not.toBe('lost')
		expect(focus, 'focus cannot be seen').not.toMatch(/^unseen/)
	}
	return {
		tabTo: (role: Role, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab') => move(key, role, name),
		arrowTo: (role: Role, name: string) => move('ArrowDown', role, name),
		/** Another screen: its heading takes the focus. */
		arriveAt: async (title: string) => {
			await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
			await expect.poll(() => page.evaluate(readFocus)).toBe('heading')
		},
		expectFocus,
		focusedName: () =>
			page.evaluate(() => {
				const focused = document.activeElement
				return `${focused?.tagName.toLowerCase()} ${focused?.getAttribute('aria-label') ?? focused?.textContent?.slice(0, 60)}`
			}),
	}
}

/** Runs in the page. Seen is an outline, or a ring drawn as a shadow, around the element or the box it stands in. */
function readFocus(): string {
	const focused = document.activeElement
	if (focused === null || focused === document.body) return 'lost'
	if (focused.tagName === 'H1' || focused.tagName === 'MAIN') return 'heading' // a place to read from, not to act on
	const drawn = [focused, focused.parentElement, focused.parentElement?.parentElement].some((element) => {
		if (!element) return false
		const { outlineStyle, outlineWidth, boxShadow, visibility } = getComputedStyle(element)
		const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
		return visibility === 'visible' && (hasOutline || boxShadow !== 'none')
	})
	const { width, height } = focused.getBoundingClientRect()
	const what = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}`
	return drawn && width > 0 && height > 0 ? what : `unseen: ${what}`
}
