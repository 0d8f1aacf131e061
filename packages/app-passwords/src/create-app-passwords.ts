import type { AppPasswords, AppPasswordsOptions } from './app-passwords.ts'
import { createAuthenticate } from './authenticate.ts'
import { createImport } from './import-passwords.ts'
import { createLifecycle } from './lifecycle.ts'
import { andThen } from './maybe-promise.ts'
import { neverThrowing, warn } from './trouble.ts'
import type { Grants, User } from './types.ts'

/** Puts application passwords together from a storage, a directory of people, and the hooks of whoever embeds it. */
export function createAppPasswords<U extends User, G extends Grants>(
	options: AppPasswordsOptions<U, G>,
): AppPasswords<U, G> {
	const { storage, hooks = {}, environment } = options
	const now = options.now ?? (() => new Date())
	const onTrouble = neverThrowing(options.onTrouble ?? warn)
	const isAvailable: AppPasswords<U, G>['isAvailable'] = ({ isTls }) => {
		const isSupported = isTls || environment === 'local'
		return hooks.wp_is_application_passwords_available?.(isSupported) ?? isSupported
	}
	const isAvailableFor: AppPasswords<U, G>['isAvailableFor'] = (user) =>
		hooks.wp_is_application_passwords_available_for_user?.(true, user) ?? true
	return {
		isAvailable,
		isAvailableFor,
		authenticate: createAuthenticate({ ...options, now, onTrouble, isAvailable, isAvailableFor }),
		...createLifecycle({ storage, now }),
		importFromWordPress: createImport({ storage, now }),
		list: (owner) => storage.list(owner),
		find: (owner, uuid) => storage.find(owner, uuid),
		nameExists: (owner, name) =>
			andThen(storage.list(owner), (all) => all.some((one) => one.name.toLowerCase() === name.toLowerCase())),
	}
}
