import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUpByProgram, type Founder } from './testing/founder.ts'
import { meet, signIn, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import * as wpAdmin from './testing/wp-admin.ts'

let stage: Stage
let founder: Founder
beforeAll(async () => {
	stage = await openStage()
	founder = await setUpByProgram(stage.postern)
})
afterAll(() => stage.close())

/** Asks our API from the page, as its script does: the approval is bound to this very session. */
async function ask(person: Person, path: string, body?: object): Promise<Record<string, unknown>> {
	return person.page.evaluate(
		async ([target, sent]) => {
			const request =
				sent === null ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent }
			return (await fetch(target, request)).json()
		},
		[`/api/v1/workspaces/${founder.workspaceId}${path}`, body === undefined ? null : JSON.stringify(body)] as const,
	)
}

/** From Postern to WordPress, signed in there, before the two buttons. */
async function openApproval(person: Person): Promise<string> {
	const started = await ask(person, '/approvals', { type: 'wordpress-app', address: stage.site.url })
	expect(started).toMatchObject({ returns: true })
	await person.page.goto(String(started['approveUrl']), { waitUntil: 'load' })
	if (person.page.url().includes('wp-login.php')) {
		await wpAdmin.fillLogin(person.page, stage.site, 'editor')
		await wpAdmin.submitLogin(person.page)
	}
	await person.page.getByRole('heading', { name: 'Authorize Application' }).waitFor()
	return String(started['appName'])
}

/** Every address that the browser was sent to, as it would stand in a history or a log. */
function watchAddresses({ page }: Person): readonly string[] {
	const seen: string[] = []
	page.on('framenavigated', (frame) => seen.push(frame.url()))
	return seen
}

it('connects with one click, and the password that travelled no longer works', async () => {
	const person = await meet(stage.launched, stage.postern.origin)
	await signIn(person)
	const appName = await openApproval(person)
	await person.page.getByText(appName).first().waitFor()
	const shown = watchAddresses(person)
	const travelled = person.page.waitForRequest((request) => request.url().includes('/connect/return/'))
	await person.page.getByRole('button', { name: 'Yes, I approve of this connection' }).click()
	const back = new URL((await travelled).url())
	const password = back.searchParams.get('password') ?? ''
	expect(password).toMatch(/^(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/) // in groups of four: WordPress' script
	await person.page.waitForURL(/\/connectors\/new\?draft=con_/)
	expect(shown.filter((address) => address.includes('password='))).toEqual([])

	await expect
		.poll(async () => (await ask(person, '/connectors/drafts'))['connectors'], { timeout: 20_000 })
		.toMatchObject([{ isRotated: true, account: { username: stage.site.users.editor.username } }])
	const headers = { authorization: `Basic ${Buffer.from(`editor:${password}`).toString('base64')}` }
	const refused = () => fetch(`${stage.site.url}/wp-json/wp/v2/users/me`, { headers }).then(({ status }) => status)
	await expect.poll(refused, { timeout: 20_000 }).toBe(401)
	// Back leads past the address with the password.
	await person.page.goBack({ waitUntil: 'load' })
	expect(person.page.url()).not.toContain('password=')

	await person.page.goto(`${stage.site.url}/wp-admin/profile.php`, { waitUntil: 'load' })
	const names = person.page.locator('#application-passwords-section tbody td.column-name')
	await expect.poll(() => names.count()).toBe(1)
	expect(await names.first().innerText()).toMatch(/^Postern – /)
	expect(await names.first().innerText()).not.toContain(appName)
	expect(stage.postern.output()).not.toContain(password.replaceAll(' ', ''))
})

it('comes back without anything when the person says no', async () => {
	const person = await meet(stage.launched, stage.postern.origin)
	await signIn(person)
	await openApproval(person)
	await person.page.getByRole('button', { name: 'No, I do not approve of this connection' }).click()
	await person.page.waitForURL(/\/connectors\/new\?approval=approval(?:%2F|\/)rejected/)
	expect(await ask(person, '/approvals/latest')).toMatchObject({
		state: 'refused',
		problem: { code: 'approval/rejected' },
	})
})
