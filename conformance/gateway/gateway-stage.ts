import { hrefOf } from '@postern/api/client'
import { contract, type ActivityEntry, type ConnectorDocument } from '@postern/api/contract'
import type { Preset, Scope } from '@postern/vocabulary'
import { connectByProgram, type Connecting, founder } from '../../e2e/testing/founder.ts'
import { startPostern, type Postern, type PosternOptions, type Session } from '../../e2e/testing/start-postern.ts'
import { basic } from '../targets/ask-place.ts'
import { newName } from '../targets/new-name.ts'
import { valueOf } from '../targets/postern-target.ts'
import type { Headers } from '../targets/target.ts'
import type { WordPressSite } from '../wordpress/start-wordpress.ts'

/** A running Postern with its founder, to connect sites with and to issue passwords for them. */
export type GatewayStage = {
	readonly postern: Postern
	readonly workspaceId: string
	readonly memberId: string
	readonly session: Session
	connect(site: WordPressSite, options: Connecting): Promise<ConnectedSite>
	issue(wanted: WantedPassword): Promise<IssuedThere>
	revoke(uuid: string): Promise<void>
	/** Everything that the record has of requests to sites, newest first. */
	records(): Promise<readonly ActivityEntry[]>
	stop(): Promise<void>
}

export type ConnectedSite = {
	readonly connector: ConnectorDocument
	/** Where clients find the site, without a slash at the end. */
	readonly url: string
	/** What Postern logs in with there. */
	readonly sitePassword: string
}

export type WantedPassword = {
	readonly scopes?: readonly Scope[]
	readonly preset?: Preset
	/** Their ids; all if not given. */
	readonly connectors?: readonly string[]
	readonly expiresAt?: string
}

export type IssuedThere = {
	readonly uuid: string
	readonly username: string
	readonly password: string
	readonly basic: Headers
}

export async function openGatewayStage(
	sites: readonly WordPressSite[],
	options: PosternOptions = {},
	start: (options: PosternOptions) => Promise<Postern> = startPostern,
): Promise<GatewayStage> {
	const allowPrivate = sites.map(({ port }) => `127.0.0.1:${port}`).join(',')
	const postern = await start({ allowPrivate, ...options })
	try {
		const session = postern.openSession()
		const [membership] = valueOf(await session.client.call(contract.setUp, { body: founder })).memberships
		if (membership === undefined) throw new Error('setup made no workspace')
		return stageOf(postern, { session, workspaceId: membership.workspace.id, memberId: membership.memberId })
	} catch (error) {
		await postern.stop()
		throw new Error(`Postern could not be set up, and said: ${postern.output()}`, { cause: error })
	}
}

type Who = Pick<GatewayStage, 'session' | 'workspaceId' | 'memberId'>

function stageOf(postern: Postern, who: Who): GatewayStage {
	const { session, workspaceId, memberId } = who
	const { client } = session
	return {
		postern,
		...who,
		async connect(site, options) {
			const { connector, issued } = await connectByProgram({ client, workspaceId }, site, { role: 'admin', ...options })
			return { connector, url: connector.gatewayUrl.replace(/\/$/, ''), sitePassword: issued.password }
		},
		issue: (wanted) => issue(who, wanted),
		async revoke(uuid) {
			valueOf(await client.call(contract.revokeApplicationPassword, { workspaceId, memberId, uuid }))
		},
		async records() {
			const href = hrefOf(
				contract.exportActivity,
				{ workspaceId, query: { format: 'jsonl', kind: 'requests' } },
				postern.origin,
			)
			const answer = await fetch(href, { headers: { cookie: session.cookie() } })
			if (answer.status !== 200) throw new Error(`no export of the activity: ${answer.status} ${await answer.text()}`)
			const lines = (await answer.text()).split('\n').filter((line) => line !== '')
			return lines.map((line): ActivityEntry => JSON.parse(line))
		},
		stop: postern.stop,
	}
}

async function issue({ session, workspaceId, memberId }: Who, wanted: WantedPassword): Promise<IssuedThere> {
	const { scopes, preset, connectors = 'all', expiresAt = null } = wanted
	const body = {
		name: newName(),
		...(scopes === undefined ? { preset: preset ?? 'read-only' } : { preset: null, scopes: [...scopes] }),
		connectors: connectors === 'all' ? ('all' as const) : [...connectors], // a constant of the contract
		expiresAt,
		confirmEverything: true,
	}
	const made = valueOf(await session.client.call(contract.createApplicationPassword, { workspaceId, memberId, body }))
	const { username, password, applicationPassword } = made
	return { uuid: applicationPassword.uuid, username, password, basic: basic(username, password) }
}
