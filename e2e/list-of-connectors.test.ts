import { readFile } from 'node:fs/promises'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { problemText } from '@postern/vocabulary'
import type { Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IssuedPassword } from '../conformance/wordpress/start-wordpress.ts'
import { setUpByProgram, type Founder } from './testing/founder.ts'
import { arriveAt, button, goTo, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { changeLook, settle } from './testing/settle.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { placesWith } from './testing/stored-in-browser.ts'
import { fill } from './testing/texts.ts'

let stage: Stage
let owner: Founder
let ada: Person
let editors: IssuedPassword
let authors: IssuedPassword
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes' })
	owner = await setUpByProgram(stage.postern)
	ada = await meet(stage.launched, stage.postern.origin)
	await signIn(ada)
	editors = await stage.site.createApplicationPassword('editor', 'Postern, imported')
	authors = await stage.site.createApplicationPassword('author', 'Postern, imported')
})
afterAll(() => stage.close())

const wrong = 'abcd EFGH 1234 ijkl MNOP 6789'

async function connectors(): Promise<readonly ConnectorDocument[]> {
	const { client, workspaceId } = owner
	const page = await client.call(contract.listConnectors, { workspaceId, query: {} })
	if (!page.ok) throw new Error(page.problem.code)
	return page.value.connectors
}

/** A text with numbers in it. */
const numbered = (text: string, numbers: Readonly<Record<string, number>>) =>
	fill(text.replaceAll(', number', ''), numbers)

