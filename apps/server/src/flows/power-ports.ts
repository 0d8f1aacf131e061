import type { Accounts } from '../accounts/accounts.ts'
import type { Store } from '../store/store.ts'

/** What it takes to give others power, which a forgotten session must not do. */
export type PowerPorts = {
	/** The account library comes after listening; who needs it waits. */
	readonly accounts: () => Promise<Pick<Accounts, 'requireFreshProof'>>
	readonly store: Store
	/** For links: the first of the configuration's origins. */
	readonly origin: string
	readonly now: () => Date
}
