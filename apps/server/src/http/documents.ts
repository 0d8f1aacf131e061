import type { ActivityEntry, ConnectorDocument, PostDocument, SiteDocument } from '@postern/api/contract'
import type { PostSummary } from '../connectors/connector-type.ts'
import { platformOf } from '../connectors/registry.ts'
import { scopesOfferedBy } from '../flows/offered-scopes.ts'
import type { SiteFailure } from '../flows/site-failure.ts'
import { gatewayUrl, type GatewayAddress } from '../wire/gateway-address.ts'
import type { AuditAccess, RecordedAuditEntry } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import { diagnosisDocument } from './diagnosis-document.ts'
import type { ApiProblem } from './problem-response.ts'

// The contract's arrays are mutable, as zod makes them; ours are not. Hence the copies.

export function siteProblem({ site, ...problem }: SiteFailure): ApiProblem {
	return site === undefined ? problem : { ...problem, site }
}

export function connectorDocument(connector: Connector, gateway: GatewayAddress): ConnectorDocument {
	const { site, account, diagnosis, slug } = connector
	const isWordPress = platformOf(connector.type) === 'WordPress'
	return {
		id: connector.id,
		type: connector.type,
		phase: connector.phase,
		name: connector.name,
		slug,
		gatewayUrl: gatewayUrl(gateway, slug),
		hasOwnHost: gateway.kind === 'hosts',
		site: {
			url: site.url,
			host: site.host,
			title: site.title,
			apiRoot: site.apiRootUrl,
			apiStyle: site.apiRootStyle,
			applicationPasswords: 'on',
			authorizationEndpoint: site.authorizationEndpoint,
			adminUrl: site.adminUrl,
			version: site.wordpressVersion,
			wordpressVersion: isWordPress ? site.wordpressVersion : null,
			notes: noteDocuments(connector.notes),
		},
		namespaces: [...site.namespaces],
		postTypes: [...site.postTypes],
		offeredScopes: [...scopesOfferedBy(connector)],
		account: { ...account, roles: [...account.roles] },
		permissions: [...connector.permissions],
		applicationPassword: connector.applicationPassword,
		notes: noteDocuments(connector.notes),
		transport: connector.transport,
		hasEdgeLogin: connector.edgeUsername !== null,
		certificatePin: connector.certificatePin,
		credentialFrom: connector.credentialFrom,
		isRotated: connector.isRotated,
		rotateEveryDays: connector.rotateEveryDays,
		rotatedAt: connector.rotatedAt?.toISOString() ?? null,
		rotationProblem: connector.rotationProblem,
		tags: [...connector.tags],
		createdBy: connector.ownerName === null ? null : { id: connector.createdBy, name: connector.ownerName },
		state: connector.state,
		diagnosis: diagnosis && diagnosisDocument(diagnosis),
		checkedAt: connector.checkedAt?.toISOString() ?? null,
		latencyMs: connector.latencyMs,
		createdAt: connector.createdAt.toISOString(),
		expiresAt: connector.expiresAt?.toISOString() ?? null,
	}
}

export function postDocument(post: PostSummary): PostDocument {
	const isDated = post.status === 'publish' || post.status === 'future'
	const at = isDated ? (post.date ?? post.modified) : (post.modified ?? post.date)
	return {
		id: post.id,
		title: post.title,
		status: post.status,
		url: post.link ?? null,
		at: at?.toISOString() ?? null,
	}
}

export function activityDocument(entry: RecordedAuditEntry): ActivityEntry {
	return {
		id: entry.id,
		at: entry.at.toISOString(),
		event: entry.event,
		actor: { kind: entry.actor.kind, name: entry.actor.name },
		target: entry.target,
		params: { ...entry.params },
		access: entry.access && accessDocument(entry.access),
	}
}

/** What members see of a request: not from where it came. */
function accessDocument({ isWrite: _isWrite, ip: _ip, ...access }: AuditAccess): NonNullable<ActivityEntry['access']> {
	return access
}

function noteDocuments(notes: Connector['notes']): SiteDocument['notes'] {
	return notes.map(({ code, params }) => ({ code, params: { ...params } }))
}
