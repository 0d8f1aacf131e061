import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type {
	PasskeyAssertionDocument,
	PasskeyAttestationDocument,
	PasskeyCreationDocument,
	PasskeyRequestDocument,
} from '@postern/api/contract'

/** What an honest device and browser would have done otherwise. */
export type Lies = {
	readonly origin?: string
	readonly rpId?: string
	readonly challenge?: string
	readonly type?: string
	readonly isVerified?: boolean
	readonly counter?: number
	/** Undefined: none. */
	readonly userHandle?: string | undefined
	readonly id?: string
	readonly signature?: string
}

export type Authenticator = {
	make(creation: PasskeyCreationDocument, lies?: Lies): PasskeyAttestationDocument
	answer(request: PasskeyRequestDocument, lies?: Lies): PasskeyAssertionDocument
}

/** A device with one ES256 passkey, and the browser around it (WebAuthn §6.1, §6.5; COSE keys RFC 9053 §7.1). */
export function createAuthenticator(origin = 'http://localhost:4600'): Authenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	const id = randomBytes(24).toString('base64url')
	let owner: string | undefined
	let counter = 0

	const clientData = (type: string, challenge: string, lies: Lies) =>
		Buffer.from(
			JSON.stringify({
				type: lies.type ?? type,
				challenge: lies.challenge ?? challenge,
				origin: lies.origin ?? origin,
			}),
		)
	const authenticatorData = (rpId: string, lies: Lies, attested = Buffer.alloc(0)) => {
		const flags = 0x01 | (lies.isVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0)
		const counted = Buffer.alloc(5)
		counted.writeUInt8(flags)
		counted.writeUInt32BE(lies.counter ?? (counter += 1), 1)
		const rpIdHash = createHash('sha256')
			.update(lies.rpId ?? rpId)
			.digest()
		return Buffer.concat([rpIdHash, counted, attested])
	}

	return {
		make({ challenge, rp, user }, lies = {}) {
			owner = user.id
			const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
			const cose = Buffer.concat([
				Buffer.from('a5010203262001215820', 'hex'),
				Buffer.from(x, 'base64url'),
				Buffer.from('225820', 'hex'),
				Buffer.from(y, 'base64url'),
			])
			const rawId = Buffer.from(id, 'base64url')
			const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, cose])
			const data = authenticatorData(rp.id, lies, attested)
			const attestation = Buffer.concat([
				Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
				Buffer.from([data.length]),
				data,
			])
			return {
				id,
				rawId: id,
				type: 'public-key',
				response: {
					clientDataJSON: clientData('webauthn.create', challenge, lies).toString('base64url'),
					attestationObject: attestation.toString('base64url'),
					transports: ['internal'],
				},
			}
		},

		answer({ challenge, rpId }, lies = {}) {
			const data = authenticatorData(rpId, lies)
			const client = clientData('webauthn.get', challenge, lies)
			const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
			const userHandle = 'userHandle' in lies ? lies.userHandle : owner
			return {
				id: lies.id ?? id,
				rawId: lies.id ?? id,
				type: 'public-key',
				response: {
					clientDataJSON: client.toString('base64url'),
					authenticatorData: data.toString('base64url'),
					signature: lies.signature ?? sign('sha256', signed, privateKey).toString('base64url'),
					...(userHandle === undefined ? {} : { userHandle }),
				},
			}
		},
	}
}
