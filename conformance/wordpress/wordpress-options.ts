export const wordpressVersions = ['6.2.6', '6.5.5'] as const
export type WordPressVersion = (typeof wordpressVersions)[number]

/** Each is a must-use plugin in `php/behaviours/`. */
export type Behaviour =
	| 'strip-authorization'
	| 'application-passwords-off'
	| 'rest-closed-to-visitors'
	| 'behind-https'
	| 'resolve-user-early'
	| 'note-logins'
	| 'note-what-runs'

export type WordPressOptions = {
	readonly version: WordPressVersion
	readonly permalinks: 'pretty' | 'plain'
	/** The folder below the host; with one, the rest of the host answers 404 and is not WordPress. */
	readonly path?: '' | '/blog'
	/** The folders of further sites: then it is a network (multisite), and its people are members of the first site only. Not with `path`. */
	readonly network?: readonly string[]
	/** A free one if not given. */
	readonly port?: number
	/** `local` (the default) allows application passwords over plain HTTP, no other does; `odd` is none that WordPress knows. */
	readonly environment?: 'local' | 'development' | 'staging' | 'production' | 'odd'
	readonly title?: string
	readonly behaviours?: readonly Behaviour[]
	/** PHP without `<?php`, each run as a must-use plugin of its own. */
	readonly plugins?: readonly string[]
}

export type SiteRole = 'admin' | 'editor' | 'author' | 'contributor' | 'subscriber'
export type SitePerson = { readonly username: string; readonly password: string; readonly displayName: string }

/** `password` is the one for signing in, of the shape that people choose: never 24 letters and digits. */
export const people: Readonly<Record<SiteRole, SitePerson>> = {
	admin: { username: 'admin', password: 'admin-signs-in-1!', displayName: 'Ada Admin' },
	editor: { username: 'editor', password: 'editor-signs-in-2!', displayName: 'Edo Editor' },
	author: { username: 'author', password: 'author-signs-in-3!', displayName: 'Aki Author' },
	contributor: { username: 'contributor', password: 'contributor-signs-in-4!', displayName: 'Cleo Contributor' },
	subscriber: { username: 'subscriber', password: 'subscriber-signs-in-5!', displayName: 'Sam Subscriber' },
}

/** WordPress's own names of the roles. */
export const wordpressRoles: Readonly<Record<SiteRole, string>> = {
	admin: 'administrator',
	editor: 'editor',
	author: 'author',
	contributor: 'contributor',
	subscriber: 'subscriber',
}
