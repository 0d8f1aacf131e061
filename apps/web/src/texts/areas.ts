import type { Language } from '@postern/vocabulary'
import type account from './en/account.json'
import type activity from './en/activity.json'
import type connecting from './en/connecting.json'
import type connectors from './en/connectors.json'
import type dashboard from './en/dashboard.json'
import type entrance from './en/entrance.json'
import type help from './en/help.json'
import type importTexts from './en/import.json'
import type link from './en/link.json'
import type list from './en/list.json'
import type passwords from './en/passwords.json'
import type profile from './en/profile.json'
import type users from './en/users.json'
import type webhooks from './en/webhooks.json'
import shell from './en/shell.json'
import shellJa from './ja/shell.json'

/** The screen labels, one catalogue per area. English defines the keys. */
export type Texts = {
	readonly shell: typeof shell
	readonly entrance: typeof entrance
	readonly account: typeof account
	readonly passwords: typeof passwords
	readonly profile: typeof profile
	readonly users: typeof users
	readonly webhooks: typeof webhooks
	readonly activity: typeof activity
	readonly connectors: typeof connectors
	readonly connecting: typeof connecting
	readonly link: typeof link
	readonly list: typeof list
	readonly import: typeof importTexts
	readonly dashboard: typeof dashboard
	readonly help: typeof help
}
export type Area = keyof Texts
type LazyArea = Exclude<Area, 'shell'>

/** Needed on every page, so it comes with the program. A missing key does not compile. */
export const shellTexts: Record<Language, Texts['shell']> = { en: shell, ja: shellJa }

type Loaders = { readonly [A in LazyArea]: () => Promise<{ readonly default: Texts[A] }> }

/** Comes with the journey that needs it. A missing key does not compile. */
export const lazyTexts: Record<Language, Loaders> = {
	en: {
		entrance: () => import('./en/entrance.json'),
		account: () => import('./en/account.json'),
		passwords: () => import('./en/passwords.json'),
		profile: () => import('./en/profile.json'),
		users: () => import('./en/users.json'),
		webhooks: () => import('./en/webhooks.json'),
		activity: () => import('./en/activity.json'),
		connectors: () => import('./en/connectors.json'),
		connecting: () => import('./en/connecting.json'),
		link: () => import('./en/link.json'),
		list: () => import('./en/list.json'),
		import: () => import('./en/import.json'),
		dashboard: () => import('./en/dashboard.json'),
		help: () => import('./en/help.json'),
	},
	ja: {
		entrance: () => import('./ja/entrance.json'),
		account: () => import('./ja/account.json'),
		passwords: () => import('./ja/passwords.json'),
		profile: () => import('./ja/profile.json'),
		users: () => import('./ja/users.json'),
		webhooks: () => import('./ja/webhooks.json'),
		activity: () => import('./ja/activity.json'),
		connectors: () => import('./ja/connectors.json'),
		connecting: () => import('./ja/connecting.json'),
		link: () => import('./ja/link.json'),
		list: () => import('./ja/list.json'),
		import: () => import('./ja/import.json'),
		dashboard: () => import('./ja/dashboard.json'),
		help: () => import('./ja/help.json'),
	},
}

declare module 'i18next' {
	interface CustomTypeOptions {
		defaultNS: 'shell'
		resources: Texts
		returnNull: false
	}
}
