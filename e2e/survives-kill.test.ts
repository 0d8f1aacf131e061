import { contract } from '@postern/api/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectByProgram, setUpByProgram, type Founder } from './testing/founder.ts'
import { button, meet, signIn } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
let founder: Founder
beforeAll(async () => {
	stage = await openStage()
	founder = await setUpByProgram(stage.postern)
})
afterAll(() => stage.close())

it('keeps a saved connector, its sealed password and the session when Postern is killed at once', async () => {
	const person = await meet(stage.launched, stage.postern.origin)
	await signIn(person)
	const { connector } = await connectByProgram(founder, stage.site, { name: 'Survivor' })
	await stage.postern.restart('SIGKILL')

	const { connectors, shell } = person.says
	await person.page.goto(`${person.origin}/connectors`)
	await person.page.getByRole('link', { name: 'Survivor', exact: true }).click()
	const section = person.page.getByRole('region').or(person.page.locator('section'))
	const connection = section.filter({ has: person.page.getByRole('heading', { name: connectors.page.check }) }).first()
	stage.site.forgetRequests()
	await button(person, connectors.page.checkNow).click()
	await expect.poll(() => stage.site.requests().some(({ hasAuthorization }) => hasAuthorization)).toBe(true)
	await connection.getByText(shell.states.healthy, { exact: true }).waitFor()
	const read = await founder.client.call(contract.getConnector, {
		workspaceId: founder.workspaceId,
		connectorId: connector.id,
	})
	expect(read).toMatchObject({ ok: true, value: { name: 'Survivor', state: 'healthy' } })
})
