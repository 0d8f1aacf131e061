import type { Locator } from 'playwright-core'
import { contract } from '@postern/api/contract'
import { visitAuthorize } from './authorize-screens.ts'
import { visitAboutRequests, visitApproving, visitTools } from './connecting-screens.ts'
import { connectByProgram, founder, type Founder } from './founder.ts'
import { visitImport } from './import-screens.ts'
import { inviteByLink } from './invitation.ts'
import { visitLinks } from './link-screens.ts'
import { arriveAt, button, field, fillSignIn, goTo, openAccountMenu, setUp, signOut } from './person.ts'
import { visitGateway } from './gateway-screens.ts'
import { visitPasskeys } from './passkey-screens.ts'
import { visitPasswords } from './password-screens.ts'
import { fill } from './texts.ts'
import { visitWebhooks } from './webhook-screens.ts'
import type { Visit } from './visit.ts'

/** Every screen there is, in the states that differ, on an empty installation; each tour begins where the one before it ended. */
export const tours = {
	connecting: async (visit) => {
		await visitEntrance(visit)
		await visitEmpty(visit)
		await visitWizard(visit)
		await visitApproving(visit)
		const owner = await addConnectors(visit)
		await visitList(visit)
		await visitConnector(visit, owner)
	},
	'links, imports and webhooks': async (visit) => {
		await visitLinks(visit)
		await visitImport(visit)
		await visitWebhooks(visit)
	},
	'people and passwords': async (visit) => {
		await visitPeople(visit)
		await visitPasswords(visit)
		await visitGateway(visit, await signInByProgram(visit))
	},
	'what stands around': async (visit) => {
		await visitAuthorize(visit)
		await visitPasskeys(visit)
		await visitHelp(visit)
		await visitDoor(visit)
	},
} satisfies Record<string, (visit: Visit) => Promise<void>>

async function visitEntrance({ person, onScreen }: Visit): Promise<void> {
	const { entrance } = person.says
	await person.page.goto(person.origin)
	await arriveAt(person, entrance.setup.title)
	await onScreen('setup')
	await button(person, entrance.setup.submit).click()
	await invalid(field(person, entrance.email))
	await onScreen('setup-blank')
	await setUp(person)
}

async function visitEmpty({ person, onScreen }: Visit): Promise<void> {
	const { connectors, dashboard } = person.says
	await person.page.getByText(dashboard.next['connect-first-site'].body).waitFor()
	await onScreen('dashboard-empty')
	await goTo(person, 'connectors')
	await person.page.getByText(connectors.empty.what).waitFor()
	await onScreen('connectors-empty')
}

async function visitWizard({ person, stage, onScreen }: Visit): Promise<void> {
	const { connecting, connectors, fields, shell } = person.says
	const { site } = stage
	await person.page.getByRole('link', { name: connectors.create, exact: true }).click()
	await arriveAt(person, connectors.wizard.title)
	await person.page.getByRole('combobox', { name: connectors.wizard.type }).click()
	await person.page.getByRole('option').first().waitFor()
	await onScreen('wizard-type')
	await person.page.getByRole('option').first().click()
	await button(person, connectors.wizard.next).click()

	await arriveAt(person, connectors.authentication.title)
	await onScreen('wizard-authentication')
	const authorize = button(person, connectors.authentication.authorize)
	await authorize.click()
	await invalid(field(person, fields.applicationPassword))
	await onScreen('wizard-blank')
	await field(person, fields.website).fill(site.url)
	await field(person, fields.username).fill('editor')
	await person.page.getByText(fill(connectors.site.found, { platform: 'WordPress' }), { exact: true }).waitFor()
	await person.page.getByText(connectors.missing.title, { exact: true }).click()
	await onScreen('wizard-site-found')
	await person.page.getByText(connecting.more.title, { exact: true }).click()
	await field(person, connecting.more.edgeUsername).waitFor()
	await onScreen('wizard-more-ways')
	await field(person, fields.applicationPassword).fill('abcd EFGH 1234 ijkl MNOP 6789')
	await authorize.click()
	const again = button(person, shell.tryAgain)
	await again.waitFor()
	await person.page.getByText(shell.problem.details, { exact: true }).click()
	await onScreen('wizard-failed')
	const { password } = await site.createApplicationPassword('editor', 'Postern')
	await field(person, fields.applicationPassword).fill(password)
	await again.click()
	await arriveAt(person, connectors.naming.title)
	await onScreen('wizard-name')
	await field(person, connectors.naming.name).fill('Kitchen diary')
	await button(person, connectors.naming.save).click()
	await arriveAt(person, connectors.title)
	await person.page.getByText(connectors.page.saved, { exact: true }).waitFor()
	await onScreen('connectors-one')
}

