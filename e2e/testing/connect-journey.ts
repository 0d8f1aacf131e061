import type { Locator } from 'playwright-core'
import type { WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import type { SiteRole } from '../../conformance/wordpress/wordpress-options.ts'
import { arriveAt, button, field, goTo, type Person } from './person.ts'
import * as wpAdmin from './wp-admin.ts'
import { fill } from './texts.ts'

/** The steps of the help page, each called like its picture. The five of WordPress stand between 5 and 8. */
export const journeySteps = [
	'step-1',
	'step-2',
	'step-3',
	'step-4',
	'step-5',
	'log-in',
	'profile',
	'username',
	'application-password',
	'step-7',
	'step-8',
	'step-9',
	'step-10',
] as const
export type JourneyStep = (typeof journeySteps)[number]

/** What a step looks like just before the person acts: the screen, and the thing to look at. */
export type Shown = { readonly step: JourneyStep; readonly page: Person['page']; readonly target: Locator }

export type JourneyOptions = {
	readonly person: Person
	readonly site: WordPressSite
	/** Who the person is in WordPress. */
	readonly role: SiteRole
	readonly applicationName: string
	readonly connectorName: string
	readonly onShown?: (shown: Shown) => Promise<void>
}

export type ConnectJourney = {
	/** Takes the next steps, up to and including this one. */
	upTo(last: JourneyStep): Promise<void>
	/** Read in WordPress on the way. */
	copied(): { readonly username: string; readonly password: string }
	/** The tab in which WordPress was open. */
	wordPressTab(): Person['page']
}

type State = { wordPress: Person['page']; username: string; password: string }
type Act = (options: JourneyOptions, state: State, show: (target: Locator) => Promise<void>) => Promise<void>

/** The whole main job, as the help page tells it: from the dashboard to the new row in the list. */
export function connectJourney(options: JourneyOptions): ConnectJourney {
	const state: State = { wordPress: options.person.page, username: '', password: '' }
	let next = 0
	return {
		async upTo(last) {
			for (const end = journeySteps.indexOf(last); next <= end; next += 1) await take(options, state, next)
		},
		copied: () => ({ username: state.username, password: state.password }),
		wordPressTab: () => state.wordPress,
	}
}

async function take(options: JourneyOptions, state: State, at: number): Promise<void> {
	const step = journeySteps[at]
	if (step === undefined) throw new Error('the journey has ended')
	await acts[step](options, state, async (target) => {
		await target.waitFor()
		await options.onShown?.({ step, page: target.page(), target })
	})
}

const acts: Readonly<Record<JourneyStep, Act>> = {
	async 'step-1'({ person }, _, show) {
		const { navigation, nav } = person.says.shell
		const links = person.page.getByRole('navigation', { name: navigation })
		await show(links.getByRole('link', { name: nav.connectors, exact: true }))
		await goTo(person, 'connectors')
	},
	async 'step-2'({ person }, _, show) {
		const { connectors } = person.says
		await arriveAt(person, connectors.title)
		const create = person.page.getByRole('link', { name: connectors.create, exact: true })
		await show(create)
		await create.click()
	},
	async 'step-3'({ person }, _, show) {
		const { wizard } = person.says.connectors
		await arriveAt(person, wizard.title)
		await person.page.getByRole('combobox', { name: wizard.type, exact: true }).click()
		const option = person.page.getByRole('option', { name: 'Connector Wordpress App', exact: true })
		await show(option)
		await option.click()
	},
	async 'step-4'({ person }, _, show) {
		const next = button(person, person.says.connectors.wizard.next)
		await show(next)
		await next.click()
	},
	async 'step-5'({ person, site }, _, show) {
		const { fields, connectors } = person.says
		await arriveAt(person, connectors.authentication.title)
		const website = field(person, fields.website)
		await website.fill(site.url)
		await website.press('Tab')
		await person.page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
		await show(website)
	},
	async 'log-in'({ person, site, role }, state, show) {
		state.wordPress = await person.context.newPage()
		await wpAdmin.openLogin(state.wordPress, site)
		await wpAdmin.fillLogin(state.wordPress, site, role)
		await show(state.wordPress.getByRole('button', { name: 'Log In' }))
		await wpAdmin.submitLogin(state.wordPress)
	},
	async profile(_, { wordPress }, show) {
		await wpAdmin.openUsersMenu(wordPress)
		await show(wpAdmin.profileLink(wordPress))
		await wpAdmin.openProfile(wordPress)
	},
	async username(_, state, show) {
		const username = wpAdmin.usernameField(state.wordPress)
		await show(username)
		state.username = await username.inputValue()
	},
	async 'application-password'({ applicationName }, { wordPress }, show) {
		await wpAdmin.nameApplicationPassword(wordPress, applicationName)
		await show(wpAdmin.addButton(wordPress))
		await wpAdmin.addButton(wordPress).click()
	},
	async 'step-7'(_, state, show) {
		const shown = wpAdmin.shownPassword(state.wordPress)
		await show(shown)
		state.password = await shown.inputValue()
	},
	async 'step-8'({ person }, state, show) {
		const { fields, connectors } = person.says
		await person.page.bringToFront()
		await field(person, fields.username).fill(state.username)
		await field(person, fields.applicationPassword).fill(state.password)
		const authorize = button(person, connectors.authentication.authorize)
		await show(authorize)
		await authorize.click()
	},
	async 'step-9'({ person, connectorName }, _, show) {
		const { naming } = person.says.connectors
		await arriveAt(person, naming.title)
		const name = field(person, naming.name)
		await name.fill(connectorName)
		await show(name)
		await button(person, naming.save).click()
	},
	async 'step-10'({ person, connectorName }, _, show) {
		await arriveAt(person, person.says.connectors.title)
		await show(person.page.getByRole('row').filter({ hasText: connectorName }))
	},
}
