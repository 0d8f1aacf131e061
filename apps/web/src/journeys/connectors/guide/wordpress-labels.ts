import type { Language } from '@postern/vocabulary'

/** What WordPress writes on its own screens, so that the guide can be compared with them word for word. */
export type WordPressLabels = {
	readonly menu: string
	/** Before, the menu said "Your Profile". */
	readonly hasOlderMenu: boolean
	readonly username: string
	readonly section: string
	readonly button: string
}

type Era = {
	readonly since: readonly [major: number, minor: number]
	readonly labels: Record<Language, WordPressLabels>
}

const english = {
	menu: 'Users > Profile',
	hasOlderMenu: false,
	username: 'Username',
	section: 'Application Passwords',
	button: 'Add New Application Password',
}
const japanese = {
	menu: 'ユーザー > プロフィール',
	hasOlderMenu: false,
	username: 'ユーザー名',
	section: 'アプリケーションパスワード',
	button: '新しいアプリケーションパスワードを追加',
}
const olderMenu = { hasOlderMenu: true }

/** Newest first. Read in WordPress 6.2.6 and 6.5.5; of older ones only the menu is known to differ. */
const eras: readonly Era[] = [
	{ since: [6, 2], labels: { en: english, ja: japanese } },
	{ since: [0, 0], labels: { en: { ...english, ...olderMenu }, ja: { ...japanese, ...olderMenu } } },
]

/** The labels of a version; of an unknown one, those that fit all. */
export function wordPressLabels(version: string | null | undefined, language: Language): WordPressLabels {
	const [major = 0, minor = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0)
	const era = eras.find(({ since }) => major > since[0] || (major === since[0] && minor >= since[1]))
	return (era ?? { labels: { en: english, ja: japanese } }).labels[language]
}
