import {
	type Diagnosis,
	noteCodes,
	type Permission,
	permissions,
	type ProblemCode,
	problemCodes,
	rungs,
} from '@postern/vocabulary'
import { type Insertable, type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import { readJson, readTexts } from '../json-column.ts'
import type { ConnectorTable } from '../schema.ts'
import { foldForSearch, storable } from '../storable.ts'
import type { Connector, ConnectorFacts, ConnectorHealth, CredentialOrigin, SealedCredential } from './connector.ts'

/** Who connected it, as he is called now; null when the account is gone. */
export const ownerName = sql<string | null>`(
	select coalesce(auth_user."displayUsername", auth_user.username, auth_user.email)
	from auth_user where auth_user.id = connector.created_by
)`.as('owner_name')

const ownColumns = [
	'tags',
	'id',
	'workspace_id',
	'type',
	'phase',
	'name',
	'host',
	'site_url',
	'site_origin',
	'site_title',
	'home_url',
	'api_root_url',
	'api_root_style',
	'authorization_endpoint',
	'admin_url',
	'wordpress_version',
	'site_username',
	'site_user_id',
	'site_display_name',
	'roles',
	'permissions',
	'capabilities',
	'password_uuid',
	'password_name',
	'notes',
	'seal_version',
	'state',
	'state_problem',
	'checked_at',
	'latency_ms',
	'created_by',
	'created_at',
	'updated_at',
	'expires_at',
	'row_version',
	'slug',
	'namespaces',
	'post_types',
	'taxonomies',
	'is_paused',
	'transport',
	'certificate_pin',
	'edge_username',
	'credential_from',
	'is_rotated',
	'rotate_every_days',
	'rotated_at',
	'rotation_problem',
] as const satisfies readonly (keyof ConnectorTable)[]

/** Everything but the sealed credential and the columns of search: a list never touches a secret. */
export const connectorColumns = [...ownColumns, ownerName] as const

type ConnectorRow = Pick<Selectable<ConnectorTable>, (typeof ownColumns)[number]> & {
	readonly owner_name: string | null
}

const params = z.record(z.string(), z.union([z.string(), z.number()]))
const postTypesJson = z.array(z.object({ restBase: z.string(), name: z.string(), slug: z.string() }))
const taxonomiesJson = z.array(z.object({ restBase: z.string(), slug: z.string() }))
const permissionsJson = z.array(z.enum(permissions))
const notesJson = z.array(z.object({ code: z.enum(noteCodes), params }))
const evidence = z.object({
	step: z.string(),
	method: z.string(),
	url: z.string(),
	withCredentials: z.boolean(),
	status: z.exactOptional(z.number()),
	code: z.exactOptional(z.string()),
	facts: z.array(z.string()),
	elapsedMs: z.number(),
})
const diagnosisJson: z.ZodMiniType<Diagnosis> = z.object({
	code: z.enum(problemCodes),
	params,
	certainty: z.enum(['sure', 'likely']),
	rung: z.enum(rungs),
	alternatives: z.array(z.enum(problemCodes)),
	evidence: z.array(evidence),
	certificate: z.exactOptional(
		z.object({ sha256: z.string(), subject: z.string(), issuer: z.string(), validTo: z.string() }),
	),
	takesXmlRpcLogins: z.exactOptional(z.boolean()),
})

export function readConnector(row: ConnectorRow): Connector {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		type: row.type,
		phase: row.phase,
		name: row.name,
		slug: row.slug,
		...readFacts(row),
		state: row.is_paused === 1 ? 'paused' : row.state,
		isPaused: row.is_paused === 1,
		diagnosis: row.state_problem === null ? null : readJson(row.state_problem, diagnosisJson),
		checkedAt: row.checked_at === null ? null : new Date(row.checked_at),
		latencyMs: row.latency_ms,
		sealVersion: row.seal_version,
		transport: row.transport,
		edgeUsername: row.edge_username,
		certificatePin: row.certificate_pin,
		credentialFrom: row.credential_from,
		isRotated: row.is_rotated === 1,
		rotateEveryDays: row.rotate_every_days,
		rotatedAt: row.rotated_at === null ? null : new Date(row.rotated_at),
		rotationProblem: readProblemCode(row.rotation_problem),
		tags: readTexts(row.tags),
		createdBy: row.created_by,
		ownerName: row.owner_name,
		createdAt: new Date(row.created_at),
		updatedAt: new Date(row.updated_at),
		expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
		rowVersion: row.row_version,
	}
}

function readFacts(row: ConnectorRow): ConnectorFacts {
	return {
		site: {
			url: row.site_url,
			origin: row.site_origin,
			host: row.host,
			title: row.site_title,
			homeUrl: row.home_url,
			apiRootUrl: row.api_root_url,
			apiRootStyle: row.api_root_style,
			authorizationEndpoint: row.authorization_endpoint,
			adminUrl: row.admin_url,
			wordpressVersion: row.wordpress_version,
			...readOffers(row),
		},
		account: {
			username: row.site_username,
			userId: row.site_user_id,
			displayName: row.site_display_name,
			roles: readTexts(row.roles),
		},
		permissions: readPermissions(row.permissions),
		capabilities: readTexts(row.capabilities),
		applicationPassword: { uuid: row.password_uuid, name: row.password_name },
		notes: readJson(row.notes, notesJson),
	}
}