/** More to look at than one row: healthy ones, one whose password was revoked, and a draft without a name. */
async function addConnectors({ stage }: Visit): Promise<Founder> {
	const { site } = stage
	const owner = await signInByProgram({ stage })
	const { client, workspaceId } = owner
	await connectByProgram(owner, site, { name: 'Garden notes', role: 'author' })
	await connectByProgram(owner, site, { name: '京都の小さな門', role: 'admin' })
	const { connector, issued } = await connectByProgram(owner, site, {
		name: 'Allotment society, newsletter and archive',
	})
	await site.revokeApplicationPassword('editor', issued.uuid)
	await client.call(contract.checkConnector, { workspaceId, connectorId: connector.id })
	const draft = await site.createApplicationPassword('contributor', 'Postern, draft')
	const body = {
		type: 'wordpress-app',
		address: site.url,
		username: 'contributor',
		applicationPassword: draft.password,
	}
	await client.stream(contract.verifySite, { workspaceId, body }, () => {})
	return owner
}

async function signInByProgram({ stage }: Pick<Visit, 'stage'>): Promise<Founder> {
	const client = stage.postern.openClient()
	const { username, password } = founder
	await client.call(contract.signIn, { body: { username, password } })
	const me = await client.call(contract.getMe, {})
	return { client, workspaceId: (me.ok && me.value.memberships[0]?.workspace.id) || '' }
}

async function visitList({ person, onScreen }: Visit): Promise<void> {
	const { connectors, shell } = person.says
	await person.page.goto(`${person.origin}/connectors`)
	await person.page.getByRole('row').nth(4).waitFor()
	await person.page.getByText(connectors.drafts.title).waitFor()
	await onScreen('connectors-list')
	const openMenu = () => button(person, fill(connectors.rowMenu, { name: 'Garden notes' })).click()
	const choose = (name: string) => person.page.getByRole('menuitem', { name, exact: true }).click()
	await openMenu()
	await person.page.getByRole('menuitem').first().waitFor()
	await onScreen('connectors-menu')
	await choose(connectors.actions.rename)
	await person.page.getByRole('dialog').waitFor()
	await onScreen('connectors-rename')
	await button(person, shell.cancel).click()
	await openMenu()
	await choose(connectors.actions.delete)
	await person.page.getByRole('dialog').waitFor()
	await onScreen('connectors-delete')
	await button(person, shell.cancel).click()
	await person.page.goto(`${person.origin}/connectors?search=nothing-like-this`)
	await person.page.getByText(connectors.noneFound.title).waitFor()
	await onScreen('connectors-none-found')
}

async function visitConnector({ person, onScreen }: Visit, { client, workspaceId }: Founder): Promise<void> {
	const { connectors, dashboard } = person.says
	const list = await client.call(contract.listConnectors, { workspaceId, query: {} })
	const idOf = (name: string) =>
		(list.ok && list.value.connectors.find((connector) => connector.name === name)?.id) || ''
	await person.page.goto(`${person.origin}/connectors/${idOf('Garden notes')}`)
	await person.page.getByRole('link', { name: 'Notes for the summer issue' }).waitFor()
	await onScreen('connector')
	await visitTools({ person, onScreen })
	await person.page.goto(`${person.origin}/connectors/${idOf('Allotment society, newsletter and archive')}`)
	await person.page.getByRole('alert').first().waitFor()
	await onScreen('connector-failing')
	await person.page.getByRole('link', { name: connectors.page.reconnect, exact: true }).first().click()
	await field(person, person.says.fields.applicationPassword).waitFor()
	await onScreen('connector-reconnect')
	await goTo(person, 'dashboard')
	await arriveAt(person, dashboard.title)
	await person.page.getByText('Allotment society, newsletter and archive').first().waitFor()
	await onScreen('dashboard')
}

