import type { Client } from '@postern/api/client'
import { contract, type ConnectorDocument } from '@postern/api/contract'
import type { IssuedPassword, WordPressSite } from '../../conformance/wordpress/start-wordpress.ts'
import type { SiteRole } from '../../conformance/wordpress/wordpress-options.ts'
import type { Postern } from './start-postern.ts'

/** The first account of an installation, and how it signs in. */
export const founder = {
	email: 'ada@example.com',
	username: 'ada',
	password: 'a narrow gate that somebody watches',
	workspaceName: 'Ada’s blogs',
} as const

/** A program of the founder's: where a test is about something later than setup, it starts here. */
export type Founder = { readonly client: Client; readonly workspaceId: string }

export async function setUpByProgram(postern: Postern): Promise<Founder> {
	const client = postern.openClient()
	const me = await client.call(contract.setUp, { body: founder })
	if (!me.ok) throw new Error(`setup: ${me.problem.code}`)
	const workspaceId = me.value.memberships[0]?.workspace.id
	if (workspaceId === undefined) throw new Error('setup made no workspace')
	return { client, workspaceId }
}

export type Connected = { readonly connector: ConnectorDocument; readonly issued: IssuedPassword }

/** How a site is connected; `address` and `reach` are for one behind something else: where, and what else the wizard sends. */
export type Connecting = {
	readonly name: string
	readonly role?: SiteRole
	readonly address?: string
	readonly reach?: Readonly<Record<string, string>>
}

/** Makes a password in WordPress and connects with it, as the wizard does. */
export async function connectByProgram(
	{ client, workspaceId }: Founder,
	site: WordPressSite,
	{ name, role = 'editor', address = site.url, reach = {} }: Connecting,
): Promise<Connected> {
	const issued = await site.createApplicationPassword(role, `Postern, ${name}`)
	const body = {
		type: 'wordpress-app',
		address,
		username: site.users[role].username,
		applicationPassword: issued.password,
		...reach,
	}
	let draft: ConnectorDocument | undefined
	const verified = await client.stream(contract.verifySite, { workspaceId, body }, (event) => {
		if (event.kind === 'verified') draft = event.connector
		if (event.kind === 'failed') throw new Error(`verify: ${event.problem.code}`)
	})
	if (!verified.ok) throw new Error(`verify: ${verified.problem.code}`)
	if (draft === undefined) throw new Error('verify ended without a verdict')
	const saved = await client.call(contract.saveConnector, { workspaceId, connectorId: draft.id, body: { name } })
	if (!saved.ok) throw new Error(`save: ${saved.problem.code}`)
	return { connector: saved.value, issued }
}
