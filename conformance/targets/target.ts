import type { XmlRpcAnswer, XmlRpcValue } from '@postern/wordpress'
import type { WordPressVersion } from '../wordpress/wordpress-options.ts'

/** Everybody whom every target has; on Postern an owner, an editor and a viewer. */
export const personNames = ['admin', 'editor', 'subscriber'] as const
export type PersonName = (typeof personNames)[number]

export type Person = {
	readonly id: number
	readonly username: string
	readonly email: string
	/** The account's own. */
	readonly password: string
}

export type Headers = Readonly<Record<string, string>>

export type SetUp = {
	/** `local` if not given. */
	readonly environment?: 'local' | 'production'
	/** Whether the peer is a proxy whose `X-Forwarded-Proto` is believed. */
	readonly isBehindProxy?: boolean
	/** Switches the feature off: for the whole site, or for one person. */
	readonly offFor?: 'site' | PersonName
	/** Switches the feature on, whatever the transport. */
	readonly isForced?: boolean
	/** A rule of somebody else's that refuses every match with this code. */
	readonly refusesWith?: string
	readonly isXmlRpcOff?: boolean
	/** Deletes every password between its match and whatever is asked then. */
	readonly vanishes?: boolean
	/** Leaves a bare WordPress, which swallows the errors of REST logins. Else something in it asks early who is logged in. */
	readonly isBare?: boolean
}

export type Question = {
	/** GET if not given, POST with a body. */
	readonly method?: string
	readonly headers?: Headers
	readonly json?: unknown
	readonly form?: Readonly<Record<string, string>>
	/** Sent as it is. */
	readonly body?: string | Uint8Array<ArrayBuffer>
}

export type Answer = {
	readonly status: number
	readonly headers: globalThis.Headers
	readonly text: string
	/** Undefined where the text is no JSON. */
	readonly body: unknown
}

export type Issued = {
	readonly uuid: string
	/** As it is shown: six groups of four. */
	readonly password: string
	/** Basic credentials of its owner with it. */
	readonly basic: Headers
}

export type NewPassword = {
	/** One that nobody else has if not given. */
	readonly name?: string
	readonly appId?: string
	/** Where a password manages passwords only if it was issued for that. Yes if not given and the owner's role allows it. */
	readonly manages?: boolean
}

/** An application of the target's own language, below every wire. */
export type Domain = {
	/** Gives the uuid, or the code of the refusal. */
	create(owner: PersonName, values: { readonly name?: string; readonly app_id?: string }): Promise<string>
	/** Gives `ok`, or the code of the refusal. */
	update(owner: PersonName, uuid: string, changes: { readonly name?: string }): Promise<string>
	nameExists(owner: PersonName, name: string): Promise<boolean>
	/** Gives the owner's user name, the code of the refusal, or null when nothing was judged. */
	authenticate(username: string, password: string): Promise<string | null>
	isInUse(): Promise<boolean>
	/** As if this password had been used so many seconds ago, from 192.0.2.1. */
	pretendUsed(owner: PersonName, uuid: string, secondsAgo: number): Promise<void>
	/** What happened so far around logins, in order. */
	events(): Promise<readonly LoginEvent[]>
}

export type LoginEvent =
	| { readonly event: 'authenticated'; readonly username: string; readonly uuid: string }
	| { readonly event: 'failed'; readonly code: string }
	/** WordPress' own, for people who sign in. */
	| { readonly event: 'login-failed' }

/** A running target with its people. */
export type Place = {
	readonly kind: TargetKind
	readonly version: WordPressVersion | undefined
	/** Without a slash at the end. */
	readonly url: string
	readonly people: Readonly<Record<PersonName, Person>>
	/** Whether this person's passwords can manage passwords there at all. */
	mayManage(person: PersonName): boolean
	issue(owner: PersonName, wanted?: NewPassword): Promise<Issued>
	/** What a browser of this person's sends after signing in, with whatever proves that no other page asks. */
	sessionOf(person: PersonName): Promise<Headers>
	/** Tries to sign in as people do; says whether that worked. */
	signIn(username: string, password: string): Promise<boolean>
	changeAccountPassword(person: PersonName): Promise<void>
	removePerson(person: PersonName): Promise<void>
	domain(): Domain
	stop(): Promise<void>
}

export type TargetKind = 'wordpress' | 'postern' | 'package'

export type Target = {
	readonly kind: TargetKind
	readonly version: WordPressVersion | undefined
	/** Stands in the title of every test on it. */
	readonly name: string
	start(setUp?: SetUp): Promise<Place>
}

export type XmlRpcOutcome = XmlRpcAnswer & { readonly status: number; readonly headers: globalThis.Headers }
export type { XmlRpcValue }