export function readPermissions(text: string): readonly Permission[] {
	return readJson(text, permissionsJson)
}

export const sealedColumns = [
	'sealed',
	'seal_version',
	'site_origin',
	'site_username',
	'transport',
	'certificate_pin',
	'edge_username',
	'edge_sealed',
] as const satisfies readonly (keyof ConnectorTable)[]

export function readReach(
	row: Pick<Selectable<ConnectorTable>, 'transport' | 'certificate_pin' | 'edge_username' | 'edge_sealed'>,
): SealedCredential['reach'] {
	const { transport, certificate_pin: pin, edge_username: username, edge_sealed: sealed } = row
	return { transport, pin, edge: username === null || sealed === null ? null : { username, sealed } }
}

/** What the site offers besides the core. */
export function readOffers(row: Pick<ConnectorRow, 'namespaces' | 'post_types' | 'taxonomies'>) {
	return {
		namespaces: readTexts(row.namespaces),
		postTypes: readJson(row.post_types, postTypesJson),
		taxonomies: readJson(row.taxonomies, taxonomiesJson),
	}
}

function readProblemCode(code: string | null): ProblemCode | null {
	return problemCodes.find((known) => known === code) ?? null
}

export type FactColumns = Pick<
	Insertable<ConnectorTable>,
	| 'host'
	| 'host_search'
	| 'site_url'
	| 'site_origin'
	| 'site_title'
	| 'home_url'
	| 'api_root_url'
	| 'api_root_style'
	| 'authorization_endpoint'
	| 'admin_url'
	| 'wordpress_version'
	| 'namespaces'
	| 'post_types'
	| 'taxonomies'
	| 'site_username'
	| 'site_user_id'
	| 'site_display_name'
	| 'roles'
	| 'permissions'
	| 'capabilities'
	| 'password_uuid'
	| 'password_name'
	| 'notes'
>

export function factColumns({ site, account, applicationPassword, ...facts }: ConnectorFacts): FactColumns {
	return {
		host: storable(site.host),
		host_search: foldForSearch(searchedHost(site.host, site.origin)),
		site_url: storable(site.url),
		site_origin: site.origin,
		site_title: storable(site.title),
		home_url: storable(site.homeUrl),
		api_root_url: storable(site.apiRootUrl),
		api_root_style: site.apiRootStyle,
		authorization_endpoint: storableOrNull(site.authorizationEndpoint),
		admin_url: storable(site.adminUrl),
		wordpress_version: storableOrNull(site.wordpressVersion),
		namespaces: JSON.stringify(site.namespaces),
		post_types: JSON.stringify(site.postTypes),
		taxonomies: JSON.stringify(site.taxonomies),
		site_username: storable(account.username),
		site_user_id: account.userId,
		site_display_name: storable(account.displayName),
		roles: JSON.stringify(account.roles),
		permissions: JSON.stringify(facts.permissions),
		capabilities: JSON.stringify(facts.capabilities),
		password_uuid: storableOrNull(applicationPassword.uuid),
		password_name: storableOrNull(applicationPassword.name),
		notes: JSON.stringify(facts.notes),
	}
}

/** An international host is found by its own script and by what the wire says. */
function searchedHost(host: string, origin: string): string {
	const onTheWire = new URL(origin).host
	return host === onTheWire ? host : `${host} ${onTheWire}`
}

function storableOrNull(text: string | null): string | null {
	return text === null ? null : storable(text)
}

export function healthColumns(
	health: ConnectorHealth,
): Pick<Insertable<ConnectorTable>, 'state' | 'state_problem' | 'checked_at' | 'latency_ms'> {
	return {
		state: health.state,
		state_problem: health.diagnosis === null ? null : JSON.stringify(health.diagnosis),
		checked_at: health.checkedAt?.getTime() ?? null,
		latency_ms: health.latencyMs === null ? null : Math.round(health.latencyMs),
	}
}

/** Of a credential that takes its place, and of the way to its site. */
export function credentialColumns(
	{ sealed, sealVersion, reach, credentialFrom, isRotated }: SealedCredential & CredentialOrigin,
	at: Date,
) {
	return {
		sealed,
		seal_version: sealVersion,
		transport: reach.transport,
		certificate_pin: reach.pin,
		edge_username: storableOrNull(reach.edge?.username ?? null),
		edge_sealed: reach.edge?.sealed ?? null,
		credential_from: credentialFrom,
		is_rotated: isRotated ? 1 : 0,
		...(credentialFrom === 'rotated' ? { rotated_at: at.getTime() } : {}),
	}
}
