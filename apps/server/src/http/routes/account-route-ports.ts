import type { Secret } from '@postern/vocabulary'
import type { Accounts } from '../../accounts/accounts.ts'
import type { Configuration } from '../../configuration.ts'
import type { PosternAppPasswords } from '../../store/application-password/application-password.ts'
import type { Store } from '../../store/store.ts'

export type AccountRoutePorts = {
	/** The account library comes after listening; who needs it waits. */
	readonly accounts: () => Promise<Accounts>
	readonly store: Store
	readonly appPasswords: PosternAppPasswords
	readonly now: () => Date
	readonly configuration: Pick<Configuration, 'environment' | 'mailing' | 'isInsecure' | 'isLoopbackOnly' | 'origins'>
	readonly version: string
	/** Undefined: setup needs none. */
	readonly setupToken: Secret | undefined
}
