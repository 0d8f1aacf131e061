import type { Secret } from '@postern/vocabulary'
import type { Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'
import { createKnownDevices } from './known-device.ts'
import { passkeyPlace } from './passkey-place.ts'
import { createThrottle } from './throttle.ts'

export type OpenAccountsPorts = {
	readonly store: Store
	/** At least 32 characters, the same at every start, kept outside the database. */
	readonly secret: Secret
	/** As configured: the first is ours in links. */
	readonly origins: readonly [string, ...string[]]
	/** For limits and the life of sessions; what the account library writes bears the system's time. */
	readonly now?: () => Date
}

/** Opens accounts. The account library is loaded only here, because it is most of what there is to load. */
export async function openAccounts({
	store,
	secret,
	origins,
	now = () => new Date(),
}: OpenAccountsPorts): Promise<Accounts> {
	const { accountsOn, createPasswordHashes, openAuthLibrary } = await import('./accounts-on.ts')
	const [origin] = origins
	const hashes = createPasswordHashes()
	const library = await openAuthLibrary({ store, secret, origin, hashes })
	return accountsOn({
		store,
		library,
		hashes,
		throttle: createThrottle({ now }),
		devices: createKnownDevices({ secret, origin, now }),
		now,
		origin,
		passkeyPlace: passkeyPlace(origins),
	})
}
