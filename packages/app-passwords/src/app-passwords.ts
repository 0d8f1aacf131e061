import type { Secret } from '@postern/vocabulary'
import type {
	ApplicationPassword,
	Grants,
	Held,
	Hooks,
	Login,
	MaybePromise,
	NewPassword,
	Occasion,
	Outcome,
	PasswordChanges,
	PasswordStorage,
	User,
	UserDirectory,
} from './types.ts'

export type AppPasswordsOptions<U extends User, G extends Grants> = {
	readonly storage: PasswordStorage<U, G>
	readonly users: UserDirectory<U>
	readonly hooks?: Hooks<U, G>
	/** `local` lets application passwords work over plain http. */
	readonly environment: 'local' | 'production'
	readonly now?: () => Date
	/** Told what went wrong after the answer: a use or an upgraded hash that could not be kept. Without it: a warning of the process. */
	readonly onTrouble?: (error: unknown) => unknown
}

/** A new password and its secret, which nobody can read again. */
export type Issued<G extends Grants> = { readonly password: ApplicationPassword<G>; readonly secret: Secret }

/** A password made elsewhere: WordPress' record with its hash. */
export type ImportedPassword<G extends Grants> = {
	readonly uuid: string
	readonly appId: string
	readonly name: string
	readonly hash: string
	readonly created: Date
	readonly lastUsed: Date | null
	readonly lastIp: string | null
	readonly grants: G
}

/** What can be done with application passwords, whatever the wire. */
export type AppPasswords<U extends User = User, G extends Grants = Grants> = {
	/** TLS, or the environment `local`; and the hook. */
	isAvailable(request: { readonly isTls: boolean }): boolean
	isAvailableFor(user: U): boolean

	/**
	 * Proves a login. Refuses with `invalid_username`, `invalid_email`, `incorrect_password`,
	 * `application_passwords_disabled`, `application_passwords_disabled_for_user`, `invalid_application_credentials` (second
	 * factor), `application_password_expired`, `application_password_address`, `application_password_rate`,
	 * `too_many_attempts` (429), or what the hook says. Undefined: nothing is judged, because nobody ever made a password here,
	 * or because they are not available to this request (REST; XML-RPC is refused with `application_passwords_disabled`).
	 */
	authenticate(login: Login): MaybePromise<Outcome<Held<U, G>> | undefined>

	/**
	 * Refuses with `application_password_empty_name`, `application_password_name_too_long` (200 characters),
	 * `application_password_invalid_app_id`, and `rest_invalid_param` for `expires`, `addresses` and `requestsPerMinute`.
	 */
	create(owner: U, wanted: NewPassword<G>, occasion: Occasion<U>): Promise<Outcome<Issued<G>>>
	/** Oldest first. */
	list(owner: U): MaybePromise<readonly ApplicationPassword<G>[]>
	find(owner: U, uuid: string): MaybePromise<ApplicationPassword<G> | undefined>
	/** Whether one of that name is there, in any letter case. Names need not be unique. */
	nameExists(owner: U, name: string): MaybePromise<boolean>
	/** Refuses with `application_password_not_found` and those of the name. */
	update(
		owner: U,
		uuid: string,
		changes: PasswordChanges<G>,
		occasion: Occasion<U>,
	): Promise<Outcome<ApplicationPassword<G>>>
	/**
	 * Makes another with the same name, application id, conditions and grants; the old one ends after `overlapMs` (0: at once;
	 * at most seven days). Refuses with `application_password_not_found`, and with `application_password_expired` what has ended.
	 */
	replace(owner: U, uuid: string, overlapMs: number, occasion: Occasion<U>): Promise<Outcome<Issued<G>>>
	/** Gives it as it was. Refuses with `application_password_not_found`. */
	revoke(owner: U, uuid: string, occasion: Occasion<U>): Promise<Outcome<ApplicationPassword<G>>>
	/** Gives those that were there. */
	revokeAll(owner: U, occasion: Occasion<U>): Promise<readonly ApplicationPassword<G>[]>
	/**
	 * Takes over what WordPress kept. Its hashes verify here and become ours at their first use. Gives those taken over: not those
	 * that are here already, nor those whose hash is of no kind that WordPress writes. Throws at a record whose UUID or hash
	 * somebody else has here; those before it are taken over.
	 */
	importFromWordPress(
		owner: U,
		records: readonly ImportedPassword<G>[],
		occasion: Occasion<U>,
	): Promise<readonly ApplicationPassword<G>[]>
}
