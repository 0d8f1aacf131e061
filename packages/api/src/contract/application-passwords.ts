import { presetNames } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { activityEntry, instant, role, scope } from './shapes.ts'

/** `all`: every connector of the workspace, also later ones; else their ids. */
const connectors = z.union([z.literal('all'), z.array(z.string())])

const grants = {
	preset: z.nullable(z.enum(presetNames)),
	/** As they were granted. */
	scopes: z.array(scope),
	connectors,
	/** Addresses and networks (CIDR); empty: from anywhere. */
	addresses: z.array(z.string()),
	requestsPerMinute: z.nullable(z.number()),
	writesPerDay: z.nullable(z.number()),
}

const applicationPassword = z.object({
	uuid: z.string(),
	appId: z.string(),
	name: z.string(),
	...grants,
	/** What they come to with the role that its owner has now. */
	effectiveScopes: z.array(scope),
	createdAt: instant,
	/** Who made it, where that was not its owner. */
	createdBy: z.nullable(z.string()),
	lastUsedAt: z.nullable(instant),
	lastIp: z.nullable(z.string()),
	expiresAt: z.nullable(instant),
	isExpired: z.boolean(),
	/** Whether its maker had proven a second factor. */
	issuedWithSecondFactor: z.boolean(),
})
export type ApplicationPasswordDocument = z.output<typeof applicationPassword>

/** The secret is in no other answer. */
const issued = z.object({
	applicationPassword,
	/** In groups of four. */
	password: z.string(),
	/** For `curl --user`. */
	username: z.string(),
})
export type IssuedDocument = z.output<typeof issued>

const newApplicationPassword = z.strictObject({
	name: z.string(),
	appId: z.optional(z.string()),
	preset: z.optional(z.nullable(z.enum(presetNames))),
	/** Without any, those of the preset, as far as the owner's role reaches. */
	scopes: z.optional(z.array(z.string())),
	connectors: z.optional(connectors),
	addresses: z.optional(z.array(z.string())),
	requestsPerMinute: z.optional(z.nullable(z.number())),
	writesPerDay: z.optional(z.nullable(z.number())),
	expiresAt: z.optional(z.nullable(instant)),
	/** *Everything* wants to be confirmed. */
	confirmEverything: z.optional(z.boolean()),
})

const members = '/workspaces/{workspaceId}/members/{memberId}'

/** Of two-factor and the API: each account decides, or one rule for all. */
const apiLoginRule = z.enum(['each-decides', 'allowed', 'refused'])

const profile = z.object({
	memberId: z.string(),
	accountId: z.string(),
	kind: z.enum(['person', 'machine']),
	username: z.string(),
	/** Null for machines. */
	email: z.nullable(z.string()),
	role,
	/** As WordPress clients see this account. */
	wordpressId: z.number(),
	hasSecondFactor: z.boolean(),
	joinedAt: instant,
	/** `two_factor_user_api_login_enable`; null: as the workspace says. */
	apiLogin: z.nullable(z.boolean()),
	apiLoginRule,
	/** What the two come to; always true without a second factor. */
	isApiLoginAllowed: z.boolean(),
	/** Scopes that this role may grant. */
	issuableScopes: z.array(scope),
	mayManage: z.boolean(),
})
export type ProfileDocument = z.output<typeof profile>

export const getProfile = endpoint({
	method: 'GET',
	path: members,
	summary: 'Read the profile of a member',
	access: 'viewer',
	scope: 'postern:passwords:read',
	output: profile,
	problems: [],
})

export const setApiLogin = endpoint({
	method: 'PUT',
	path: `${members}/api-login`,
	summary: 'Decide whether API requests are allowed while two-factor is on; for oneself, or as an owner',
	access: 'viewer',
	body: z.strictObject({ allowed: z.nullable(z.boolean()) }),
	output: profile,
	problems: ['account/step-up-required', 'role/insufficient'],
})

export const setApiLoginRule = endpoint({
	method: 'PUT',
	path: '/workspaces/{workspaceId}/api-login',
	summary: 'Decide for all members whether API requests are allowed while two-factor is on',
	access: 'owner',
	body: z.strictObject({ rule: apiLoginRule }),
	problems: ['account/step-up-required'],
})

export const listApplicationPasswords = endpoint({
	method: 'GET',
	path: `${members}/application-passwords`,
	summary: 'List the application passwords of a member: one’s own, or as an owner anybody’s; never a secret',
	access: 'viewer',
	scope: 'postern:passwords:read',
	output: z.object({ applicationPasswords: z.array(applicationPassword) }),
	problems: ['role/insufficient'],
})

export const createApplicationPassword = endpoint({
	method: 'POST',
	path: `${members}/application-passwords`,
	summary: 'Add an application password; its secret is shown in this answer only',
	access: 'viewer',
	scope: 'postern:passwords:manage',
	body: newApplicationPassword,
	output: issued,
	problems: [
		'account/step-up-required',
		'role/insufficient',
		'application-password/name-required',
		'application-password/name-too-long',
		'application-password/app-id-malformed',
		'application-password/scope-unknown',
		'application-password/scope-not-offered',
		'application-password/scope-beyond-role',
		'application-password/scope-beyond-caller',
		'application-password/everything-unconfirmed',
		'application-password/connector-unknown',
		'application-password/address-malformed',
		'application-password/expiry-past',
		'application-password/quota',
		'request/number-range',
	],
})

