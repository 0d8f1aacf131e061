import type { AppPasswords } from '../app-passwords.ts'
import type { Grants, Held, MaybePromise, User, UserDirectory } from '../types.ts'
import type { Caller } from './caller.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

/** What the index says about the site. */
export type Site = {
	/** Where it is reached, with the folder if it is in one, without a slash at the end. */
	readonly url: string
	readonly name: string
	readonly description?: string
	/** `UTC` if not given. */
	readonly timezone?: { readonly name: string; readonly gmtOffsetHours: number }
}

/**
 * Sign-ins of the embedding server itself, such as sessions. Asked only when the request has no Basic credentials. Where they
 * ride on cookies, `findUser` has to see to forged requests itself (a token, the origin): every route here trusts its answer.
 */
export type OtherAuthentication<U extends User, G extends Grants> = {
	readonly findUser: (request: WireRequest) => MaybePromise<U | undefined>
	/** What a password gets that `maker` makes for `owner` over this wire. */
	readonly grantsOfNew: (maker: U, owner: U) => G
}

export type HandlerHooks = {
	/** `false` switches off every XML-RPC method that needs a login. */
	readonly xmlrpc_enabled?: (isEnabled: boolean) => boolean
}

export type HandlerOptions<U extends User, G extends Grants> = {
	readonly appPasswords: AppPasswords<U, G>
	readonly users: UserDirectory<U>
	readonly site: Site
	/** Addresses and networks (CIDR) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. None if not given. */
	readonly trustedProxies?: readonly string[]
	readonly otherAuthentication?: OtherAuthentication<U, G>
	/** Who may see people other than himself; administrators if not given. */
	readonly mayListUsers?: (caller: Caller<U, G>) => boolean
	/** Who may manage the passwords of somebody else; administrators if not given. */
	readonly mayManagePasswordsOf?: (caller: Caller<U, G>, owner: U) => boolean
	/**
	 * What a password gets that another password makes; the parent's grants if not given. Whatever it says, the child gets no
	 * scope that its parent has not, and never `app-passwords:manage`.
	 */
	readonly grantsOfChild?: (parent: Held<U, G>, owner: U) => G
	/** Whether `/xmlrpc.php` is answered at all; yes if not given. */
	readonly exposeXmlRpc?: boolean
	/**
	 * Whether a form posted to `/` may name a route in its field `rest_route`, as WordPress allows. Every form posted there is
	 * then read, and is nobody else's any more. No if not given.
	 */
	readonly readFormRoute?: boolean
	/** The page `/wp-admin/authorize-application.php` and the two files beside it (`createAuthorizePage`). Without one the path is somebody else's. */
	readonly authorizePage?: (request: WireRequest) => MaybePromise<WireAnswer>
	/** Where `/wp-admin/` leads. Without one the path is somebody else's. */
	readonly dashboardUrl?: string
	/** The page `/wp-login.php`. Without one the path is somebody else's. */
	readonly loginPage?: (request: WireRequest) => MaybePromise<WireAnswer>
	readonly hooks?: HandlerHooks
}
