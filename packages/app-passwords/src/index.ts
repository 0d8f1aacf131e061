export type { AppPasswords, AppPasswordsOptions, ImportedPassword, Issued } from './app-passwords.ts'
export { createAppPasswords } from './create-app-passwords.ts'
export { isAddressRule } from './address-rules.ts'
export { addressOfHop, placeOf } from './addresses.ts'
export { keptRequestMs, type AuthorizeRequests, type KeptRequest } from './authorize/authorize-requests.ts'
export { canBeLookedUp, hashAsWordPress, hashSecret } from './hash-secret.ts'
export { authenticateBasic, type BasicRequest } from './http/authenticate-basic.ts'
export type { Caller } from './http/caller.ts'
export { endAnswer, isBodyLeft } from './http/end-answer.ts'
export { createHandler, type Connection, type Handler } from './http/handler.ts'
export { toNodeListener, type NodeListener, type NodeListenerOptions } from './http/node-listener.ts'
export { readNodeRequest } from './http/node-request.ts'
export { passwordRecord } from './http/password-document.ts'
export type { HandlerHooks, HandlerOptions, OtherAuthentication, Site } from './http/options.ts'
export type { Answer, WireAnswer, WireRequest } from './http/wire.ts'
export { formatRsd } from './xml-rpc/rsd.ts'
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
} from './types.ts'
export type { WordPressRole } from '@postern/wordpress'
