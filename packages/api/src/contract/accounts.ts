import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { instant, language, proofMethod, revokeApplicationPasswords, role, signedIn } from './shapes.ts'

/** Names, passwords and the like are judged by the server, which says what is wrong; here only type and a hard bound. */
const text = z.string()
const newAccount = { email: text, username: text, password: text }

const me = z.object({
	account: z.object({
		id: z.string(),
		username: z.string(),
		email: z.string(),
		language: z.nullable(language),
		/** An authenticator app or a passkey. */
		hasSecondFactor: z.boolean(),
		hasAuthenticatorApp: z.boolean(),
	}),
	memberships: z.array(
		z.object({ memberId: z.string(), role, workspace: z.object({ id: z.string(), name: z.string() }) }),
	),
})
export type Me = z.output<typeof me>

const session = z.object({
	id: z.string(),
	isCurrent: z.boolean(),
	createdAt: instant,
	lastUsedAt: instant,
	ip: z.nullable(z.string()),
	userAgent: z.nullable(z.string()),
})
export type SessionDocument = z.output<typeof session>

export const getStatus = endpoint({
	method: 'GET',
	path: '/status',
	summary: 'Say whether Postern is set up, and how it runs',
	access: 'anybody',
	output: z.object({
		version: z.string(),
		setup: z.enum(['open', 'needs-token', 'closed']),
		environment: z.enum(['local', 'production']),
		/** Plain http outside loopback: sign-in works, and these are off. */
		isInsecure: z.boolean(),
		/** Where a browser can use passkeys; null: nowhere, because the address is a number or plain http. */
		passkeyOrigin: z.nullable(z.string()),
	}),
	problems: [],
})

export const setUp = endpoint({
	method: 'POST',
	path: '/setup',
	summary: 'Make the first account and its workspace, and sign in; closed for ever afterwards',
	access: 'anybody',
	body: z.strictObject({ ...newAccount, workspaceName: text, token: z.optional(text), language: z.optional(language) }),
	output: me,
	problems: [
		'request/not-found', // it is closed
		'setup/token-wrong',
		'account/username-malformed',
		'account/email-malformed',
		'account/password-too-short',
		'account/password-too-long',
		'account/password-common',
		'workspace/name-malformed',
		'account/throttled',
	],
})

export const signIn = endpoint({
	method: 'POST',
	path: '/session',
	summary: 'Sign in with username (or e-mail address) and password',
	access: 'anybody',
	body: z.strictObject({ username: text, password: text }),
	output: signedIn,
	problems: ['account/credentials-wrong', 'application-password/not-for-sign-in', 'account/throttled'],
})

export const signInSecondFactor = endpoint({
	method: 'POST',
	path: '/session/second-factor',
	summary: 'Finish signing in with a code of the authenticator app, or a recovery code',
	access: 'anybody',
	body: z.strictObject({ kind: z.enum(['totp', 'recovery-code']), code: text }),
	output: signedIn,
	problems: ['account/second-factor-wrong', 'account/session-required', 'account/throttled'],
})

export const findSecondStep = endpoint({
	method: 'GET',
	path: '/session/second-factor',
	summary: 'Say by what signing in can be finished',
	access: 'anybody',
	output: z.object({ methods: z.array(proofMethod) }),
	problems: ['account/session-required'],
})

export const signOut = endpoint({
	method: 'DELETE',
	path: '/session',
	summary: 'Sign out',
	access: 'signed-in',
	problems: [],
})

export const getMe = endpoint({
	method: 'GET',
	path: '/me',
	summary: 'Say who is signed in',
	access: 'signed-in',
	scope: 'any',
	output: me,
	problems: [],
})

export const updateMe = endpoint({
	method: 'PATCH',
	path: '/me',
	summary: 'Choose the language',
	access: 'signed-in',
	body: z.strictObject({ language: z.nullable(language) }),
	output: me,
	problems: [],
})

export const getDigest = endpoint({
	method: 'GET',
	path: '/me/digest',
	summary: 'Say whether I get what is new by e-mail, once a day',
	access: 'signed-in',
	/** Not available: this Postern sends no e-mails. */
	output: z.object({ isAvailable: z.boolean(), isOn: z.boolean() }),
	problems: [],
})

export const setDigest = endpoint({
	method: 'PUT',
	path: '/me/digest',
	summary: 'Switch the daily e-mail on or off',
	access: 'signed-in',
	body: z.strictObject({ isOn: z.boolean() }),
	problems: [],
})

