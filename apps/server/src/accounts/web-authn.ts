import type { AuthenticatorTransportFuture } from '@simplewebauthn/server'
import type { PasskeyAssertion, PasskeyAttestation } from './accounts.ts'
import type { PasskeyPlace } from './passkey-place.ts'

type Asked = { readonly challenge: string; readonly place: PasskeyPlace }
type Made = {
	readonly credentialId: string
	readonly publicKey: Uint8Array<ArrayBuffer>
	readonly counter: number
	readonly transports: readonly string[]
}

/** Loaded with the first answer of an authenticator: it is as much as everything else of accounts. */
const load = () => import('@simplewebauthn/server')

/** Reads the answer to "make a passkey" (WebAuthn §7.1); undefined if anything about it is wrong. */
export async function readAttestation(answer: PasskeyAttestation, asked: Asked): Promise<Made | undefined> {
	const { verifyRegistrationResponse } = await load()
	const { transports = [] } = answer.response
	return unlessWrong(async () => {
		const { verified, registrationInfo } = await verifyRegistrationResponse({
			response: {
				...answer,
				response: { ...answer.response, transports: transports.filter(isTransport) },
				clientExtensionResults: {},
			},
			...expected(asked),
		})
		if (!verified) return undefined
		const { id: credentialId, publicKey, counter } = registrationInfo.credential
		return { credentialId, publicKey, counter, transports: transports.filter(isTransport) }
	})
}

/** Reads the answer of a passkey (WebAuthn §7.2), but for its counter, which it gives; undefined if anything is wrong. */
export async function readAssertion(
	answer: PasskeyAssertion,
	passkey: { readonly credentialId: string; readonly publicKey: Uint8Array<ArrayBuffer> },
	asked: Asked,
): Promise<{ readonly counter: number } | undefined> {
	const { verifyAuthenticationResponse } = await load()
	const { userHandle, ...response } = answer.response
	return unlessWrong(async () => {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response: {
				...answer,
				response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) },
				clientExtensionResults: {},
			},
			// The store compares counters, so that of two answers at the same moment one wins.
			credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: -1 },
			...expected(asked),
		})
		return verified ? { counter: authenticationInfo.newCounter } : undefined
	})
}

/** Who holds the device is verified by it every time: a stolen key without its PIN or fingerprint opens nothing. */
function expected({ challenge, place }: Asked) {
	return {
		expectedChallenge: challenge,
		expectedOrigin: [...place.origins],
		expectedRPID: place.rpId,
		requireUserVerification: true,
	}
}

/** The library throws for everything that is wrong with an answer. */
async function unlessWrong<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read()
	} catch {
		return undefined
	}
}

const transportNames: readonly string[] = [
	'ble',
	'cable',
	'hybrid',
	'internal',
	'nfc',
	'smart-card',
	'usb',
] satisfies AuthenticatorTransportFuture[]

function isTransport(name: string): name is AuthenticatorTransportFuture {
	return transportNames.includes(name)
}