async function visitPeople({ person, onScreen }: Visit): Promise<void> {
	const { account, activity, shell, users } = person.says
	await goTo(person, 'activity')
	await arriveAt(person, activity.title)
	await person.page.getByText('Garden notes').first().waitFor()
	await onScreen('activity')
	await goTo(person, 'users')
	await arriveAt(person, users.title)
	await person.page.getByRole('row').filter({ hasText: founder.email }).waitFor()
	await onScreen('users')
	await button(person, users.invite).click()
	await person.page.getByRole('dialog').getByRole('radio').first().waitFor()
	await onScreen('users-invite')
	await button(person, shell.cancel).click()
	const link = await inviteByLink(person, 'viewer', () => onScreen('users-invitation-link'))
	await onScreen('users-invited')
	await openAccountMenu(person, founder.username)
	await person.page.getByRole('menuitem').first().waitFor()
	await onScreen('account-menu')
	await person.page.getByRole('menuitem', { name: shell.menu.account, exact: true }).click()
	await person.page.getByText(account.sessions.thisOne).waitFor()
	await onScreen('account')
	await button(person, account.twoFactor.start).click()
	const section = person.page.getByRole('group', { name: account.twoFactor.title, exact: true })
	await section.getByRole('textbox', { name: account.twoFactor.password, exact: true }).fill(founder.password)
	await button(person, account.twoFactor.continue).click()
	await person.page.getByRole('img', { name: account.twoFactor.picture }).waitFor()
	await onScreen('account-two-factor')
	await person.page.goto(link)
	await button(person, fill(person.says.entrance.join.submitAs, { username: founder.username })).waitFor()
	await onScreen('join-as-member')
	await person.page.goto(person.origin)
	await arriveAt(person, person.says.dashboard.title)
}

async function visitHelp({ person, onScreen }: Visit): Promise<void> {
	const { help, shell } = person.says
	await person.page.goto(`${person.origin}/help`)
	await arriveAt(person, help.title)
	await onScreen('help')
	await person.page.goto(`${person.origin}/help/wordpress-application-password`)
	await arriveAt(person, help.connecting.title)
	await onScreen('help-connecting')
	await visitAboutRequests({ person, onScreen })
	await person.page.goto(`${person.origin}/problems/site-credential/header-stripped`)
	await person.page.getByRole('heading', { level: 1 }).waitFor()
	await onScreen('problem')
	await person.page.goto(`${person.origin}/nothing-here`)
	await arriveAt(person, shell.notFound.title)
	await onScreen('not-found')
}

async function visitDoor({ person, onScreen }: Visit): Promise<void> {
	const { entrance } = person.says
	await person.page.goto(person.origin)
	await signOut(person, founder.username)
	await person.page.reload()
	await arriveAt(person, entrance.signIn.title)
	await onScreen('sign-in')
	await fillSignIn(person, { username: 'ada', password: 'certainly not the password' })
	await person.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
	await onScreen('sign-in-wrong')
	await fillSignIn(person, founder)
	await person.page.getByText(entrance.signIn.passkeyIntro).waitFor()
	await onScreen('sign-in-second-step')
	await button(person, entrance.signIn.use['recovery-code']).click()
	await field(person, entrance.signIn.recoveryCode).waitFor()
	await onScreen('sign-in-recovery-code')
	await person.page.goto(`${person.origin}/recover`)
	await arriveAt(person, entrance.recover.missingTitle)
	await onScreen('recover-incomplete')
	await person.page.goto(`${person.origin}/help`)
	await arriveAt(person, person.says.help.title)
	await onScreen('help-for-strangers')
}

async function invalid(input: Locator): Promise<void> {
	await input.and(input.page().locator('[aria-invalid="true"]')).waitFor()
}
