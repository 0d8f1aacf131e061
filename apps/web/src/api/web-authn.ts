import type {
	PasskeyAssertionDocument,
	PasskeyAttestationDocument,
	PasskeyCreationDocument,
	PasskeyRequestDocument,
} from '@postern/api/contract'

/** Why the browser gave no answer: the person (or time) ended it, the device has one already, or it cannot do this. */
export type DeviceReason = 'cancelled' | 'known' | 'impossible'

export class DeviceRefused extends Error {
	readonly reason: DeviceReason

	constructor(reason: DeviceReason) {
		super(reason)
		this.name = 'DeviceRefused'
		this.reason = reason
	}
}

/** Whether this browser knows passkeys at all; on an address that is no secure context it does not. */
export function hasPasskeys(): boolean {
	return typeof PublicKeyCredential === 'function' && window.isSecureContext
}

/** Asks the browser to make a passkey (WebAuthn §5.1.3). Throws `DeviceRefused`. */
export async function makePasskey(creation: PasskeyCreationDocument): Promise<PasskeyAttestationDocument> {
	const credential = await asked(() =>
		navigator.credentials.create({
			publicKey: {
				...creation,
				challenge: bytesOf(creation.challenge),
				user: { ...creation.user, id: bytesOf(creation.user.id) },
				excludeCredentials: creation.excludeCredentials.map(descriptor),
			},
		}),
	)
	const { response } = credential
	if (!(response instanceof AuthenticatorAttestationResponse)) throw new DeviceRefused('impossible')
	return {
		...namesOf(credential),
		response: {
			clientDataJSON: textOf(response.clientDataJSON),
			attestationObject: textOf(response.attestationObject),
			transports: response.getTransports(),
		},
	}
}

/** Asks the browser for a passkey's answer (WebAuthn §5.1.4). Throws `DeviceRefused`. */
export async function askPasskey(request: PasskeyRequestDocument): Promise<PasskeyAssertionDocument> {
	const credential = await asked(() =>
		navigator.credentials.get({
			publicKey: {
				...request,
				challenge: bytesOf(request.challenge),
				allowCredentials: request.allowCredentials.map(descriptor),
			},
		}),
	)
	const { response } = credential
	if (!(response instanceof AuthenticatorAssertionResponse)) throw new DeviceRefused('impossible')
	return {
		...namesOf(credential),
		response: {
			clientDataJSON: textOf(response.clientDataJSON),
			authenticatorData: textOf(response.authenticatorData),
			signature: textOf(response.signature),
			...(response.userHandle ? { userHandle: textOf(response.userHandle) } : {}),
		},
	}
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
	if (!hasPasskeys()) throw new DeviceRefused('impossible')
	try {
		const credential = await ask()
		if (credential instanceof PublicKeyCredential) return credential
	} catch (error) {
		throw new DeviceRefused(reasonOf(error))
	}
	throw new DeviceRefused('impossible')
}

function reasonOf(error: unknown): DeviceReason {
	const name = error instanceof DOMException ? error.name : ''
	if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
	return name === 'InvalidStateError' ? 'known' : 'impossible'
}

function namesOf({ id, rawId }: PublicKeyCredential) {
	return { id, rawId: textOf(rawId), type: 'public-key' as const }
}

type Known = PasskeyRequestDocument['allowCredentials'][number]

function descriptor({ type, id, transports }: Known): PublicKeyCredentialDescriptor {
	// The server keeps only transports that WebAuthn names.
	return { type, id: bytesOf(id), transports: transports as AuthenticatorTransport[] }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
	return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function textOf(bytes: ArrayBuffer): string {
	const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
