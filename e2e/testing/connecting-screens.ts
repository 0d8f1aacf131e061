import { problemText } from '@postern/vocabulary'
import { arriveAt, button, field, type Person } from './person.ts'
import type { Stage } from './stage.ts'
import { fill } from './texts.ts'
import * as wordpress from './wp-approve.ts'

type Visit = {
	readonly stage: Stage
	readonly person: Person
	readonly onScreen: (name: string) => Promise<void>
}

/** Approving in WordPress: said no, said yes, given up. */
export async function visitApproving({ person, stage, onScreen }: Visit): Promise<void> {
	const { connecting, connectors, fields } = person.says
	await person.page.goto(`${person.origin}/connectors/new?type=wordpress-app`)
	await field(person, fields.website).fill(stage.site.url)
	await field(person, fields.website).press('Tab')
	await person.page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
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
