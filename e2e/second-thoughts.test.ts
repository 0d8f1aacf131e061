import { problemText } from '@postern/vocabulary'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectByProgram, setUpByProgram, type Founder } from './testing/founder.ts'
import { arriveAt, button, field, meet, signIn, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill } from './testing/texts.ts'

let stage: Stage
let owner: Founder
let person: Person
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes' })
	owner = await setUpByProgram(stage.postern)
	person = await meet(stage.launched, stage.postern.origin)
	await signIn(person)
})
afterAll(() => stage.close())

it('forgets what was wrong with an address once another one is typed, and offers the next step again', async () => {
	const { page, says } = person
	const { authentication, site } = says.connectors
	await page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
	await field(person, says.fields.website).fill(`127.0.0.1:${stage.site.port}`)
	await field(person, says.fields.username).fill('editor')
	await field(person, says.fields.applicationPassword).fill('abcd EFGH 1234 ijkl MNOP 6789')
	await button(person, authentication.authorize).click()
	const { title } = problemText('tls/not-https', { host: '127.0.0.1', port: stage.site.port }, 'en')
	const refused = page.getByRole('alert', { name: title })
	await refused.waitFor()
	await field(person, says.fields.website).fill(stage.site.url)
	await field(person, says.fields.website).press('Tab')
	await page.getByText(fill(site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
	expect(await refused.count()).toBe(0)
	expect(await field(person, says.fields.applicationPassword).inputValue()).not.toBe('')
})

it('shows the connector that was saved meanwhile in another tab, and not that time ran out', async () => {
	const { page, says } = person
	const { naming, authentication, title } = says.connectors
	const { username } = stage.site.users.editor
	const { password } = await stage.site.createApplicationPassword('editor', 'Two tabs')
	await page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
	await field(person, says.fields.website).fill(stage.site.url)
	await field(person, says.fields.username).fill(username)
	await field(person, says.fields.applicationPassword).fill(password)
	await button(person, authentication.authorize).click()
	await arriveAt(person, naming.title)
	const other = { ...person, page: await person.context.newPage() }
	await other.page.goto(page.url())
	await arriveAt(other, naming.title)
	await field(other, naming.name).fill('Saved over there')
	await button(other, naming.save).click()
	await arriveAt(other, title)
	await other.page.close()
	await button(person, naming.save).click()
	await arriveAt(person, title)
	await page.getByRole('row').filter({ hasText: 'Saved over there' }).waitFor()
})

it('takes a double click for one press, also where the button has become another one meanwhile', async () => {
	const { page, says } = person
	const { connector } = await connectByProgram(owner, stage.site, { name: 'Twice' })
	await page.goto(`${person.origin}/connectors/${connector.id}`)
	await arriveAt(person, 'Twice')
	const { pause, resume } = says.connectors.actions
	await button(person, pause).click()
	await button(person, resume).waitFor()
	const box = await button(person, resume).boundingBox()
	if (box === null) throw new Error('the button is not on the screen')
	// The browser counts this one as the second of two.
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
	await page.mouse.down({ clickCount: 2 })
	await page.mouse.up({ clickCount: 2 })
	await expect.poll(() => button(person, resume).isVisible()).toBe(true)
	await page.reload()
	await button(person, resume).waitFor()
	await button(person, resume).click()
	await button(person, pause).waitFor()
})

it('says at once that nothing can be sent, and does not make up for it later', async () => {
	const { page, says } = person
	const { connector } = await connectByProgram(owner, stage.site, { name: 'In a tunnel' })
	await page.goto(`${person.origin}/connectors/${connector.id}`)
	await arriveAt(person, 'In a tunnel')
	const { pause, resume } = says.connectors.actions
	await button(person, pause).waitFor()
	await person.context.setOffline(true)
	await button(person, pause).click()
	const { title } = problemText('postern/unreachable', {}, 'en')
	await page.getByText(title).first().waitFor()
	await person.context.setOffline(false)
	await page.reload()
	await button(person, pause).waitFor()
	expect(await button(person, resume).count()).toBe(0)
})
