import type { Store } from '../store/store.ts'
import type { AuthLibrary } from './auth-library.ts'
import type { KnownDevices } from './known-device.ts'
import type { PasskeyPlace } from './passkey-place.ts'
import type { PasswordHashes } from './password-hashes.ts'
import type { Throttle } from './throttle.ts'

/** What the functions of `Accounts` work with. */
export type AccountPorts = {
	readonly store: Store
	readonly library: AuthLibrary
	readonly hashes: PasswordHashes
	readonly throttle: Throttle
	readonly devices: KnownDevices
	readonly origin: string
	/** Undefined: passkeys work nowhere. */
	readonly passkeyPlace: PasskeyPlace | undefined
	readonly now: () => Date
}
