import i18next from 'i18next'
import { currentLanguage } from '../texts/language.ts'

/** WordPress' own roles; plugins add others, which are shown as the site names them. */
const ownRoles = ['administrator', 'editor', 'author', 'contributor', 'subscriber'] as const

export function roleNames(roles: readonly string[]): string {
	if (roles.length === 0) return i18next.t('shell:noRole')
	const names = roles.map((role) => {
		const own = ownRoles.find((name) => name === role)
		return own ? i18next.t(`shell:wordpressRoles.${own}`) : role
	})
	return new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(names)
}
