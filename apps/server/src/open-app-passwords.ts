import { createAppPasswords } from '@postern/app-passwords'
import type { Configuration } from './configuration.ts'
import { isApiLoginAllowed } from './flows/api-login.ts'
import type { PosternAppPasswords } from './store/application-password/application-password.ts'
import type { PasswordOwners } from './store/application-password/password-owners.ts'
import type { PosternPasswordStorage } from './store/application-password/password-storage.ts'
import type { Store } from './store/store.ts'
import { withinQuota } from './within-quota.ts'
import { withinRole } from './within-role.ts'

export type OpenedAppPasswords = {
	/** The one verifier of Postern: of its own root, its API, and all that comes. */
	readonly appPasswords: PosternAppPasswords
	readonly users: PasswordOwners
	readonly storage: PosternPasswordStorage
}

type Ports = {
	readonly store: Store
	readonly environment: Configuration['environment']
	readonly now?: () => Date
	readonly onTrouble: (error: unknown) => void
}

/** Puts application passwords on the store. */
export function openAppPasswords({ store, environment, now, onTrouble }: Ports): OpenedAppPasswords {
	const { passwordStorage: storage, passwordOwners: users } = store
	const hooks = {
		two_factor_user_api_login_enable: (_isEnabled: boolean, user: Parameters<typeof isApiLoginAllowed>[0]) =>
			isApiLoginAllowed(user),
	}
	const options = { storage, users, hooks, environment, onTrouble, ...(now === undefined ? {} : { now }) }
	return { appPasswords: withinQuota(withinRole(createAppPasswords(options))), users, storage }
}
