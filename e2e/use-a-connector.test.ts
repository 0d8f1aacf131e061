import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectByProgram, setUpByProgram, type Founder } from './testing/founder.ts'
import { arriveAt, button, meet, signIn, type Person } from './testing/person.ts'
import { scan } from './testing/scan.ts'
import { openStage, type Stage } from './testing/stage.ts'
import { fill } from './testing/texts.ts'
import { passwordsOf } from './testing/wp-approve.ts'

let stage: Stage
let owner: Founder
let person: Person
beforeAll(async () => {
	stage = await openStage({ title: 'Garden notes', network: ['second', 'third'] })
	await stage.site.runPhp(`
		$editor = get_user_by( 'login', 'editor' )->ID;
		foreach ( get_sites() as $site ) if ( (int) $site->blog_id !== 1 ) add_user_to_blog( $site->blog_id, $editor, 'author' );
		return true;
	`)
	owner = await setUpByProgram(stage.postern)
	person = await meet(stage.launched, stage.postern.origin)
	await signIn(person)
})
afterAll(() => stage.close())

async function open(name: string): Promise<void> {
	const { connector } = await connectByProgram(owner, stage.site, { name })
	await person.page.goto(`${person.origin}/connectors/${connector.id}`)
	await arriveAt(person, name)
}

const uuids = async () => (await passwordsOf(stage.site, 'editor')).map(({ uuid }) => uuid)
const drafts = () =>
	stage.site.runPhp(`return count( get_posts( array( 'post_status' => 'any', 'numberposts' => -1 ) ) );`)

it('tries a draft: three steps, nothing left behind', async () => {
	await open('Draft blog')
	const { draft } = person.says.connecting
	const before = await drafts()
	await button(person, draft.button).click()
	for (const step of [draft.steps.write, draft.steps.read, draft.steps.delete])
		await person.page.getByText(step, { exact: true }).waitFor()
	await person.page.getByText(draft.stored['as-sent'], { exact: true }).waitFor()
	expect(await drafts()).toBe(before)
	expect(await scan(person.page)).toEqual([])
})

it('rotates now: WordPress lists the new password, and no longer the old one', async () => {
	const { password } = person.says.connecting
	const before = await uuids()
	expect(before).toHaveLength(1)
	await button(person, password.rotateNow).click()
	await person.page.getByText(password.replaced, { exact: true }).waitFor()
	await expect
		.poll(uuids, { timeout: 120_000 })
		.toSatisfy((now: readonly string[]) => now.length === 1 && now[0] !== before[0])
	const every = person.page.getByRole('combobox', { name: password.every, exact: true })
	const kept = person.page.waitForResponse((response) => response.request().method() !== 'GET' && response.ok())
	await every.selectOption({ label: fill(password.days_other, { count: 90 }) })
	await kept
	await person.page.reload()
	await expect.poll(() => every.inputValue()).toBe('90')
})

it('deletes with a connector the password that was made for Postern; one that somebody entered stays, unless told otherwise', async () => {
	const { deleteDialog, page } = person.says.connectors
	await button(person, page.delete).click()
	const box = person.page.getByRole('checkbox', { name: deleteDialog.revoke })
	await expect.poll(() => box.isChecked()).toBe(true)
	expect(await scan(person.page)).toEqual([])
	await button(person, deleteDialog.confirm).click()
	await person.page
		.getByText(fill(deleteDialog.doneRevoked, { name: 'Draft blog' }))
		.last()
		.waitFor()
	expect(await uuids()).toEqual([])

	await open('Kept blog')
	await button(person, page.delete).click()
	const hint = fill(deleteDialog.revokeHintEntered, { host: new URL(stage.site.url).host })
	await person.page.getByText(hint, { exact: true }).waitFor()
	expect(await box.isChecked()).toBe(false)
	await button(person, deleteDialog.confirm).click()
	await person.page
		.getByText(fill(deleteDialog.done, { name: 'Kept blog' }), { exact: true })
		.last()
		.waitFor()
	const [kept = ''] = await uuids()
	expect(kept).not.toBe('')
	await stage.site.revokeApplicationPassword('editor', kept)
})

it('says it plainly when the password could not be removed, and where to do it', async () => {
	const { deleteDialog, page, title } = person.says.connectors
	await open('Moved blog')
	await stage.site.runPhp(
		`file_put_contents( WPMU_PLUGIN_DIR . '/shut.php', "<?php add_filter( 'rest_pre_dispatch', function ( \\$r, \\$s, \\$q ) { return \\$q->get_method() === 'DELETE' ? new WP_Error( 'rest_forbidden', 'No.', array( 'status' => 403 ) ) : \\$r; }, 10, 3 );" ); return true;`,
	)
	await button(person, page.delete).click()
	await person.page.getByRole('checkbox', { name: deleteDialog.revoke }).check()
	await button(person, deleteDialog.confirm).click()
	const dialog = person.page.getByRole('dialog')
	await dialog.getByText(fill(deleteDialog.left, { host: new URL(stage.site.url).host })).waitFor()
	await dialog.getByRole('link').waitFor()
	expect(await scan(person.page)).toEqual([])
	await dialog.getByText(person.says.shell.close, { exact: true }).click()
	await arriveAt(person, title)
	await stage.site.runPhp(`unlink( WPMU_PLUGIN_DIR . '/shut.php' ); return true;`)
})

it('connects the other sites of a network with one click', async () => {
	const { sites } = person.says.connecting
	await open('First of three')
	await button(person, sites.button).click()
	await person.page.getByText(fill(sites.found_other, { count: 2 }), { exact: true }).waitFor()
	await button(person, fill(sites.addLabel, { name: 'Second' })).click()
	await person.page.getByRole('link', { name: sites.added }).waitFor()
	expect(await scan(person.page)).toEqual([])
	// The button has gone; the keyboard's place goes to what stands there now.
	const hasFocus = () => person.page.getByRole('link', { name: sites.added }).evaluate((link) => link.matches(':focus'))
	await expect.poll(hasFocus).toBe(true)
	await button(person, fill(sites.addLabel, { name: 'Third' })).click()
	await expect.poll(() => person.page.getByRole('link', { name: sites.added }).count()).toBe(2)
	await person.page.getByRole('link', { name: sites.added }).first().click()
	await arriveAt(person, 'Second')
	await person.page.goto(`${person.origin}/connectors`)
	for (const name of ['Second', 'Third'])
		await person.page
			.getByRole('row')
			.filter({ hasText: name })
			.getByText(person.says.shell.states.healthy, { exact: true })
			.waitFor()
})
