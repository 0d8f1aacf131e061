import { contract } from '@postern/api/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWordPress, type WordPressSite } from '../wordpress/start-wordpress.ts'
import { addressForms } from './address-forms.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

/** Asks a Postern's wizard to connect, and gives what it says in the end. */
async function connectThrough(
	{ session, workspaceId }: GatewayStage,
	address: string,
	{ username, password }: Pick<IssuedThere, 'username' | 'password'>,
) {
	const body = { type: 'wordpress-app', address, username, applicationPassword: password }
	const said: { readonly kind: string; readonly code?: string; readonly id?: string }[] = []
	const verified = await session.client.stream(contract.verifySite, { workspaceId, body }, (event) => {
		if (event.kind === 'verified') said.push({ kind: 'verified', id: event.connector.id })
		if (event.kind === 'failed') said.push({ kind: 'failed', code: event.problem.code })
	})
	return verified.ok ? said.at(-1) : { kind: 'failed', code: verified.problem.code }
}

describe.each(addressForms)('the wizard, given a gateway address at $name', ({ open }) => {
	let site: WordPressSite
	let first: GatewayStage
	let second: GatewayStage
	let there: ConnectedSite
	let editor: IssuedThere
	beforeAll(async () => {
		site = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
		first = await open([site])
		there = await first.connect(site, { name: 'Garden notes' })
		editor = await first.issue({ preset: 'editor' })
		const { port } = new URL(there.url)
		const allowPrivate = `localhost:${port},127.0.0.1:${port},[::1]:${port}`
		second = await openGatewayStage([], { allowPrivate })
	})
	afterAll(async () => {
		await second.stop()
		await first.stop()
		await site.stop()
	})

	it('of another Postern: connects as to any site, and reads its posts', async () => {
		const said = await connectThrough(second, `${there.url}/`, editor)
		expect(said).toMatchObject({ kind: 'verified' })
		const connectorId = said?.id ?? ''
		const { workspaceId, session } = second
		const saved = await session.client.call(contract.saveConnector, {
			workspaceId,
			connectorId,
			body: { name: 'Behind' },
		})
		expect(saved.ok && saved.value.state).toBe('healthy')
		const posts = await session.client.call(contract.listLatestPosts, { workspaceId, connectorId })
		expect(posts.ok ? 'ok' : posts.problem.code).toBe('ok')
	})

	it('of its own: refuses, because that would be a loop', async () => {
		const said = await connectThrough(first, `${there.url}/`, editor)
		expect(said).toMatchObject({ kind: 'failed' })
		expect(['address/own', 'site-credential/own']).toContain(said?.code)
	})
})
