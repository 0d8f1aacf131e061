import { contract, type ConnectorDocument } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectByProgram, setUpByProgram, type Founder } from './testing/founder.ts'
import { inviteByLink, joinWithNewAccount } from './testing/invitation.ts'
import { arriveAt, goTo, meet, signIn, type Person } from './testing/person.ts'
import { askRaw, memberRequests } from './testing/raw-requests.ts'
import { openStage, type Stage } from './testing/stage.ts'

const viewer = { email: 'vera@example.com', username: 'vera', password: 'only looking through the window' }
const login = { username: viewer.username, password: viewer.password }

describe('what is not for everybody', () => {
	let stage: Stage
	let founder: Founder
	let connector: ConnectorDocument
	let vera: Person

	beforeAll(async () => {
		stage = await openStage()
		founder = await setUpByProgram(stage.postern)
		;({ connector } = await connectByProgram(founder, stage.site, { name: 'The only blog' }))
	})
	afterAll(() => stage.close())

	it('shows a stranger the sign-in page and nothing else, whatever the address', async () => {
		const stranger = await meet(stage.launched, stage.postern.origin)
		const asked: string[] = []
		stranger.page.on('response', (response) => {
			if (response.ok() && response.url().includes('/api/')) asked.push(new URL(response.url()).pathname)
		})
		const paths = [
			'/',
			'/connectors',
			'/connectors/new',
			`/connectors/${connector.id}`,
			'/activity',
			'/users',
			'/account',
		]
		for (const path of paths) {
			await stranger.page.goto(stage.postern.origin + path)
			await arriveAt(stranger, stranger.says.entrance.signIn.title)
			expect(new URL(stranger.page.url()).pathname).toBe('/sign-in')
			expect(await stranger.page.content()).not.toContain('The only blog')
		}
		expect(new Set(asked)).toEqual(new Set(['/api/v1/status']))
		await stranger.context.close()
	})

	it('answers a stranger’s program 401, and tells nothing', async () => {
		const { workspaceId } = founder
		for (const request of memberRequests(workspaceId, connector.id)) {
			const { status, text } = await askRaw(stage.postern.origin, request)
			expect({ request, status }).toEqual({ request, status: 401 })
			expect(text).toContain('account/session-required')
			expect(text).not.toContain(connector.site.host)
			expect(text).not.toContain('ada')
		}
	})

	it('lets a viewer, who came by an invitation, look at everything and change nothing', async () => {
		const owner = await meet(stage.launched, stage.postern.origin)
		await signIn(owner)
		const link = await inviteByLink(owner, 'viewer')
		await owner.context.close()

		vera = await meet(stage.launched, stage.postern.origin)
		await joinWithNewAccount(vera, link, viewer)
		await goTo(vera, 'connectors')
		const { connectors } = vera.says
		await vera.page.getByRole('link', { name: 'The only blog', exact: true }).waitFor()
		await vera.page.getByText(connectors.createNeedsEditor).waitFor()
		expect(await vera.page.getByRole('link', { name: connectors.create }).count()).toBe(0)
		expect(await vera.page.getByRole('row').getByRole('button').count()).toBe(0)

		await vera.page.getByRole('link', { name: 'The only blog', exact: true }).click()
		await arriveAt(vera, 'The only blog')
		await vera.page.getByRole('link', { name: 'Notes for the summer issue' }).waitFor()
		const { page } = connectors
		for (const name of [page.checkNow, page.rename, page.delete]) {
			expect(await vera.page.getByRole('button', { name, exact: true }).count()).toBe(0)
		}
		expect(await vera.page.getByRole('link', { name: page.reconnect }).count()).toBe(0)

		await vera.page.goto(`${stage.postern.origin}/connectors/new`)
		await vera.page.getByText(connectors.wizard.viewer.title).waitFor()
	})

	it('refuses the viewer’s program what the screens do not offer, and asks the site nothing', async () => {
		const client = stage.postern.openClient()
		expect(await client.call(contract.signIn, { body: login })).toMatchObject({ ok: true })
		stage.site.forgetRequests()
		const { workspaceId } = founder
		const ids = { workspaceId, connectorId: connector.id }
		const typed = { type: 'wordpress-app', address: stage.site.url }
		const credential = { username: 'editor', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789' }
		const answers = await Promise.all([
			client.call(contract.discoverSite, { workspaceId, body: typed }),
			client.stream(contract.verifySite, { workspaceId, body: { ...typed, ...credential } }, () => {}),
			client.call(contract.saveConnector, { ...ids, body: { name: 'Mine' } }),
			client.call(contract.updateConnector, { ...ids, body: { name: 'Mine' } }),
			client.call(contract.checkConnector, ids),
			client.call(contract.deleteConnector, { ...ids, query: {} }),
			client.call(contract.listDrafts, { workspaceId }),
			client.call(contract.createInvitation, { workspaceId, body: { role: 'viewer', label: '' } }),
			client.call(contract.listInvitations, { workspaceId }),
		])
		for (const answer of answers) {
			expect(answer).toMatchObject({ ok: false, problem: { code: 'role/insufficient', status: 403 } })
		}
		expect(stage.site.requests()).toEqual([])
	})

	it('answers for a workspace one is no longer in, and for ids of others, as for what never was: the same bytes', async () => {
		const members = await founder.client.call(contract.listMembers, { workspaceId: founder.workspaceId })
		const member = members.ok ? members.value.members.find(({ username }) => username === 'vera') : undefined
		const removed = await founder.client.call(contract.removeMember, {
			workspaceId: founder.workspaceId,
			memberId: member?.id ?? '',
		})
		expect(removed.ok).toBe(true)

		const cookies = await vera.context.cookies()
		const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
		const missing = {
			workspace: `${founder.workspaceId.slice(0, -4)}zzzz`,
			connector: `${connector.id.slice(0, -4)}zzzz`,
		}
		const real = memberRequests(founder.workspaceId, connector.id)
		const invented = memberRequests(missing.workspace, missing.connector)
		for (const [at, request] of real.entries()) {
			const other = invented[at]
			if (other === undefined) throw new Error('the lists differ')
			const found = await askRaw(stage.postern.origin, request, cookie)
			const notFound = await askRaw(stage.postern.origin, other, cookie)
			expect({ path: request.path, ...found }).toEqual({ path: request.path, ...notFound })
			expect(found.status).toBe(404)
		}
		const foreignInOwn = await founder.client.call(contract.getConnector, {
			workspaceId: founder.workspaceId,
			connectorId: missing.connector,
		})
		expect(foreignInOwn).toMatchObject({ ok: false, problem: { status: 404, code: 'request/not-found' } })

		await vera.page.goto(`${stage.postern.origin}/connectors`)
		await vera.page.getByText(vera.says.shell.noWorkspace.title).waitFor()
		expect(await vera.page.content()).not.toContain('The only blog')
	})
})
