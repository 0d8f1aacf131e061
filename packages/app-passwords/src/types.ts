import type { Secret } from '@postern/vocabulary'
import type { WordPressRole } from '@postern/wordpress'

/** Who owns application passwords, as WordPress shows a user. An embedding server adds what it needs. */
export type User = {
	/** A positive integer that never changes and is never given to anybody else. */
	readonly id: number
	/** Compared without regard to case; no two people have the same. */
	readonly login: string
	readonly email: string
	readonly displayName: string
	readonly role: WordPressRole
	readonly registered: Date
	/** `en_US` … */
	readonly locale: string
	readonly hasSecondFactor: boolean
}

/** What a password may be used for. Kept as JSON beside the record; an embedding server adds what it enforces itself. */
export type Grants = { readonly scopes: readonly string[] }

/** The scope that lets an application password manage its owner's application passwords; none of its own making is wider. */
export const MANAGE_SCOPE = 'app-passwords:manage'

/** One application password. Its secret is nowhere in it, its hash neither. */
export type ApplicationPassword<G extends Grants = Grants> = {
	/** Lower case; v4 if it was made here, of any version after an import. No two passwords have the same. */
	readonly uuid: string
	/** `''` or a UUID that the application chose. Never changes. */
	readonly appId: string
	readonly name: string
	readonly created: Date
	/** As WordPress tells it: the first use in each 24 hours, and the address of that use. */
	readonly lastUsed: Date | null
	readonly lastIp: string | null
	/** The latest use, exact to the minute. */
	readonly seen: { readonly at: Date; readonly ip: string } | null
	/** From this instant on it is refused. */
	readonly expires: Date | null
	/** Addresses and networks (CIDR) it may be used from; empty: from anywhere. */
	readonly addresses: readonly string[]
	/** Null: no limit of its own. */
	readonly requestsPerMinute: number | null
	readonly grants: G
}

/** A password together with its owner as he is now: what one look-up gives. */
export type Held<U extends User = User, G extends Grants = Grants> = {
	readonly user: U
	readonly password: ApplicationPassword<G>
}

/** Who did something, and on which occasion; goes into events. */
export type Occasion<U extends User = User> = {
	/** The account that acts; null for the program itself. */
	readonly by: U | null
	/** The application password it acts with, if with one. */
	readonly withPassword: string | null
	readonly ip: string
	readonly requestId: string | null
}

export type EventName = 'created' | 'updated' | 'deleted' | 'authenticated' | 'failed'

/**
 * What happened. `failed` has no password, and no user where there is none of that name; what was typed is never in it. A right
 * secret that was refused has its password's UUID in `occasion.withPassword`.
 */
export type PasswordEvent<U extends User = User, G extends Grants = Grants> = {
	readonly event: EventName
	readonly at: Date
	readonly user: U | null
	readonly password: ApplicationPassword<G> | null
	/** `updated`: as it was before. */
	readonly before?: ApplicationPassword<G>
	/** `failed`: WordPress' code. */
	readonly code?: string
	readonly occasion: Occasion<U>
}

export type NewPassword<G extends Grants = Grants> = {
	readonly name: string
	readonly appId?: string
	readonly expires?: Date | null
	readonly addresses?: readonly string[]
	readonly requestsPerMinute?: number | null
	readonly grants: G
}

/** What may be changed afterwards; rights may only be narrowed, which the caller of `update` has to see to. */
export type PasswordChanges<G extends Grants = Grants> = {
	readonly name?: string
	readonly expires?: Date | null
	readonly grants?: G
}

/** One change of what is stored. `use` is not a change of its own making: it only moves times and addresses. */
export type Change<U extends User = User, G extends Grants = Grants> =
	| {
			readonly kind: 'create'
			readonly owner: U
			readonly password: ApplicationPassword<G>
			readonly hash: string
	  }
	| {
			readonly kind: 'update'
			readonly owner: U
			readonly uuid: string
			readonly changes: PasswordChanges<G>
	  }
	/** One, or with `all` all of the owner's. */
	| { readonly kind: 'delete'; readonly owner: U; readonly uuid: string }
	| {
			readonly kind: 'use'
			readonly owner: U
			readonly uuid: string
			readonly at: Date
			readonly ip: string
			/** Whether the wire's `last_used` and `last_ip` move as well. */
			readonly movesLastUsed: boolean
	  }
	/** A hash from WordPress becomes ours, once: only if it is still `from`. */
	| { readonly kind: 'rehash'; readonly owner: U; readonly uuid: string; readonly from: string; readonly to: string }

