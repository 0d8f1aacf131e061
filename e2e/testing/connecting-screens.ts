import { problemText } from '@postern/vocabulary'
import { hidesLogin, limitsLogins, obstruct } from './obstruct.ts'
import { arriveAt, button, field } from './person.ts'
import { fill } from './texts.ts'
import * as wordpress from './wp-approve.ts'
import type { Visit } from './visit.ts'

/** Approving in WordPress: said no, said yes, given up. */
export async function visitApproving({ person, stage, onScreen }: Visit): Promise<void> {
	const { connecting, connectors, fields } = person.says
	await person.page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
	await field(person, fields.website).fill(stage.site.url)
	await field(person, fields.website).press('Tab')
	await person.page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
	await visitObstacles({ person, stage, onScreen })
	await button(person, connecting.approve.button).click()
	await wordpress.signInToApprove(person.page, stage.site, 'author')
	await wordpress.no(person.page).click()
	const { title } = problemText('approval/rejected', {}, person.says.language)
	await person.page.getByRole('alert', { name: title }).waitFor()
	await onScreen('wizard-approval-rejected')
	await button(person, connecting.approve.button).click()
	await wordpress.yes(person.page).click()
	await arriveAt(person, connectors.naming.title)
	await person.page.getByText(connecting.arrival.replaced, { exact: true }).waitFor()
	await onScreen('wizard-approved')
	await button(person, connectors.naming.discard).click()
	await arriveAt(person, connectors.title)
}

/** A hidden login page, and a site that tells us to wait. */
async function visitObstacles({ person, stage, onScreen }: Visit): Promise<void> {
	const { connecting, connectors, fields } = person.says
	const { host } = new URL(stage.site.url)
	const hiding = await obstruct(stage.site, hidesLogin)
	await button(person, connecting.approve.button).click()
	await person.page.getByText(fill(connecting.approve.hidden, { host }), { exact: true }).waitFor()
	await onScreen('wizard-approval-hidden')
	await hiding.clear()
	const limit = await obstruct(stage.site, limitsLogins)
	await field(person, fields.username).fill('editor')
	await field(person, fields.applicationPassword).fill('abcd EFGH 1234 ijkl MNOP 6789')
	await button(person, connectors.authentication.authorize).click()
	const { title } = problemText('site/rate-limited', { host, seconds: 3_600 }, person.says.language)
	await person.page.getByRole('alert', { name: title }).waitFor()
	await onScreen('wizard-told-to-wait')
	await limit.clear()
	await person.page.reload()
	await person.page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
}

/** What can be done with a connector that works; its page is open. */
export async function visitTools({ person, onScreen }: Pick<Visit, 'person' | 'onScreen'>): Promise<void> {
	const { draft, sites } = person.says.connecting
	await button(person, draft.button).click()
	await person.page.getByText(draft.steps.delete, { exact: true }).waitFor()
	await button(person, sites.button).click()
	await person.page.getByText(sites.none, { exact: true }).waitFor()
	await onScreen('connector-tools')
}

/** For those who look after the servers of others. */
export async function visitAboutRequests({ person, onScreen }: Pick<Visit, 'person' | 'onScreen'>): Promise<void> {
	const { about } = person.says.help
	await person.page.goto(`${person.origin}/about-requests`)
	await arriveAt(person, about.title)
	await person.page.getByText(about.addressesUnknown).waitFor()
	await onScreen('about-requests')
}
