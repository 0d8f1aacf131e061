import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { presetText } from '@postern/vocabulary'
import { runCurlLine } from './testing/ask-by-curl.ts'
import { connectByProgram, founder, setUpByProgram, type Founder } from './testing/founder.ts'
import { newPassword, passwordRow, takeSecret } from './testing/passwords.ts'
import { arriveAt, button, field, goTo, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { settle } from './testing/settle.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill, type Texts } from './testing/texts.ts'

const execute = promisify(execFile)
const hasPython = spawnSync('python3', ['--version']).status === 0
const agent = 'Newsletter agent'
const placeholder = 'APPLICATION_PASSWORD'
/** Publishing with a password for drafts: once by curl, once in Python. */
const refusals = hasPython ? 2 : 1

let stage: Stage
let owner: Founder
let connector: ConnectorDocument
let ada: Person
beforeAll(async () => {
	stage = await openStage()
	owner = await setUpByProgram(stage.postern)
	connector = (await connectByProgram(owner, stage.site, { name: 'Garden notes' })).connector
	ada = await meet(stage.launched, stage.postern.origin)
	await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
	await signIn(ada)
})
afterAll(() => stage.close())

const example = (name: string) => ada.page.locator(`[data-example="${name}"]`)
const tabs = () => ada.page.getByRole('tablist', { name: ada.says.connectors.use.tools }).getByRole('tab')

async function copyExample(name: keyof Texts['connectors']['use']['examples']): Promise<string> {
	const { shell, connectors } = ada.says
	const what = fill(connectors.use.quoted, { label: connectors.use.examples[name] })
	await example(name)
		.getByRole('button', { name: fill(shell.copyLabel, { what }) })
		.click()
	await example(name).getByText(shell.copied, { exact: true }).waitFor()
	return ada.page.evaluate(() => navigator.clipboard.readText())
}

async function openHowToUse(): Promise<void> {
	await ada.page.goto(`${ada.origin}/connectors/${connector.id}#how-to-use`)
	await arriveAt(ada, connector.name)
	await tabs().first().waitFor()
}

/** Each promise builds on the one before. */
describe('how to use a connector', () => {
	let draftLine = ''
	let readLine = ''
	let program = ''
	let pythonProgram = ''
	let xmlRpcLine = ''
	let uuid = ''

	it('shows for each kind of program the real address and one’s own username, and shuts nobody out', async () => {
		await openHowToUse()
		const count = await tabs().count()
		expect(count).toBe(6)
		for (let index = 0; index < count; index += 1) {
			await tabs().nth(index).click()
			const panel = ada.page.getByRole('tabpanel')
			const texts = await panel.locator('[data-example]').allInnerTexts()
			expect(texts.length).toBeGreaterThan(0)
			for (const text of texts) {
				expect(text).toContain(connector.gatewayUrl.replace(/\/$/, ''))
				expect(text).toContain(founder.username)
				expect(text).toContain(placeholder)
				expect(text).not.toContain(stage.site.url)
				expect(text).toMatch(/(posts|ns:mcp):\w+/)
			}
			await settle(ada.page)
			expect(await scan(ada.page), `tab ${index}`).toEqual([])
		}
	})

	it('names the programs that take no path in an address, because no site has a host of its own here', async () => {
		const { use } = ada.says.connectors
		expect(connector.hasOwnHost).toBe(false)
		await ada.page.getByText(use.paths.title).click()
		await ada.page.getByText('POSTERN_GATEWAY_ORIGIN').waitFor()
		await ada.page
			.locator('details')
			.filter({ hasText: use.paths.title })
			.getByText('@automattic/mcp-wordpress-remote')
			.waitFor()
	})

	it('goes through the tabs by the arrow keys', async () => {
		await tabs().first().focus()
		await ada.page.keyboard.press('ArrowRight')
		await example('write-draft').getByText('await fetch').waitFor()
		await ada.page.keyboard.press('ArrowLeft')
		readLine = await copyExample('read-posts')
		draftLine = await copyExample('write-draft')
		await tabs().nth(1).click()
		program = await copyExample('write-draft')
		await tabs().nth(2).click()
		pythonProgram = await copyExample('write-draft')
		await tabs().nth(4).click()
		xmlRpcLine = await copyExample('editor-try')
	})

	it('proposes for an agent: drafts only, this one site, seven days', async () => {
		const { connectors, passwords } = ada.says
		await tabs().last().click()
		await ada.page.getByRole('link', { name: connectors.use.newForAgent, exact: true }).click()
		await arriveAt(ada, founder.username)
		const { name } = presetText('drafts-only', 'en')
		await expect.poll(() => ada.page.getByRole('radio', { name, exact: true }).isChecked()).toBe(true)
		await field(ada, passwords.add.name).fill(agent)
		await button(ada, passwords.add.submit).click()
		await newPassword(ada, agent).waitFor()
		const list = await owner.client.call(contract.listInventory, { workspaceId: owner.workspaceId, query: {} })
		const issued = list.ok ? list.value.entries[0]?.applicationPassword : undefined
		expect(issued).toMatchObject({ name: agent, preset: 'drafts-only', connectors: [connector.id] })
		const days = (Date.parse(issued?.expiresAt ?? '') - Date.parse(issued?.createdAt ?? '')) / 86_400_000
		expect(Math.round(days)).toBe(7)
		uuid = issued?.uuid ?? ''
	})

	it('leads from the new password to how to use it, in another tab, so that the secret stays in sight', async () => {
		const { notice } = ada.says.passwords
		const link = newPassword(ada, agent).getByRole('link', { name: new RegExp(notice.useHint) })
		const [opened] = await Promise.all([ada.context.waitForEvent('page'), link.click()])
		await opened.getByRole('tablist', { name: ada.says.connectors.use.tools }).waitFor()
		await opened.close()
		await newPassword(ada, agent).waitFor()
		const { secret } = await takeSecret(ada, agent)
		draftLine = draftLine.replace(placeholder, secret)
		readLine = readLine.replace(placeholder, secret)
		program = program.replace(placeholder, secret)
		pythonProgram = pythonProgram.replace(placeholder, secret)
		xmlRpcLine = xmlRpcLine.replace(placeholder, secret)
	})

	it('gives lines that work as they are, with the password put in', async () => {
		const written = await runCurlLine(draftLine)
		expect({ status: written.status, post: written.body['status'] }).toEqual({ status: 201, post: 'draft' })
		expect((await runCurlLine(readLine)).status).toBe(200)
		const refused = await runCurlLine(draftLine.replace('status=draft', 'status=publish'))
		expect(refused.status).toBe(403)
	})

	it('does so in JavaScript and over XML-RPC, too', async () => {
		const ran = await execute(process.execPath, ['--input-type=module', '--eval', program])
		expect(ran.stdout).toMatch(/^201 /)
		const { stdout } = await execute('sh', ['-c', `${xmlRpcLine} --silent`])
		expect(stdout).toContain('<name>post_title</name>')
		expect(stdout).not.toContain('<fault>')
	})

	it.skipIf(!hasPython)('does so in Python with nothing installed, and shows why if it is refused', async () => {
		const ran = await execute('python3', ['-S', '-c', pythonProgram])
		expect(ran.stdout).toMatch(/^201 .*'status': 'draft'/)
		const refused = await execute('python3', ['-S', '-c', pythonProgram.replace('"draft"', '"publish"')])
		expect(refused.stdout).toMatch(/^403 .*'code': /)
	})

	it('shows each request in the activity, by password, connector and decision, and keeps the filters in the address', async () => {
		const { activity } = ada.says
		await ada.page.goto(`${ada.origin}/activity?password=${uuid}`)
		await arriveAt(ada, activity.title)
		const rows = ada.page.getByRole('listitem').filter({ hasText: '/wp/v2/posts' })
		// A read is written a moment after it was answered, and the page asks once.
		const countAnew = async () => {
			await ada.page.reload()
			await rows.first().waitFor()
			return rows.count()
		}
		await expect.poll(countAnew, { interval: 500 }).toBe(hasPython ? 6 : 4)
		expect(await rows.filter({ hasText: activity.decisions.permitted }).count()).toBe(hasPython ? 4 : 3)
		await rows
			.filter({ hasText: fill(activity.answered, { status: '201' }) })
			.filter({ hasText: `${founder.username} (${agent})` })
			.filter({ hasText: fill(activity.on, { connector: connector.name }) })
			.first()
			.waitFor()
		expect(await scan(ada.page)).toEqual([])

		await ada.page.getByRole('combobox', { name: activity.filters.decision }).click()
		await ada.page.getByRole('option', { name: activity.filters.decisions.refused }).click()
		const listed = refusals === 1 ? activity.listed_one : fill(activity.listed_other, { count: String(refusals) })
		await expect.poll(() => rows.count()).toBe(refusals)
		await rows.filter({ hasText: activity.decisions.refused }).filter({ hasText: 'posts:publish' }).first().waitFor()
		await ada.page.getByRole('status').getByText(listed, { exact: true }).waitFor()
		expect(new URL(ada.page.url()).search).toBe(`?password=${uuid}&decision=refused`)
		await ada.page.reload()
		await expect.poll(() => rows.count()).toBe(refusals)
		await expect
			.poll(() => ada.page.getByRole('combobox', { name: activity.filters.password }).inputValue())
			.toBe(agent)
	})

	it('exports what is listed, as a file', async () => {
		const { activity } = ada.says
		await button(ada, activity.export.action).click()
		const choose = ada.page.getByRole('menuitem', { name: activity.export.csv, exact: true })
		const [download] = await Promise.all([ada.page.waitForEvent('download'), choose.click()])
		expect(download.suggestedFilename()).toMatch(/\.csv$/)
		const chunks: Buffer[] = []
		for await (const chunk of await download.createReadStream()) chunks.push(chunk)
		const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n')
		expect(lines).toHaveLength(1 + refusals)
		expect(lines[1]).toContain('refused')
	})

	it('counts what the password was used for, to see and to read', async () => {
		const { passwords } = ada.says
		await goTo(ada, 'passwords')
		await passwordRow(ada, agent).getByRole('link', { name: agent, exact: true }).click()
		await arriveAt(ada, agent)
		const counts = hasPython ? ['5', '3', '2'] : ['4', '2', '1']
		const [permitted = '', writes = '', refused = ''] = counts
		await ada.page.getByText(fill(passwords.usage.summary, { days: '30', permitted, writes, refused })).waitFor()
		await ada.page.getByRole('img', { name: passwords.usage.chart }).locator('canvas').waitFor()
		await ada.page.getByText(passwords.usage.table, { exact: true }).click()
		const today = ada.page.getByRole('table', { name: passwords.usage.requests }).getByRole('row').nth(1)
		expect(await today.getByRole('cell').allInnerTexts()).toEqual(counts)
		await ada.page.getByRole('link', { name: connector.name, exact: true }).waitFor()
		expect(await scan(ada.page)).toEqual([])
		await ada.page.getByText(passwords.usage.days['7'], { exact: true }).click()
		await ada.page.getByText(passwords.usage.summary.slice(0, 3) + '7').waitFor()
		expect(new URL(ada.page.url()).search).toBe('?days=7')
	})

	it('is shut while the connector is paused, and says so', async () => {
		const { connectors, shell } = ada.says
		await openHowToUse()
		await button(ada, connectors.actions.pause).press('Enter')
		await ada.page.getByText(connectors.page.pausedTitle, { exact: true }).waitFor()
		// The place of the keyboard: the same button is the next step now.
		await button(ada, connectors.actions.resume).and(ada.page.locator(':focus')).waitFor()
		expect((await runCurlLine(readLine)).status).toBe(409)
		expect(await scan(ada.page)).toEqual([])
		await ada.page.goto(`${ada.origin}/connectors?state=paused`)
		await ada.page.getByRole('row').filter({ hasText: connector.name }).getByText(shell.states.paused).waitFor()
		await button(ada, fill(connectors.rowMenu, { name: connector.name })).click()
		await ada.page.getByRole('menuitem', { name: connectors.actions.resume, exact: true }).click()
		await ada.page.getByText(connectors.noneFound.title).waitFor()
		expect((await runCurlLine(readLine)).status).toBe(200)
	})

	it('offers no scope that the account on the site does not have, and says why', async () => {
		const { passwords } = ada.says
		await ada.page.goto(`${ada.origin}/users/${await memberId()}?connector=${connector.id}`)
		await ada.page.getByRole('radio', { name: passwords.preset.custom, exact: true }).check()
		const box = (resource: 'posts' | 'settings', verb: 'publish' | 'write') =>
			ada.page.getByRole('checkbox', {
				name: fill(passwords.scopes.of, { resource: passwords.resources[resource], verb: passwords.verbs[verb] }),
				exact: true,
			})
		await expect.poll(() => box('settings', 'write').isDisabled()).toBe(true)
		await expect.poll(() => box('posts', 'publish').isDisabled()).toBe(false)
		const verbs = [passwords.verbs.read, passwords.verbs.write].join(', ')
		await ada.page
			.getByRole('group', { name: passwords.resources.settings, exact: true })
			.getByText(fill(passwords.scopes.notOffered, { verbs }))
			.waitFor()
		await settle(ada.page)
		expect(await scan(ada.page)).toEqual([])
	})

	it('is reached from the menu of a password, too', async () => {
		const { passwords } = ada.says
		await button(ada, fill(passwords.menu, { name: agent })).click()
		await ada.page.getByRole('menuitem', { name: passwords.usage.action, exact: true }).click()
		await arriveAt(ada, agent)
	})
})

describe('how to use a site that is reached over XML-RPC', () => {
	it('shows what works with it, and why nothing else is there', async () => {
		const { use } = ada.says.connectors
		const reach = { transport: 'xml-rpc' }
		const spoken = (await connectByProgram(owner, stage.site, { name: 'Old garden', reach })).connector
		await ada.page.goto(`${ada.origin}/connectors/${spoken.id}#how-to-use`)
		await arriveAt(ada, spoken.name)
		await ada.page.getByText(use.xmlRpcOnly.replaceAll('`', ''), { exact: true }).waitFor()
		expect(await tabs().allInnerTexts()).toEqual([use.xmlRpc])
		const examples = await ada.page.locator('[data-example]').allInnerTexts()
		expect(examples).toHaveLength(2)
		for (const text of examples) expect([text.includes('xmlrpc.php'), text.includes('wp-json')]).toEqual([true, false])
		expect(await scan(ada.page)).toEqual([])
	})
})

async function memberId(): Promise<string> {
	const me = await owner.client.call(contract.getMe, {})
	return (me.ok && me.value.memberships[0]?.memberId) || ''
}
