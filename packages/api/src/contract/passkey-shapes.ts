import * as z from 'zod/mini'
import { instant } from './shapes.ts'

// As browsers write them in JSON (WebAuthn §5.1.8 to §5.1.10): bytes are base64url.

const bytes = z.string().check(z.maxLength(16_384))
const knownCredential = z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) })

export const passkeyCreation = z.object({
	rp: z.object({ id: z.string(), name: z.string() }),
	user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
	challenge: z.string(),
	pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
	timeout: z.number(),
	excludeCredentials: z.array(knownCredential),
	authenticatorSelection: z.object({
		residentKey: z.literal('required'),
		requireResidentKey: z.boolean(),
		userVerification: z.literal('required'),
	}),
	attestation: z.literal('none'),
})
export type PasskeyCreationDocument = z.output<typeof passkeyCreation>

export const passkeyRequest = z.object({
	challenge: z.string(),
	rpId: z.string(),
	timeout: z.number(),
	userVerification: z.literal('required'),
	/** Empty: whichever the device has for this place. */
	allowCredentials: z.array(knownCredential),
})
export type PasskeyRequestDocument = z.output<typeof passkeyRequest>

export const passkeyAttestation = z.strictObject({
	id: bytes,
	rawId: bytes,
	type: z.literal('public-key'),
	response: z.strictObject({
		clientDataJSON: bytes,
		attestationObject: bytes,
		transports: z.optional(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(16))),
	}),
})
export type PasskeyAttestationDocument = z.output<typeof passkeyAttestation>

export const passkeyAssertion = z.strictObject({
	id: bytes,
	rawId: bytes,
	type: z.literal('public-key'),
	response: z.strictObject({
		clientDataJSON: bytes,
		authenticatorData: bytes,
		signature: bytes,
		userHandle: z.optional(bytes),
	}),
})
export type PasskeyAssertionDocument = z.output<typeof passkeyAssertion>

export const passkey = z.object({
	id: z.string(),
	name: z.string(),
	createdAt: instant,
	lastUsedAt: z.nullable(instant),
})
export type PasskeyDocument = z.output<typeof passkey>
