import type { AuditEvent, Role, WebhookEvent } from '@postern/vocabulary'
import type { Generated } from 'kysely'
import type { ChallengePurpose } from './challenge-purpose.ts'
import type { Transport } from '@postern/wp-client'
import type { CheckedState, CredentialSource } from './connector/connector.ts'

// The tables as they lie in the store. Times are milliseconds, lists and objects are JSON text; `null` means "not known" or "does not apply".

/** Of two-factor and the API: each account decides, or one rule for all. */
export type ApiLoginRule = 'each-decides' | 'allowed' | 'refused'

type WorkspaceTable = { id: string; name: string; created_at: number; api_login_rule: Generated<ApiLoginRule> }

type MemberTable = {
	id: string
	workspace_id: string
	account_id: string
	role: Role
	created_at: number
	/** 0 or 1; null: not decided. */
	api_login: number | null
}

type InvitationTable = {
	id: string
	workspace_id: string
	token_hash: string
	role: Role
	label: string
	created_by: string
	created_at: number
	expires_at: number
	accepted_at: number | null
	accepted_by: string | null
}

type RecoveryLinkTable = {
	id: string
	account_id: string
	token_hash: string
	created_by: string | null
	created_at: number
	expires_at: number
	used_at: number | null
}

type DataKeyTable = {
	id: string
	workspace_id: string
	kek_id: string
	wrapped: Uint8Array
	created_at: number
}

type InstallationTable = { key: string; value: string }

export type ConnectorTable = {
	id: string
	workspace_id: string
	type: string
	phase: 'draft' | 'saved'
	name: string
	name_search: string
	host: string
	host_search: string
	site_url: string
	site_origin: string
	site_title: string
	home_url: string
	api_root_url: string
	api_root_style: 'path' | 'query'
	authorization_endpoint: string | null
	admin_url: string
	wordpress_version: string | null
	site_username: string
	site_user_id: number
	site_display_name: string
	roles: string
	permissions: string
	capabilities: string
	password_uuid: string | null
	password_name: string | null
	notes: string
	sealed: Uint8Array
	seal_version: number
	state: CheckedState
	state_problem: string | null
	checked_at: number | null
	latency_ms: number | null
	created_by: string
	created_at: number
	updated_at: number
	expires_at: number | null
	row_version: number
	/** Its name in addresses of the gateway. */
	slug: string
	namespaces: string
	post_types: string
	taxonomies: string
	/** 0 or 1. */
	is_paused: Generated<number>
	/** How often the site refused the site credential since it last took it. */
	rejected_logins: Generated<number>
	tags: Generated<string>
	transport: Generated<Transport>
	certificate_pin: string | null
	edge_username: string | null
	edge_sealed: Uint8Array | null
	credential_from: Generated<CredentialSource>
	/** 0: it travelled in an address, and nothing has taken its place yet. */
	is_rotated: Generated<number>
	rotate_every_days: number | null
	rotated_at: number | null
	/** Why the last rotation left the password as it is. */
	rotation_problem: string | null
	rotation_tried_at: number | null
	/** When the first of the checks that failed in a row did; null: the last one did not. */
	failing_since: number | null
	/** How many failed in a row. */
	failures: Generated<number>
}

type ConnectorCheckTable = {
	connector_id: string
	at: number
	state: CheckedState
	/** Of the problem; null: none. */
	code: string | null
	latency_ms: number | null
}

type JobTable = {
	id: string
	kind: string
	/** One job of a kind has it. */
	key: string
	workspace_id: string | null
	connector_id: string | null
	/** Of those that share it only so many run at once. */
	lane: string | null
	/** While it is leased: when the lease ends. */
	run_at: number
	/** Asked for while it was leased. */
	again_at: number | null
	/** How often it was begun since it last succeeded. */
	attempts: number
	lease_token: string | null
	payload: string
	created_at: number
}

/** Slugs that are in use, or were. */
type ConnectorSlugTable = { slug: string; connector_id: string; released_at: number | null }

/** `tag_key` is what tells tags apart, folded. */
type ConnectorTagTable = { workspace_id: string; tag_key: string; connector_id: string; tag: string }

/** `hash` is that of the newest entry; null: none is chained yet. */
type AuditCounterTable = { scope: string; seq: number; hash: string | null }

export type AccessDecision = 'permitted' | 'refused'

export type AuditEventTable = {
	id: string
	workspace_id: string | null
	seq: number
	at: number
	event: AuditEvent
	actor_kind: 'member' | 'caller' | 'postern' | 'visitor' | 'operator'
	actor_id: string | null
	actor_name: string | null
	target_kind: string | null
	target_id: string | null
	target_name: string | null
	params: string
	request_id: string | null
	password_uuid: string | null
	password_name: string | null
	connector_id: string | null
	decision: AccessDecision | null
	/** Of a request through the gateway. */
	access: string | null
	/** The number of the entry whose end this tells; null where it tells of something that begins. */
	finishes: number | null
	/** Null: recorded before entries were chained. */
	hash: string | null
}

/** How often an application password reached a connector on a day, which counts from 1970-01-01 (UTC). */
type PasswordUsageTable = {
	uuid: string
	day: number
	connector_id: string
	permitted: number
	refused: number
	/** Of those permitted. */
	writes: number
}

/** The columns of the account library's table that the store reads itself; everything else there is the library's. */
type AuthUserTable = {
	id: string
	/** In lower case. */
	username: string | null
	/** As it was typed. */
	displayUsername: string | null
	email: string
	twoFactorEnabled: boolean | number | null
	language: string | null
	createdAt: Date | string
}

export type AccountKind = 'person' | 'machine'

