import type { AppPasswords, Issued } from '../app-passwords.ts'
import type { Parameters } from '../http/parameters.ts'
import type { WireRequest } from '../http/wire.ts'
import type { Grants, MaybePromise, User } from '../types.ts'
import type { AuthorizeRequest } from '@postern/wordpress'
import type { AuthorizeRequests } from './authorize-requests.ts'
import type { Html } from './html.ts'
import type { AuthorizeTexts, PageLanguage } from './texts.ts'

/** Who is signed in at the browser that asks. */
export type Visitor<U extends User = User> = {
	readonly user: U
	/** Names this sign-in: a form that was shown to one is not taken from another. */
	readonly session: string
}

/** What everything on the page depends on. */
export type Showing<V> = {
	readonly visitor: V
	readonly asked: AuthorizeRequest
	/** As it arrived, for parameters that are the embedding server's own. */
	readonly query: string
	readonly language: PageLanguage
	readonly request: WireRequest
}

/** A sentence for the person, and the field it is about. */
export type Fault = { readonly text: string; readonly field?: string }

/** What is wrong with what an application asks: a sentence, and for its maker the parameter and a code. */
export type AskedFault = { readonly text: string; readonly about: string }

/** What an approval came to: a new password, or the form once more with what is wrong. */
export type Approval<V, G extends Grants> =
	| { readonly ok: true; readonly issued: Issued<G> }
	| {
			readonly ok: false
			readonly faults: readonly Fault[]
			/** 200 if not given: nothing is wrong with the request, something is left to do. */
			readonly status?: number
			/** The visitor as he is now, where proving who he is has renewed his session. */
			readonly visitor?: V
	  }

/** A form as it came back: names and what was typed or chosen. */
export type Form = Parameters

/** What an embedding server adds: rights to choose from, conditions, proofs. Without it a password gets `grantsOfNew`. */
export type Controls<V, G extends Grants> = {
	/** Judges what is asked beyond WordPress' own parameters. */
	readonly judge?: (showing: Showing<V>) => MaybePromise<readonly AskedFault[]>
	/**
	 * Facts for the list at the top, in place of the account's line, and fields for the form below the name. `form`: as it came
	 * back, when it is shown again.
	 */
	readonly show: (
		showing: Showing<V>,
		again: { readonly form: Form; readonly faults: readonly Fault[] } | undefined,
	) => MaybePromise<{ readonly facts: Html; readonly fields: Html }>
	readonly approve: (
		showing: Showing<V>,
		approved: { readonly name: string; readonly form: Form },
	) => Promise<Approval<V, G>>
	readonly reject?: (showing: Showing<V>) => MaybePromise<void>
}

export type AuthorizePageOptions<U extends User, V extends Visitor<U>, G extends Grants> = {
	readonly appPasswords: Pick<AppPasswords<U, G>, 'isAvailable' | 'isAvailableFor' | 'create'>
	/** Undefined: nobody is signed in. */
	readonly findVisitor: (request: WireRequest) => MaybePromise<V | undefined>
	/** What a password gets, and what the page says about it, or the fields in which the person decides. */
	readonly grants: { readonly ofNew: (user: U) => G } | { readonly controls: Controls<V, G> }
	/** Where shown requests wait for their answer. In this process if not given. */
	readonly requests?: AuthorizeRequests
	readonly site: {
		/** Where the site is reached, with the folder if it is in one, without a slash at the end. */
		readonly url: string
		readonly name: string
	}
	/** `local` lets applications be answered over plain http. */
	readonly environment: 'local' | 'production'
	/** What an application is told as `site_url`; the site's own address if not given. */
	readonly siteUrlFor?: (showing: Showing<V>) => MaybePromise<string>
	/** Where somebody signs in; `/wp-login.php` of the site if not given. `returnTo` is an absolute address of this site. */
	readonly signInUrl?: (returnTo: string) => string
	/** `/wp-admin/` of the site if not given. */
	readonly dashboardUrl?: string
	/** By `Accept-Language` if not given. */
	readonly languageOf?: (request: WireRequest, visitor: V | undefined) => PageLanguage
	readonly texts?: Readonly<Record<PageLanguage, AuthorizeTexts>>
	readonly look?: {
		/** Stands above the page. */
		readonly header?: Html
		/** Goes into `<head>`: icons, further stylesheets and scripts of the same origin. */
		readonly head?: Html
	}
	readonly now?: () => Date
}
