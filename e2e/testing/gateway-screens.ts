import { setTimeout } from 'node:timers/promises'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import { founder, type Founder } from './founder.ts'
import { arriveAt, button, type Person } from './person.ts'

type Visit = { readonly person: Person; readonly onScreen: (name: string) => Promise<void> }

/** How a connector is used, what an application password may be given for it, and what was done with one. */
export async function visitGateway(visit: Visit, owner: Founder): Promise<void> {
	const connector = await findConnector(owner, 'Garden notes')
	await visitHowToUse(visit, connector)
	await visitProposal(visit, connector, owner)
	await visitUsage(visit, connector, owner)
	await visitRequests(visit, connector)
	await visitPaused(visit, connector, owner)
}

async function findConnector({ client, workspaceId }: Founder, name: string): Promise<ConnectorDocument> {
	const list = await client.call(contract.listConnectors, { workspaceId, query: { search: name } })
	const found = list.ok ? list.value.connectors[0] : undefined
	if (!found) throw new Error(`no connector is called ${name}`)
	return found
}

async function visitHowToUse({ person, onScreen }: Visit, { id }: ConnectorDocument): Promise<void> {
	const { use } = person.says.connectors
	await person.page.goto(`${person.origin}/connectors/${id}`)
	await person.page.getByText(use.paths.title, { exact: true }).click()
	await person.page.getByRole('tab', { name: use.xmlRpc, exact: true }).click()
	await onScreen('connector-use-xml-rpc')
	await person.page.getByRole('tab', { name: use.agent, exact: true }).click()
	await onScreen('connector-use-agent')
}

async function visitProposal(visit: Visit, { id }: ConnectorDocument, owner: Founder): Promise<void> {
	const { person, onScreen } = visit
	const { passwords } = person.says
	await person.page.goto(`${person.origin}/users/${await memberIdOf(owner)}?connector=${id}&for=agent`)
	await arriveAt(person, founder.username)
	await person.page.getByRole('checkbox', { name: 'Garden notes' }).and(person.page.locator(':checked')).waitFor()
	await onScreen('profile-for-agent')
	await person.page.getByRole('radio', { name: passwords.preset.custom, exact: true }).check()
	await person.page.getByText(passwords.scopes.more, { exact: true }).click()
	await person.page.getByRole('group', { name: passwords.resources.settings, exact: true }).waitFor()
	await onScreen('profile-scopes-of-one-site')
}

async function visitUsage({ person, onScreen }: Visit, connector: ConnectorDocument, owner: Founder): Promise<void> {
	const { passwords } = person.says
	const memberId = await memberIdOf(owner)
	const grant = { preset: 'drafts-only' as const, connectors: [connector.id], writesPerDay: 20 }
	const body = { name: 'Garden agent', ...grant }
	const { workspaceId, client } = owner
	const issued = await client.call(contract.createApplicationPassword, { workspaceId, memberId, body })
	if (!issued.ok) throw new Error(issued.problem.code)
	const { applicationPassword, password } = issued.value
	const place = `${person.origin}/application-passwords/${applicationPassword.uuid}`
	await person.page.goto(place)
	await person.page.getByText(passwords.usage.unused.title).waitFor()
	await onScreen('password-usage-unused')
	const authorization = `Basic ${Buffer.from(`${founder.username}:${password}`).toString('base64')}`
	for (const status of ['draft', 'publish', 'draft'])
		await fetch(`${connector.gatewayUrl}wp-json/wp/v2/posts`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify({ title: 'Notes for the winter issue', status }),
		})
	for (const route of ['posts', 'categories', 'media?per_page=3'])
		await fetch(`${connector.gatewayUrl}wp-json/wp/v2/${route}`, { headers: { authorization } })
	await isRecorded(owner, applicationPassword.uuid, '/wp/v2/media')
	await person.page.goto(`${place}?days=7`)
	await person.page.getByText(passwords.usage.table, { exact: true }).click()
	await person.page.locator('canvas').waitFor()
	await person.page.getByText('/wp/v2/media').waitFor()
	await onScreen('password-usage')
}

/** A read is written a moment after it was answered. */
async function isRecorded({ client, workspaceId }: Founder, uuid: string, route: string): Promise<void> {
	for (let attempt = 0; attempt < 400; attempt += 1) {
		const usage = await client.call(contract.getPasswordUsage, { workspaceId, uuid, query: {} })
		const recent = usage.ok ? usage.value.recent : []
		if (recent.some(({ access }) => access?.route === route && access.status !== null)) return
		await setTimeout(50)
	}
	throw new Error(`${route} is not in the activity`)
}

async function visitRequests({ person, onScreen }: Visit, { id }: ConnectorDocument): Promise<void> {
	const { activity } = person.says
	await person.page.goto(`${person.origin}/activity?kind=requests&connector=${id}`)
	await person.page.getByText('/wp/v2/media').first().waitFor()
	await button(person, activity.export.action).click()
	await person.page.getByRole('menuitem').first().waitFor()
	await onScreen('activity-requests')
	await person.page.goto(`${person.origin}/activity?decision=refused&connector=nowhere`)
	await person.page.getByText(activity.noneFound.title).waitFor()
	await onScreen('activity-none-found')
}

async function visitPaused({ person, onScreen }: Visit, { id }: ConnectorDocument, owner: Founder): Promise<void> {
	const { connectors } = person.says
	const { workspaceId, client } = owner
	await client.call(contract.pauseConnector, { workspaceId, connectorId: id })
	await person.page.goto(`${person.origin}/connectors/${id}`)
	await person.page.getByText(connectors.page.pausedTitle).waitFor()
	await onScreen('connector-paused')
	await client.call(contract.resumeConnector, { workspaceId, connectorId: id })
}

async function memberIdOf({ client }: Founder): Promise<string> {
	const me = await client.call(contract.getMe, {})
	return (me.ok && me.value.memberships[0]?.memberId) || ''
}