const chooseFile = (text: string | Uint8Array) =>
	ada.page
		.locator('input[type="file"]')
		.setInputFiles({ name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

const inDialog = (name: string) => ada.page.getByRole('dialog').getByRole('button', { name, exact: true })

async function textOf(download: Promise<Download>): Promise<string> {
	return readFile(await (await download).path(), 'utf8')
}

/** Every look that a screen may shut somebody out in. */
async function shutsOut(): Promise<string[]> {
	const found: string[] = []
	for (const [colorScheme, width] of [
		['dark', 1280],
		['light', 390],
		['light', 1280],
	] as const) {
		await changeLook(ada.page, { colorScheme, width })
		for (const violation of await scan(ada.page)) found.push(`${colorScheme}, ${width}: ${violation}`)
	}
	return found
}

/** Each promise builds on the one before. */
describe('importing sites from a file', () => {
	it('begins on the list, and explains the file before it asks for one', async () => {
		await goTo(ada, 'connectors')
		await ada.page.getByRole('link', { name: ada.says.list.import, exact: true }).click()
		await arriveAt(ada, ada.says.import.title)
		await ada.page.getByText('wp user application-password create <user> "Postern" --porcelain').waitFor()
		expect(await shutsOut()).toEqual([])
		const template = ada.page.waitForEvent('download')
		await button(ada, ada.says.import.template).click()
		expect(await textOf(template)).toMatch(/^\ufeffaddress,username,application_password,name,tags\r\n/)
	})

	it.each([
		['import/column-missing', { column: 'application_password' }, 'address,username\na,b'],
		['import/encoding-unsupported', {}, Uint8Array.of(0x96, 0xbc, 0x91, 0x4f)],
	] as const)('names what is wrong with a file: %s', async (code, params, text) => {
		await chooseFile(text)
		const { title } = problemText(code, params, 'en')
		await ada.page.getByRole('alert').getByText(title, { exact: true }).waitFor()
	})

	it('shows what is in the file, and no password of it', async () => {
		const { site } = stage
		const rows = [
			'Address;Username;Application Password;Name;Tags',
			`${site.url};${site.users.editor.username};${editors.password};The editor’s;"Client A, production"`,
			`${site.url};${site.users.author.username};${authors.password};;production`,
			`${site.url};${site.users.contributor.username};${wrong};Broken;`,
		]
		await chooseFile(`\ufeff${rows.join('\r\n')}\r\n`)
		await ada.page.getByRole('row').nth(3).waitFor()
		expect(await ada.page.getByText(ada.says.import.passwordGiven, { exact: true }).count()).toBe(3)
		const shown = await ada.page.content()
		for (const secret of [editors.password, authors.password, wrong]) expect(shown).not.toContain(secret)
		expect(await shutsOut()).toEqual([])
	})

	it('says how long it takes, and goes on while another page is looked at', async () => {
		const { estimate_one: estimate, start_other: start, notice } = ada.says.import
		await ada.page.getByText(numbered(estimate, { count: 1 }), { exact: true }).waitFor()
		await goTo(ada, 'connectors')
		await ada.page.getByRole('link', { name: ada.says.list.import, exact: true }).click()
		expect(await ada.page.getByRole('row').count()).toBe(4) // nothing is forgotten on the way
		await ada.page.route('**/connectors/verify', () => undefined) // sites that take their time
		await button(ada, numbered(start, { count: 3 })).click()
		await goTo(ada, 'connectors')
		await ada.page.getByText(numbered(notice.running, { done: 0, total: 3 })).waitFor()
		expect(await shutsOut()).toEqual([])
		await ada.page.getByRole('link', { name: notice.open, exact: true }).click()
		await ada.page.getByText(numbered(ada.says.import.progress, { done: 0, total: 3 }), { exact: true }).waitFor()
		expect(await shutsOut()).toEqual([])
	})

	it('is stopped, and loses no row by that', async () => {
		const { stop, summaryStopped, states } = ada.says.import
		await button(ada, stop).click()
		const sum = numbered(summaryStopped, { imported: 0, failed: 0, left: 3 })
		await ada.page.getByText(sum, { exact: true }).waitFor()
		expect(await ada.page.getByRole('row').filter({ hasText: states.waiting }).count()).toBe(3)
		expect(await shutsOut()).toEqual([])
		await ada.page.unroute('**/connectors/verify')
	})

	it('takes each row through the whole ladder: two are connected, and one says why not', async () => {
		const { states, summary, goOn_other: goOn } = ada.says.import
		await button(ada, numbered(goOn, { count: 3 })).click()
		const sum = numbered(summary, { imported: 2, failed: 1 })
		await ada.page.getByText(sum, { exact: true }).waitFor({ timeout: 60_000 })
		expect(await ada.page.getByRole('row').filter({ hasText: states.imported }).count()).toBe(2)
		const host = new URL(stage.site.url).host
		const params = { host, username: stage.site.users.contributor.username }
		const { title } = problemText('site-credential/rejected', params, 'en')
		await ada.page.getByRole('row').nth(3).getByText(title).waitFor()
		expect(await shutsOut()).toEqual([])
		const imported = await connectors()
		expect(imported.map(({ name, tags, credentialFrom }) => [name, tags, credentialFrom])).toEqual([
			['Garden notes', ['production'], 'imported'],
			['The editor’s', ['Client A', 'production'], 'imported'],
		])
	})

	it('gives back what failed, with the reason and without the password', async () => {
		const download = ada.page.waitForEvent('download')
		await button(ada, ada.says.import.download).click()
		const text = await textOf(download)
		expect(text.split('\r\n')).toHaveLength(3)
		expect(text).toContain(`${stage.site.users.contributor.username},,Broken,,site-credential/rejected,`)
		expect(text).not.toContain(wrong)
	})

	it('leaves alone what is connected already, when the same file comes once more', async () => {
		const { site } = stage
		await chooseFile(
			`address,username,application_password\n${site.url}/,${site.users.editor.username.toUpperCase()},${wrong}\n`,
		)
		await button(ada, numbered(ada.says.import.start_one, { count: 1 })).click()
		await ada.page.getByText(numbered(ada.says.import.presentHint_one, { count: 1 }), { exact: true }).waitFor()
		await ada.page.getByRole('row').filter({ hasText: ada.says.import.states.present }).getByRole('link').waitFor()
		expect(await connectors()).toHaveLength(2)
	})

	it('leaves no password behind, neither in the browser nor in what the server says', async () => {
		for (const secret of [editors.password, authors.password, wrong]) {
			expect(await placesWith(ada.page, secret)).toEqual([])
			expect(stage.postern.output()).not.toContain(secret)
		}
		await ada.page.getByRole('link', { name: ada.says.import.toList, exact: true }).click()
		await arriveAt(ada, ada.says.connectors.title)
	})
})

const row = (name: string) =>
	ada.page.getByRole('row').filter({ has: ada.page.getByRole('link', { name, exact: true }) })
const tick = (name: string) => ada.page.getByRole('checkbox', { name: fill(ada.says.list.select, { name }) })
const bar = () => ada.page.getByRole('region', { name: ada.says.list.bar.label })
const inBar = (name: string) => bar().getByRole('button', { name, exact: true })
const selected = (count: number) =>
	bar().getByText(fill(ada.says.list.bar.selected_other.replace(', number', ''), { count: String(count) }), {
		exact: true,
	})
const done = (count: number) => {
	const text = count === 1 ? ada.says.list.result.allDone_one : ada.says.list.result.allDone_other
	return bar().getByText(fill(text.replace(', number', ''), { count: String(count) }), { exact: true })
}

/** What WordPress says to a password of the editor's. */
async function statusOf({ password }: IssuedPassword): Promise<number> {
	const { url, users } = stage.site
	const pair = Buffer.from(`${users.editor.username}:${password}`).toString('base64')
	return (await fetch(`${url}/wp-json/wp/v2/users/me`, { headers: { authorization: `Basic ${pair}` } })).status
}

describe('the list of connectors', () => {
	it('keeps its filters and its order in the address', async () => {
		const { filters, sorts } = ada.says.list
		await ada.page.getByRole('combobox', { name: filters.tag }).click()
		await ada.page.getByRole('option', { name: /^Client A/ }).click()
		await row('Garden notes').waitFor({ state: 'detached' })
		await ada.page.getByRole('combobox', { name: filters.sort }).click()
		await ada.page.getByRole('option', { name: sorts.newest, exact: true }).click()
		await expect
			.poll(() => new URL(ada.page.url()).search)
			.toMatch(/tag=Client.A&.*sort=newest|sort=newest.*tag=Client.A/)
		await ada.page.reload()
		await row('The editor’s').waitFor()
		expect(await ada.page.getByRole('row').count()).toBe(2)
		await ada.page.goto(`${ada.origin}/connectors?tag=nobody-has-it`)
		await ada.page.getByText(ada.says.list.noneFound, { exact: true }).waitFor()
		await button(ada, ada.says.connectors.noneFound.action).click()
		await row('Garden notes').waitFor()
		await row('The editor’s')
			.getByRole('link', { name: fill(ada.says.list.showTag, { tag: 'Client A' }) })
			.click()
		await row('Garden notes').waitFor({ state: 'detached' })
		await ada.page.goBack()
		await row('Garden notes').waitFor()
	})

	it('lets the tags of one be changed', async () => {
		const { tagsDialog } = ada.says.list
		await button(ada, fill(ada.says.connectors.rowMenu, { name: 'Garden notes' })).click()
		await ada.page.getByRole('menuitem', { name: tagsDialog.action, exact: true }).click()
		const input = ada.page.getByRole('dialog').getByRole('combobox', { name: tagsDialog.label })
		await input.fill('client a')
		await input.press('Enter')
		expect(await scan(ada.page)).toEqual([])
		await inDialog(tagsDialog.save).click()
		// Spelled as it was first written.
		await row('Garden notes').getByText('Client A', { exact: true }).waitFor()
	})

	it('does one thing with many: a range, a tag, and the bar says what came of it', async () => {
		await tick('Garden notes').click()
		await tick('The editor’s').click({ modifiers: ['Shift'] })
		await selected(2).waitFor()
		expect(await shutsOut()).toEqual([])
		await inBar(ada.says.list.bar.tag).click()
		const tag = ada.page.getByRole('dialog').getByRole('combobox', { name: ada.says.list.tagDialog.tag })
		await tag.fill('spring, summer')
		await inDialog(ada.says.list.tagDialog.addAction).click()
		const { title } = problemText('connector-tag/malformed', { limit: 40 }, 'en')
		await ada.page.getByRole('dialog').getByText(title).waitFor()
		await tag.fill('spring')
		await inDialog(ada.says.list.tagDialog.addAction).click()
		await done(2).waitFor()
		expect((await connectors()).map(({ tags }) => tags.includes('spring'))).toEqual([true, true])
		await inBar(ada.says.list.bar.close).click()
	})

	it('keeps selected what a check found something about, and says what', async () => {
		await stage.site.revokeApplicationPassword('author', authors.uuid)
		await ada.page.getByRole('checkbox', { name: ada.says.list.selectLoaded }).click()
		await inBar(ada.says.list.bar.check).click()
		await done(1).waitFor({ timeout: 60_000 })
		await bar().getByRole('listitem').filter({ hasText: 'Garden notes' }).waitFor()
		expect(await tick('Garden notes').isChecked()).toBe(true)
		expect(await tick('The editor’s').isChecked()).toBe(false)
		expect(await shutsOut()).toEqual([])
		await inBar(ada.says.list.bar.clear).click()
		await inBar(ada.says.list.bar.close).click()
		await bar().waitFor({ state: 'detached' })
	})

	it('pauses and resumes many', async () => {
		const { bar: labels, selectLoaded } = ada.says.list
		for (const [label, state] of [
			[labels.pause, 'paused'],
			[labels.resume, 'healthy'],
		] as const) {
			await ada.page.getByRole('checkbox', { name: selectLoaded }).click()
			await inBar(label).click()
			await done(2).waitFor()
			await inBar(labels.close).click()
			const states = async () => (await connectors()).map((connector) => connector.state)
			await expect.poll(states).toContain(state)
		}
	})

	it('is gone through by keys, which are somebody else’s outside of it', async () => {
		const link = (name: string) => row(name).getByRole('link', { name, exact: true })
		const hasFocus = (name: string) => link(name).evaluate((element) => element === document.activeElement)
		await link('Garden notes').focus()
		await ada.page.keyboard.press('j')
		await expect.poll(() => hasFocus('The editor’s')).toBe(true)
		await ada.page.keyboard.press('x')
		await expect.poll(() => tick('The editor’s').isChecked()).toBe(true)
		await ada.page.keyboard.press('x')
		await ada.page.keyboard.press('ArrowUp')
		await expect.poll(() => hasFocus('Garden notes')).toBe(true)
		await ada.page.keyboard.press('/')
		await ada.page.keyboard.type('x?j/')
		const search = ada.page.getByRole('textbox', { name: ada.says.connectors.search })
		await expect.poll(() => search.inputValue()).toBe('x?j/')
		await search.fill('')
		await link('Garden notes').focus()
		await ada.page.keyboard.press('?')
		const keys = ada.page.getByRole('dialog', { name: ada.says.list.keys.title })
		await keys.waitFor()
		await settle(ada.page)
		expect(await shutsOut()).toEqual([])
		await keys.getByRole('switch', { name: ada.says.list.keys.on }).uncheck()
		await ada.page.keyboard.press('Escape')
		await keys.waitFor({ state: 'detached' })
		await link('Garden notes').focus()
		await ada.page.keyboard.press('j')
		await expect.poll(() => hasFocus('Garden notes')).toBe(true)
	})

	it('is downloaded as it is filtered, without a secret', async () => {
		await ada.page.goto(`${ada.origin}/connectors?search=editor`)
		await row('Garden notes').waitFor({ state: 'detached' })
		const download = ada.page.waitForEvent('download')
		await ada.page.getByRole('link', { name: ada.says.list.export, exact: true }).click()
		const text = await textOf(download)
		expect(text.split('\r\n')).toHaveLength(3)
		expect(text).toContain('"Client A, production, spring",ada,')
		expect(text).not.toContain(editors.password)
	})

	it('deletes many, after it asked, and their passwords in WordPress', async () => {
		expect(await statusOf(editors)).toBe(200)
		const { bar: labels, deleteMany, selectLoaded } = ada.says.list
		await ada.page.goto(`${ada.origin}/connectors`)
		await row('Garden notes').waitFor()
		await ada.page.getByRole('checkbox', { name: selectLoaded }).click()
		await inBar(labels.delete).click()
		await expect.poll(() => ada.page.getByRole('radio', { name: deleteMany.revokes.made }).isChecked()).toBe(true)
		await ada.page.getByRole('radio', { name: deleteMany.revokes.all }).check()
		expect(await scan(ada.page)).toEqual([])
		await inDialog(fill(deleteMany.confirm_other.replace(', number', ''), { count: '2' })).click()
		await done(2).waitFor()
		expect(await connectors()).toEqual([])
		expect(await statusOf(editors)).toBe(401)
	})
})
