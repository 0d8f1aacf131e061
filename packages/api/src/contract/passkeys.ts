import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { passkey, passkeyAssertion, passkeyAttestation, passkeyCreation, passkeyRequest } from './passkey-shapes.ts'
import { instant, proofMethod, revokeApplicationPasswords, signedIn } from './shapes.ts'

const proof = z.object({
	/** Null: what asks for it answers `account/step-up-required`. */
	freshUntil: z.nullable(instant),
	/** What the account has, the strongest first. */
	methods: z.array(proofMethod),
})
export type ProofDocument = z.output<typeof proof>

export const startPasskeySecondFactor = endpoint({
	method: 'POST',
	path: '/session/second-factor/passkey/options',
	summary: 'Ask for a passkey to finish signing in',
	access: 'anybody',
	output: passkeyRequest,
	problems: ['account/session-required', 'account/passkey-unavailable', 'account/throttled'],
})

export const signInSecondFactorPasskey = endpoint({
	method: 'POST',
	path: '/session/second-factor/passkey',
	summary: 'Finish signing in with a passkey',
	access: 'anybody',
	body: passkeyAssertion,
	output: signedIn,
	problems: ['account/passkey-refused', 'account/session-required', 'account/passkey-unavailable', 'account/throttled'],
})

export const startPasskeySignIn = endpoint({
	method: 'POST',
	path: '/session/passkey/options',
	summary: 'Ask for a passkey to sign in with; nobody says first who they are',
	access: 'anybody',
	output: passkeyRequest,
	problems: ['account/passkey-unavailable', 'account/throttled'],
})

export const signInWithPasskey = endpoint({
	method: 'POST',
	path: '/session/passkey',
	summary: 'Sign in with a passkey: password and second factor in one',
	access: 'anybody',
	body: passkeyAssertion,
	output: signedIn,
	problems: ['account/passkey-refused', 'account/passkey-unavailable', 'account/throttled'],
})

export const getProof = endpoint({
	method: 'GET',
	path: '/me/step-up',
	summary: 'Say whether this session was proven within ten minutes, and by what it can be proven again',
	access: 'signed-in',
	output: proof,
	problems: [],
})

export const stepUp = endpoint({
	method: 'POST',
	path: '/me/step-up',
	summary: 'Prove again who you are; with a second factor the password alone does not',
	access: 'signed-in',
	body: z.strictObject({ kind: z.enum(['password', 'totp', 'recovery-code']), code: z.string() }),
	output: proof,
	problems: [
		'account/step-up-required', // that is not strong enough for this account
		'account/credentials-wrong',
		'account/second-factor-wrong',
		'account/throttled',
	],
})

export const startPasskeyStepUp = endpoint({
	method: 'POST',
	path: '/me/step-up/passkey/options',
	summary: 'Ask for a passkey to prove again who you are',
	access: 'signed-in',
	output: passkeyRequest,
	problems: ['account/passkey-unavailable', 'account/throttled'],
})

export const stepUpWithPasskey = endpoint({
	method: 'POST',
	path: '/me/step-up/passkey',
	summary: 'Prove again who you are with a passkey',
	access: 'signed-in',
	body: passkeyAssertion,
	output: proof,
	problems: ['account/passkey-refused', 'account/passkey-unavailable', 'account/throttled'],
})

export const listPasskeys = endpoint({
	method: 'GET',
	path: '/me/passkeys',
	summary: 'List the passkeys of this account',
	access: 'signed-in',
	output: z.object({ passkeys: z.array(passkey) }),
	problems: [],
})

export const startPasskey = endpoint({
	method: 'POST',
	path: '/me/passkeys/options',
	summary: 'Begin a passkey: what the browser needs to make it',
	access: 'signed-in',
	output: passkeyCreation,
	problems: [
		'account/step-up-required',
		'account/passkey-limit',
		'account/passkey-unavailable',
		'account/session-required',
		'account/throttled',
	],
})

export const addPasskey = endpoint({
	method: 'POST',
	path: '/me/passkeys',
	summary: 'Keep the passkey that the browser made; all other sessions end',
	access: 'signed-in',
	body: z.strictObject({ name: z.string(), answer: passkeyAttestation, revokeApplicationPasswords }),
	output: z.object({
		passkey,
		/** Shown once, with the first second factor; null if there are some already. */
		recoveryCodes: z.nullable(z.array(z.string())),
	}),
	problems: ['account/passkey-refused', 'account/passkey-name-malformed', 'account/passkey-unavailable'],
})

export const renamePasskey = endpoint({
	method: 'PATCH',
	path: '/me/passkeys/{passkeyId}',
	summary: 'Rename a passkey',
	access: 'signed-in',
	body: z.strictObject({ name: z.string() }),
	problems: ['account/passkey-name-malformed'],
})

export const removePasskey = endpoint({
	method: 'DELETE',
	path: '/me/passkeys/{passkeyId}',
	summary: 'Remove a passkey; all other sessions end',
	access: 'signed-in',
	problems: ['account/step-up-required'],
})
