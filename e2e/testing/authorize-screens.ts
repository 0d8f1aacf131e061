import { authorizeTexts } from '@postern/app-passwords/authorize'
import { presetText } from '@postern/vocabulary'
import { pageTexts } from '../../apps/server/src/http/authorize/page-texts.ts'
import { ageProofs } from './age-proofs.ts'
import { founder } from './founder.ts'
import { arriveAt } from './person.ts'
import type { Visit } from './visit.ts'

/** What applications lead people to: who asks for what, every way to answer, and why a request is not shown. */
export async function visitAuthorize(visit: Visit): Promise<void> {
	const { stage, person, onScreen } = visit
	const { page } = person
	const { language } = person.says
	const [own, words] = [pageTexts[language], authorizeTexts[language]]
	const open = async (asked: Record<string, string>) => {
		await page.goto(`${person.origin}/wp-admin/authorize-application.php?${new URLSearchParams(asked)}`)
		await page.getByRole('heading', { level: 1 }).waitFor()
	}
	const approve = async () => {
		const button = page.getByRole('button', { name: words.ask.approve, exact: true })
		await button.and(page.locator(':enabled')).click()
	}
	const asked = { app_name: 'Garden planner', success_url: 'https://planner.example/connected?state=4711' }
	await open(asked)
	await onScreen('authorize')
	await page.getByRole('radio', { name: own.custom }).check()
	const some = page.getByRole('radio', { name: own.someConnectors, exact: true })
	if (await some.isVisible()) await some.check()
	await onScreen('authorize-ticks')
	await open({ ...asked, scope: 'posts:draft media:write', expires_in: '1209600' })
	await onScreen('authorize-asked')
	await open({ app_name: 'Phone', success_url: 'my-app://connected', reject_url: 'https://xn--mnchen-3ya.example/' })
	await onScreen('authorize-app')
	await open({ app_id: '1', success_url: 'javascript:alert(1)', reject_url: 'http://planner.example/' })
	await onScreen('authorize-invalid')
	await open({ app_name: 'Terminal' })
	await approve()
	await page.getByLabel(words.shown.label).waitFor()
	await onScreen('authorize-shown')
	await ageProofs(stage.postern)
	await open({ app_name: 'Terminal' })
	const access = page.getByRole('group', { name: own.access, exact: true })
	await access.getByRole('radio', { name: presetText('everything', language).name }).check()
	await page.getByRole('checkbox', { name: own.confirmEverything }).check()
	await approve()
	await page.getByRole('alert').waitFor()
	await page.getByRole('group', { name: own.proof }).waitFor()
	await onScreen('authorize-proof')
	// What comes after this wants a fresh proof.
	await page.getByLabel(own.password).fill(founder.password)
	await approve()
	await page.getByLabel(words.shown.label).waitFor()
	await page.getByRole('link', { name: words.shown.done }).click()
	await arriveAt(person, person.says.dashboard.title)
}
