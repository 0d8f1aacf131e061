import { contract } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectJourney } from './testing/connect-journey.ts'
import { founder } from './testing/founder.ts'
import { arriveAt, button, field, goTo, meet, setUp, type Person } from './testing/person.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill } from './testing/texts.ts'
import { watchPage, type Watched } from './testing/watch-page.ts'

const siteTitle = '<img src=x onerror=alert(1)>'

/** NAM-003, 004, 007, 008, 020 and 021 of the corpus of bad input, and the two syntaxes of our own texts. */
const hostileNames = [
	'<script>alert(1)</script>',
	'" onmouseover="alert(1)',
	'{{constructor.constructor("alert(1)")()}}',
	'</script><script>alert(1)</script>',
	'../../etc/passwd',
	"x'); DROP TABLE connectors;--",
	'$t(shell:menu.signOut) {{name}}',
]

describe('a page that trusts no text', () => {
	let stage: Stage
	let person: Person
	let watched: Watched

	beforeAll(async () => {
		stage = await openStage({ title: siteTitle })
		person = await meet(stage.launched, stage.postern.origin)
		watched = await watchPage(person.page, stage.postern.origin)
	})
	afterAll(() => stage.close())

	it('goes through the whole job without breaking its policy, an error, a dialog, or a request to elsewhere', async () => {
		const answer = await fetch(stage.postern.origin)
		const policy = answer.headers.get('content-security-policy') ?? ''
		expect(policy).toMatch(/default-src 'none'|default-src 'self'/)
		expect(policy).not.toMatch(/script-src[^;]*('unsafe-inline'|'unsafe-eval'|\*)/)

		await setUp(person)
		const journey = connectJourney({
			person,
			site: stage.site,
			role: 'editor',
			applicationName: '<b>Postern</b>',
			connectorName: hostileNames[0] ?? '',
		})
		await journey.upTo('step-8')
		const { success } = person.says.connectors
		await person.page.getByRole('heading', { name: fill(success.title, { title: siteTitle }) }).waitFor()
		await journey.upTo('step-10')
		expect(watched).toEqual({ violations: [], complaints: [], foreignRequests: [], dialogs: [] })
	})

	it.each(hostileNames)('shows the name %s as that text: list, own page, dialogs, activity, tab', async (name) => {
		const { connectors } = person.says
		await goTo(person, 'connectors')
		await arriveAt(person, connectors.title)
		await person.page.getByRole('row').nth(1).getByRole('link').first().click()
		await button(person, connectors.page.rename).click()
		const dialog = person.page.getByRole('dialog')
		await field({ page: person.page }, connectors.naming.name).fill(name)
		await dialog.getByRole('button', { name: connectors.renameDialog.submit, exact: true }).click()
		await arriveAt(person, name)
		expect(await person.page.title()).toContain(name)
		await button(person, connectors.page.delete).click()
		await person.page.getByRole('heading', { name: fill(connectors.deleteDialog.title, { name }) }).waitFor()
		await dialog.getByRole('button', { name: person.says.shell.cancel, exact: true }).click()

		await goTo(person, 'connectors')
		await person.page.getByRole('link', { name, exact: true }).waitFor()
		await goTo(person, 'activity')
		await person.page.getByText(name, { exact: false }).first().waitFor()
		await goTo(person, 'dashboard')
		await arriveAt(person, person.says.dashboard.title)
		expect(watched).toEqual({ violations: [], complaints: [], foreignRequests: [], dialogs: [] })
	})

	it('shows markup in a post’s title, as the site sends it, as text', async () => {
		await stage.site.runPhp(`
			global $wpdb; // as an import or a plugin would leave it: WordPress itself filters what people type
			$id = wp_insert_post( array( 'post_title' => 'x', 'post_status' => 'publish', 'post_author' => 1 ) );
			$wpdb->update( $wpdb->posts, array( 'post_title' => '<script>alert(1)</script><img src=x onerror=alert(2)>Title' ), array( 'ID' => $id ) );
			return true;
		`)
		await goTo(person, 'connectors')
		await person.page.getByRole('row').nth(1).getByRole('link').first().click()
		await button(person, person.says.connectors.page.readAgain).click()
		await person.page.getByRole('link', { name: 'onerror=alert(2)>Title' }).waitFor()
		expect(watched).toEqual({ violations: [], complaints: [], foreignRequests: [], dialogs: [] })
	})

	it('refuses a control character in a name, and says so', async () => {
		const client = stage.postern.openClient()
		const { username, password } = founder
		await client.call(contract.signIn, { body: { username, password } })
		const me = await client.call(contract.getMe, {})
		const workspaceId = (me.ok && me.value.memberships[0]?.workspace.id) || ''
		const list = await client.call(contract.listConnectors, { workspaceId, query: {} })
		const connectorId = (list.ok && list.value.connectors[0]?.id) || ''
		for (const name of ['\u001b[2Jblog', 'bl\u0000og']) {
			const answer = await client.call(contract.updateConnector, { workspaceId, connectorId, body: { name } })
			expect(answer).toMatchObject({ ok: false, problem: { code: 'connector-name/malformed', status: 422 } })
		}
	})
})