type AccountProfileTable = {
	/** The account's id as WordPress clients know it. */
	number: Generated<number>
	account_id: string
	kind: AccountKind
	/** 0 or 1. */
	wants_digest: Generated<number>
	/** They were told by e-mail of all notices until then. */
	digest_until: number | null
}

export type ApplicationPasswordTable = {
	position: Generated<number>
	uuid: string
	member_id: string
	workspace_id: string
	app_id: string
	name: string
	hash: string
	/** 1: the hash cannot be looked up; it came from WordPress. */
	is_imported: number
	grants: string
	addresses: string
	requests_per_minute: number | null
	created_at: number
	/** The account and its name; null where it was the owner. */
	created_by: string | null
	created_by_name: string | null
	is_second_factor_proven: number
	expires_at: number | null
	is_expiry_noticed: number
	last_used_at: number | null
	last_ip: string | null
	seen_at: number | null
	seen_ip: string | null
}

type ApplicationPasswordAddressTable = { uuid: string; ip: string; first_used_at: number }

export type NoticeKind =
	| 'password-created'
	| 'password-used-from-new-address'
	| 'password-about-to-expire'
	| 'connector-needs-attention'
	| 'connector-unreachable'
	| 'connector-recovered'
	| 'connector-connected-by-link'
	| 'webhook-disabled'

export type NoticeTable = {
	id: string
	recipient_id: string
	kind: NoticeKind
	at: number
	/** Who owns the password; of a connector or a webhook: who is told. */
	member_id: string
	/** The password’s, the connector’s or the webhook’s id. */
	uuid: string
	name: string
	params: string
}

type SecondFactorUseTable = { account_id: string; last_step: number }

type RecoveryCodeTable = { account_id: string; code_hash: string }

type PasskeyTable = {
	id: string
	account_id: string
	credential_id: string
	public_key: Uint8Array
	counter: number
	transports: string
	name: string
	created_at: number
	last_used_at: number | null
}

type PasskeyChallengeTable = {
	token_hash: string
	purpose: ChallengePurpose
	challenge: string
	account_id: string | null
	session_id: string | null
	expires_at: number
}

type AuthorizeRequestTable = {
	id_hash: string
	query: string
	user_number: number
	session_id: string
	token_hash: string
	shown_at: number
}

/** Somebody is on the way to a site, to approve of us there. */
export type SiteApprovalTable = {
	state_hash: string
	workspace_id: string
	account_id: string
	session_hash: string
	type: string
	address: string
	site: string
	certificate_pin: string | null
	app_name: string
	connector_id: string | null
	created_at: number
	expires_at: number
	used_at: number | null
	outcome: string | null
	password_hash: string | null
	again_at: number | null
	again_hash: string | null
	again: string | null
}

/**
 * `named`: a password of that name is, or may be, made at the site. `created`: we have it. `switched`: the connector has it, and
 * the old ones go. `leaving`: the connector goes, and its password with it.
 */
export type RotationPhase = 'named' | 'created' | 'switched' | 'leaving'

export type ConnectorRotationTable = {
	connector_id: string
	workspace_id: string
	phase: RotationPhase
	seal_version: number
	new_name: string | null
	new_uuid: string | null
	new_sealed: Uint8Array | null
	new_edge_sealed: Uint8Array | null
	old_uuids: string
	asked_by: string | null
	started_at: number
	attempts: number
	run_at: number
	lease_token: string | null
	leased_until: number
}

/** Asks the owner of one site to connect it. */
type ConnectLinkTable = {
	id: string
	workspace_id: string
	token_hash: string
	type: string
	/** As it was typed. */
	address: string
	host: string
	/** Reconnects this one in place. */
	connector_id: string | null
	created_by: string
	created_at: number
	expires_at: number
	used_at: number | null
	revoked_at: number | null
}

type WebhookTable = {
	id: string
	workspace_id: string
	url: string
	events: string
	secret_sealed: Uint8Array
	/** Its seal is bound to it. */
	secret_version: number
	/** The secret before, which signs too until then. */
	previous_sealed: Uint8Array | null
	previous_until: number | null
	created_by: string
	created_at: number
	disabled_at: number | null
	/** When the first of the deliveries that failed in a row did; null: the last one did not. */
	failing_since: number | null
	last_at: number | null
	last_status: number | null
	last_code: string | null
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed'

type WebhookDeliveryTable = {
	id: string
	webhook_id: string
	event: WebhookEvent
	body: string
	created_at: number
	state: DeliveryState
	attempts: number
	last_at: number | null
	last_status: number | null
	last_code: string | null
}

export type StoreSchema = {
	connect_link: ConnectLinkTable
	webhook: WebhookTable
	webhook_delivery: WebhookDeliveryTable
	site_approval: SiteApprovalTable
	connector_rotation: ConnectorRotationTable
	workspace: WorkspaceTable
	member: MemberTable
	invitation: InvitationTable
	recovery_link: RecoveryLinkTable
	data_key: DataKeyTable
	installation: InstallationTable
	connector: ConnectorTable
	connector_slug: ConnectorSlugTable
	connector_tag: ConnectorTagTable
	connector_check: ConnectorCheckTable
	job: JobTable
	audit_counter: AuditCounterTable
	audit_event: AuditEventTable
	password_usage: PasswordUsageTable
	auth_user: AuthUserTable
	second_factor_use: SecondFactorUseTable
	recovery_code: RecoveryCodeTable
	passkey: PasskeyTable
	passkey_challenge: PasskeyChallengeTable
	authorize_request: AuthorizeRequestTable
	account_profile: AccountProfileTable
	application_password: ApplicationPasswordTable
	application_password_address: ApplicationPasswordAddressTable
	notice: NoticeTable
}
