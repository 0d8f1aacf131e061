export type { AppPasswords, AppPasswordsOptions, ImportedPassword, Issued } from './app-passwords.ts'
export { createAppPasswords } from './create-app-passwords.ts'
export { canBeLookedUp } from './hash-secret.ts'
export { memoryStorage, type MemoryStorage } from './memory-storage.ts'
export { memoryUsers, type MemoryUsers, type OwnerLookup } from './memory-users.ts'
export {
	MANAGE_SCOPE,
	type ApplicationPassword,
	type Change,
	type EventName,
	type Grants,
	type Held,
	type Hooks,
	type Login,
	type MaybePromise,
	type NewPassword,
	type Occasion,
	type Outcome,
	type PasswordChanges,
	type PasswordEvent,
	type PasswordStorage,
	type User,
	type UserDirectory,
	type WordPressError,
	type WordPressRole,
} from './types.ts'