export const listSessions = endpoint({
	method: 'GET',
	path: '/me/sessions',
	summary: 'List where this account is signed in',
	access: 'signed-in',
	output: z.object({ sessions: z.array(session) }),
	problems: [],
})

export const revokeSession = endpoint({
	method: 'DELETE',
	path: '/me/sessions/{sessionId}',
	summary: 'End one session',
	access: 'signed-in',
	problems: [],
})

export const revokeOtherSessions = endpoint({
	method: 'DELETE',
	path: '/me/sessions',
	summary: 'End all sessions but this one',
	access: 'signed-in',
	problems: [],
})

export const changePassword = endpoint({
	method: 'PUT',
	path: '/me/password',
	summary: 'Change the password; all other sessions end',
	access: 'signed-in',
	body: z.strictObject({ currentPassword: text, newPassword: text, revokeApplicationPasswords }),
	problems: [
		'account/credentials-wrong',
		'account/password-too-short',
		'account/password-too-long',
		'account/password-common',
		'account/throttled',
	],
})

export const startTwoFactor = endpoint({
	method: 'POST',
	path: '/me/two-factor',
	summary: 'Begin two-factor: make a seed for an authenticator app',
	access: 'signed-in',
	body: z.strictObject({ password: text }),
	output: z.object({
		/** `otpauth://` address, for the picture. */
		uri: z.string(),
		/** The same seed to type, base32. */
		secret: z.string(),
	}),
	problems: [
		'account/credentials-wrong',
		'account/two-factor-state',
		'account/step-up-required', // it has another second factor
		'account/throttled',
	],
})

export const confirmTwoFactor = endpoint({
	method: 'POST',
	path: '/me/two-factor/confirm',
	summary: 'Switch the authenticator app on by proving a first code; gives the first recovery codes, once',
	access: 'signed-in',
	body: z.strictObject({ code: text, revokeApplicationPasswords }),
	output: z.object({ recoveryCodes: z.array(z.string()) }),
	problems: ['account/second-factor-wrong', 'account/two-factor-state', 'account/throttled'],
})

export const replaceRecoveryCodes = endpoint({
	method: 'POST',
	path: '/me/two-factor/recovery-codes',
	summary: 'Make new recovery codes; the old ones stop working',
	access: 'signed-in',
	output: z.object({ recoveryCodes: z.array(z.string()) }),
	problems: ['account/step-up-required', 'account/two-factor-state'],
})

export const stopTwoFactor = endpoint({
	method: 'POST',
	path: '/me/two-factor/disable',
	summary: 'Forget the authenticator app; without a passkey, two-factor is off then',
	access: 'signed-in',
	problems: ['account/step-up-required', 'account/two-factor-state'],
})

export const readRecoveryLink = endpoint({
	method: 'POST',
	path: '/recovery/read',
	summary: 'Say whose recovery link this is',
	access: 'anybody',
	body: z.strictObject({ token: text }),
	output: z.object({ username: z.string(), hasSecondFactor: z.boolean(), expiresAt: instant }),
	problems: ['recovery-link/invalid', 'account/throttled'],
})

export const recoverAccount = endpoint({
	method: 'POST',
	path: '/recovery',
	summary: 'Set a new password with a one-time recovery link; all sessions end',
	access: 'anybody',
	body: z.strictObject({ token: text, newPassword: text, removeSecondFactor: z.boolean() }),
	problems: [
		'recovery-link/invalid',
		'account/password-too-short',
		'account/password-too-long',
		'account/password-common',
		'account/throttled',
	],
})

export const readInvitation = endpoint({
	method: 'POST',
	path: '/invitations/read',
	summary: 'Say what an invitation link offers',
	access: 'anybody',
	body: z.strictObject({ token: text }),
	output: z.object({ workspaceName: z.string(), role, invitedBy: z.string(), expiresAt: instant }),
	problems: ['invitation/invalid', 'account/throttled'],
})

export const acceptInvitation = endpoint({
	method: 'POST',
	path: '/invitations/accept',
	summary: 'Join the workspace: with a new account, or as who is signed in',
	access: 'anybody',
	body: z.strictObject({ token: text, account: z.optional(z.strictObject(newAccount)) }),
	output: me,
	problems: [
		'invitation/invalid',
		'account/session-required',
		'account/username-malformed',
		'account/username-taken',
		'account/email-malformed',
		'account/email-taken',
		'account/password-too-short',
		'account/password-too-long',
		'account/password-common',
		'account/throttled',
	],
})