export const renameApplicationPassword = endpoint({
	method: 'PATCH',
	path: `${members}/application-passwords/{uuid}`,
	summary: 'Rename an application password; its secret goes on working',
	access: 'viewer',
	scope: 'postern:passwords:manage',
	body: z.strictObject({ name: z.string() }),
	output: applicationPassword,
	problems: [
		'role/insufficient',
		'application-password/name-required',
		'application-password/name-too-long',
		'application-password/scope-beyond-caller',
	],
})

export const replaceApplicationPassword = endpoint({
	method: 'POST',
	path: `${members}/application-passwords/{uuid}/replace`,
	summary: 'Make a new secret with the same name, scopes and expiry; the old one ends now or after up to seven days',
	access: 'viewer',
	body: z.strictObject({ overlapDays: z.number() }),
	output: issued,
	problems: [
		'account/step-up-required',
		'role/insufficient',
		'application-password/scope-beyond-role',
		'application-password/expiry-past', // it has ended already
		'application-password/quota',
		'request/number-range',
	],
})

export const revokeApplicationPassword = endpoint({
	method: 'DELETE',
	path: `${members}/application-passwords/{uuid}`,
	summary: 'Revoke an application password; the next request with it is refused',
	access: 'viewer',
	scope: 'postern:passwords:manage',
	problems: ['role/insufficient'],
})

export const revokeAllApplicationPasswords = endpoint({
	method: 'DELETE',
	path: `${members}/application-passwords`,
	summary: 'Revoke all application passwords of a member in this workspace',
	access: 'viewer',
	scope: 'postern:passwords:manage',
	output: z.object({ count: z.number() }),
	problems: ['role/insufficient'],
})

const owner = z.object({
	memberId: z.string(),
	username: z.string(),
	kind: z.enum(['person', 'machine']),
	role,
})

const inventoryEntry = z.object({ applicationPassword, owner })
export type InventoryEntry = z.output<typeof inventoryEntry>

export const listInventory = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/application-passwords',
	summary: 'List all application passwords of the workspace, newest first; never a secret',
	access: 'owner',
	scope: 'postern:passwords:read',
	query: z.object({ cursor: z.optional(z.string()), limit: z.optional(z.string()), search: z.optional(z.string()) }),
	output: z.object({ entries: z.array(inventoryEntry), nextCursor: z.nullable(z.string()) }),
	problems: [],
})

const passwordUsage = z.object({
	password: z.object({ uuid: z.string(), name: z.string(), owner }),
	/** Every day (UTC) up to today, the oldest first, also those without any. */
	days: z.array(z.object({ day: z.iso.date(), permitted: z.number(), refused: z.number(), writes: z.number() })),
	/** Those it was used for on these days, the most used first. */
	connectors: z.array(z.object({ id: z.string(), name: z.string(), count: z.number() })),
	/** Since midnight (UTC) on all connectors, as they count against its limit. */
	writesToday: z.number(),
	writesPerDay: z.nullable(z.number()),
	/** Its latest requests, the newest first. */
	recent: z.array(activityEntry),
})
export type PasswordUsageDocument = z.output<typeof passwordUsage>

export const getPasswordUsage = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/application-passwords/{uuid}/usage',
	summary: 'Read what an application password was used for: one’s own, or as an owner anybody’s',
	access: 'viewer',
	scope: 'postern:passwords:read',
	/** 30 days without. */
	query: z.object({ days: z.optional(z.enum(['7', '30', '90'])) }),
	output: passwordUsage,
	problems: [],
})

export const createMachine = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/machines',
	summary: 'Add a machine account: a name without a sign-in, which owns passwords of servers and agents',
	access: 'owner',
	body: z.strictObject({ username: z.string(), role }),
	output: profile,
	problems: ['account/username-malformed', 'account/username-taken', 'account/step-up-required'],
})

const notice = z.object({
	id: z.string(),
	kind: z.enum([
		'password-created',
		'password-used-from-new-address',
		'password-about-to-expire',
		'connector-needs-attention',
		'connector-unreachable',
		'connector-recovered',
		'connector-connected-by-link',
		'webhook-disabled',
	]),
	at: instant,
	/** Who owns the password; of a connector or a webhook: who is told. */
	memberId: z.string(),
	/** The password’s, the connector’s or the webhook’s id. */
	uuid: z.string(),
	name: z.string(),
	/** `actor`, `ip`, `expiresAt`, `code`: what the sentence of its kind uses. */
	params: z.record(z.string(), z.string()),
})
export type NoticeDocument = z.output<typeof notice>

export const listNotices = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/notices',
	summary: 'List what one should know of one’s application passwords and connectors and has not dismissed',
	access: 'viewer',
	output: z.object({ notices: z.array(notice) }),
	problems: [],
})

export const dismissNotice = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/notices/{noticeId}',
	summary: 'Dismiss a notice',
	access: 'viewer',
	problems: [],
})
