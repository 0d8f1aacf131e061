import type { MaybePromise } from '@postern/app-passwords'
import type { Selectable } from 'kysely'
import type { QuickReader, Row } from '../dialect/quick-reader.ts'
import { after, whileNothingChanges } from '../dialect/while-nothing-changes.ts'
import { readTexts } from '../json-column.ts'
import type { ConnectorTable } from '../schema.ts'
import type { ConnectorAccount, ConnectorSite } from './connector.ts'
import { readOffers, readReach } from './connector-row.ts'
import type { SealedReach } from './reach.ts'

/** A saved connector as a request through the gateway needs it. */
export type GatewayConnector = {
	readonly id: string
	readonly workspaceId: string
	readonly type: string
	readonly name: string
	readonly slug: string
	readonly isPaused: boolean
	/** How often the site refused the credential since it last took it. */
	readonly rejectedLogins: number
	/** Grows with every change of the row. */
	readonly rowVersion: number
	readonly site: Pick<
		ConnectorSite,
		| 'url'
		| 'origin'
		| 'host'
		| 'title'
		| 'homeUrl'
		| 'adminUrl'
		| 'apiRootUrl'
		| 'apiRootStyle'
		| 'namespaces'
		| 'postTypes'
		| 'taxonomies'
	>
	readonly account: ConnectorAccount
	readonly capabilities: ReadonlySet<string>
	/** The site credential; only for `access`. */
	readonly sealed: Uint8Array
	readonly sealVersion: number
	/** The origin that it was sealed for. */
	readonly siteOrigin: string
	readonly reach: SealedReach
}

export type GatewayConnectors = {
	/** By its name in addresses, in lower case. */
	findBySlug(slug: string): MaybePromise<GatewayConnector | undefined>
}

const columns = [
	'id',
	'workspace_id',
	'type',
	'name',
	'slug',
	'is_paused',
	'rejected_logins',
	'row_version',
	'site_url',
	'site_origin',
	'host',
	'site_title',
	'home_url',
	'admin_url',
	'api_root_url',
	'api_root_style',
	'namespaces',
	'post_types',
	'taxonomies',
	'site_username',
	'site_user_id',
	'site_display_name',
	'roles',
	'capabilities',
	'sealed',
	'seal_version',
	'transport',
	'certificate_pin',
	'edge_username',
	'edge_sealed',
] as const satisfies readonly (keyof ConnectorTable)[]

type FoundRow = Pick<Selectable<ConnectorTable>, (typeof columns)[number]>

/** One statement for a request; read once, until something changes. */
export function gatewayConnectorsOn(reader: QuickReader): GatewayConnectors {
	const bySlug = reader.prepare(`select ${columns.join(', ')} from connector where slug = $1 and phase = 'saved'`)
	return { findBySlug: whileNothingChanges(reader, (slug) => after(bySlug(slug), readFound)) }
}

function readFound([found]: readonly Row[]): GatewayConnector | undefined {
	if (found === undefined) return undefined
	const row = found as FoundRow // the columns of the statement above
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		type: row.type,
		name: row.name,
		slug: row.slug,
		isPaused: row.is_paused === 1,
		rejectedLogins: row.rejected_logins,
		rowVersion: row.row_version,
		site: {
			url: row.site_url,
			origin: row.site_origin,
			host: row.host,
			title: row.site_title,
			homeUrl: row.home_url,
			adminUrl: row.admin_url,
			apiRootUrl: row.api_root_url,
			apiRootStyle: row.api_root_style,
			...readOffers(row),
		},
		account: {
			username: row.site_username,
			userId: row.site_user_id,
			displayName: row.site_display_name,
			roles: readTexts(row.roles),
		},
		capabilities: new Set(readTexts(row.capabilities)),
		sealed: row.sealed,
		sealVersion: row.seal_version,
		siteOrigin: row.site_origin,
		reach: readReach(row),
	}
}