export type MaybePromise<T> = T | Promise<T>

/**
 * Where passwords are kept. Every function sees what was changed before it was called. The case suite in
 * `@postern/app-passwords/testing` says what an adapter must do.
 */
export type PasswordStorage<U extends User = User, G extends Grants = Grants> = {
	/** Finds by the unique index of hashes. Expired ones too; never one whose owner may not sign in any more. */
	findByHash(hash: string): MaybePromise<Held<U, G> | undefined>
	/** Records that came from WordPress with a hash that cannot be looked up (phpass, bcrypt, MD5 …). */
	listImported(owner: U): MaybePromise<readonly { readonly password: ApplicationPassword<G>; readonly hash: string }[]>
	/** Whether any such record is left at all, of anybody. */
	hasImported(): MaybePromise<boolean>
	/** Oldest first. */
	list(owner: U): MaybePromise<readonly ApplicationPassword<G>[]>
	find(owner: U, uuid: string): MaybePromise<ApplicationPassword<G> | undefined>
	/** Whether a password was ever made; deleting all of them does not undo it. */
	isInUse(): MaybePromise<boolean>
	/**
	 * Makes the change and keeps its events, both or neither. Gives the passwords concerned – as they are now, deleted ones
	 * as they were – or none when there was nothing of that kind. `describe` is told them inside the transaction. Throws when a
	 * new password has a UUID or a hash that another one has, of whomever.
	 */
	change(
		change: Change<U, G>,
		describe: (affected: readonly ApplicationPassword<G>[]) => readonly PasswordEvent<U, G>[],
	): MaybePromise<readonly ApplicationPassword<G>[]>
	/** Keeps an event that changes nothing: `authenticated`, `failed`. Must not wait for a disk. */
	note(event: PasswordEvent<U, G>): void
}

/** Finds people. `viewer` is who asks: an embedding server shows only those whom the viewer may know of. */
export type UserDirectory<U extends User = User> = {
	/**
	 * By login name, or else by e-mail address; without regard to case. Same cost for one who is not there. Never gives somebody
	 * who may no longer sign in: an imported password of his would still open. The name is compared once more with `login` and
	 * `email`, in lower case and nothing else: who is found in another way (trimmed, without accents) is refused all the same.
	 */
	findByLogin(name: string): MaybePromise<U | undefined>
	findById(id: number, viewer: U): MaybePromise<U | undefined>
	/** All whom the viewer may know of, by id. */
	listFor(viewer: U): MaybePromise<readonly U[]>
}

/** A refusal in WordPress' words. `message` is plain English and holds nothing that was typed. */
export type WordPressError = {
	readonly code: string
	readonly status: number
	readonly message: string
	/** With 429. */
	readonly retryAfterSeconds?: number
	/** With `application_password_rate`: how many requests it has in a minute. */
	readonly requestsPerMinute?: number
	/** `rest_invalid_param` and its kind: what was wrong with each parameter. */
	readonly params?: Readonly<Record<string, { readonly code: string; readonly message: string }>>
}

export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly error: WordPressError }

/** A login as it arrived: from a Basic header or an XML-RPC call. */
export type Login = {
	readonly userId: string
	readonly password: Secret
	readonly ip: string
	/** Whether the request came by TLS, as far as a trusted proxy says. */
	readonly isTls: boolean
	readonly requestId: string | null
	/** `rest` if not said. Where application passwords are not available, REST judges nothing and XML-RPC refuses. */
	readonly surface?: 'rest' | 'xml-rpc'
}

/** The places where an embedding server has a say, under WordPress' names where WordPress has one. */
export type Hooks<U extends User = User, G extends Grants = Grants> = {
	readonly wp_is_application_passwords_available?: (isSupported: boolean) => boolean
	readonly wp_is_application_passwords_available_for_user?: (isAvailable: boolean, user: U) => boolean
	/** Whether somebody with a second factor may use the API at all; asked for nobody else (Two Factor ≥ 0.14: yes). */
	readonly two_factor_user_api_login_enable?: (isEnabled: boolean, user: U) => boolean
	/** May refuse after a match: scopes, conditions of its own. Expiry, addresses and rate are judged before it is asked. */
	readonly wp_authenticate_application_password_errors?: (
		held: Held<U, G>,
		login: Login,
	) => MaybePromise<WordPressError | undefined>
}
